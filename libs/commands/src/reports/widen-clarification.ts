import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Visibility } from '#reporting';
import { IsReason } from '../fields.js';
import { Known } from '../known.js';
import { Recorder } from '../recorder.js';
import { askingIn, ClarificationCommand, IsVisibility } from './clarification-fields.js';

/** The question of a thread is told to more, and so may be what is said in it from now on. */
export class WidenClarification extends ClarificationCommand {
  @IsVisibility() to!: Visibility;
  @IsReason() reason!: string;
}

@CommandHandler(WidenClarification)
export class WidenClarificationHandler implements ICommandHandler<WidenClarification> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: WidenClarification) {
    return this.record.onReport('WidenClarification', command, askingIn(this.known, command));
  }
}
