import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsReason } from '../fields.js';
import { Known } from '../known.js';
import { Recorder } from '../recorder.js';
import { askingIn, ClarificationCommand } from './clarification-fields.js';

/** A thread that was closed waits for an answer again. */
export class ReopenClarification extends ClarificationCommand {
  @IsReason() reason!: string;
}

@CommandHandler(ReopenClarification)
export class ReopenClarificationHandler implements ICommandHandler<ReopenClarification> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: ReopenClarification) {
    return this.record.onReport('ReopenClarification', command, askingIn(this.known, command));
  }
}
