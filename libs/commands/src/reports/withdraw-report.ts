import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsAnew, IsReason } from '../fields.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** The organization no longer stands by its report. The report stays on record as withdrawn. */
export class WithdrawReport extends ReportCommand {
  @IsReason() reason!: string;
  @IsAnew() anew?: true;
}

@CommandHandler(WithdrawReport)
export class WithdrawReportHandler implements ICommandHandler<WithdrawReport> {
  constructor(private readonly record: Recorder) {}

  execute(command: WithdrawReport) {
    return this.record.onReport('WithdrawReport', command);
  }
}
