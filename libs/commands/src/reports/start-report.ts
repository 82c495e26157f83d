import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { Edtf, UnaskedStanding } from '#reporting';
import { IsEdtf, IsProse, IsYear, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

export const UNASKED_STANDINGS: readonly UnaskedStanding[] = ['voluntary', 'request-not-on-record'];

/** The organization begins to write, asked or unasked. */
export class StartReport extends ReportCommand {
  @Optional() @IsEdtf() on?: Edtf;
  /** The year of an earlier report of the series: the draft begins with those of its answers that may be carried over. */
  @Optional() @IsYear() prefilledFrom?: number;
  /** Without a request on record. */
  @Optional() @IsIn(UNASKED_STANDINGS) standing?: UnaskedStanding;
  @Optional() @IsProse(2_000) note?: string;
}

@CommandHandler(StartReport)
export class StartReportHandler implements ICommandHandler<StartReport> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: StartReport) {
    return this.record.onReport('StartReport', command, async () => {
      await this.known.organizations(command.organization);
      const { form } = await this.known.openCycle(command);
      const { prefilledFrom: year } = command;
      const earlier = year === undefined ? [] : await this.known.earlierAnswers(command, year);
      return { ...(form !== undefined && { formOfCycle: form }), earlier };
    });
  }
}
