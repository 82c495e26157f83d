import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsCode, IsProse } from '../fields.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** The organization answers what it was asked back. */
export class AnswerClarification extends ReportCommand {
  @IsCode() clarification!: string;
  @IsProse() text!: string;
}

@CommandHandler(AnswerClarification)
export class AnswerClarificationHandler implements ICommandHandler<AnswerClarification> {
  constructor(private readonly record: Recorder) {}

  execute(command: AnswerClarification) {
    return this.record.onReport('AnswerClarification', command);
  }
}
