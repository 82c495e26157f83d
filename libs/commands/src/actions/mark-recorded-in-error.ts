import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsReason } from '../fields.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** There was no such action, or it is on record twice. It stays readable, and counts nowhere. */
export class MarkRecordedInError extends ActionCommand {
  @IsReason() reason!: string;
}

@CommandHandler(MarkRecordedInError)
export class MarkRecordedInErrorHandler implements ICommandHandler<MarkRecordedInError> {
  constructor(private readonly record: Recorder) {}

  execute(command: MarkRecordedInError) {
    return this.record.onAction('MarkRecordedInError', command);
  }
}
