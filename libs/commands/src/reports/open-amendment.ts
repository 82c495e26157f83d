import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsBoolean } from 'class-validator';
import { IsReason, IsSections } from '../fields.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Opens sections of a submitted report again. What was submitted stays readable as the version it was. */
export class OpenAmendment extends ReportCommand {
  @IsReason() reason!: string;
  @IsBoolean() material!: boolean;
  @IsSections(50) sections!: string[];
}

@CommandHandler(OpenAmendment)
export class OpenAmendmentHandler implements ICommandHandler<OpenAmendment> {
  constructor(private readonly record: Recorder) {}

  execute(command: OpenAmendment) {
    return this.record.onReport('OpenAmendment', command);
  }
}
