import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsReason } from '../fields.js';
import { Known } from '../known.js';
import { Recorder } from '../recorder.js';
import { askingIn, ClarificationCommand } from './clarification-fields.js';

/** An answer is waited for until another day. */
export class MoveClarificationDueDate extends ClarificationCommand {
  @IsEdtf() to!: Edtf;
  @IsReason() reason!: string;
}

@CommandHandler(MoveClarificationDueDate)
export class MoveClarificationDueDateHandler implements ICommandHandler<MoveClarificationDueDate> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: MoveClarificationDueDate) {
    return this.record.onReport('MoveClarificationDueDate', command, askingIn(this.known, command));
  }
}
