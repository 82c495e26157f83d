import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import { THREAD_OUTCOMES, type ThreadOutcome } from '#reporting';
import { IsProse, Optional } from '../fields.js';
import { Known } from '../known.js';
import { Recorder } from '../recorder.js';
import { askingIn, ClarificationCommand } from './clarification-fields.js';

/** Who asked says what came of it. */
export class CloseClarification extends ClarificationCommand {
  @IsIn(THREAD_OUTCOMES) outcome!: ThreadOutcome;
  @Optional() @IsProse(2_000) note?: string;
}

@CommandHandler(CloseClarification)
export class CloseClarificationHandler implements ICommandHandler<CloseClarification> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: CloseClarification) {
    return this.record.onReport('CloseClarification', command, askingIn(this.known, command));
  }
}
