import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsReason } from '../fields.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** The organization says that it will not report, and why. It may still change its mind. */
export class DeclineReport extends ReportCommand {
  @IsEdtf() on!: Edtf;
  @IsReason() reason!: string;
}

@CommandHandler(DeclineReport)
export class DeclineReportHandler implements ICommandHandler<DeclineReport> {
  constructor(private readonly record: Recorder) {}

  execute(command: DeclineReport) {
    return this.record.onReport('DeclineReport', command);
  }
}
