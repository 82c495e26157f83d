import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsReason } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** The secretariat takes its request back for one organization, and says why. */
export class ExemptFromReport extends ReportCommand {
  @IsReason() reason!: string;
}

@CommandHandler(ExemptFromReport)
export class ExemptFromReportHandler implements ICommandHandler<ExemptFromReport> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: ExemptFromReport) {
    return this.record.onReport('ExemptFromReport', command, async () => ({
      actedFor: await this.known.everActedFor(command.given.actor, command.organization),
    }));
  }
}
