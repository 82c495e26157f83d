import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsInt, Min, Max } from 'class-validator';
import { IsAnew } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Makes a version readable for everybody. */
export class PublishReport extends ReportCommand {
  @IsInt() @Min(1) @Max(1_000_000) version!: number;
  @IsAnew() anew?: true;
}

@CommandHandler(PublishReport)
export class PublishReportHandler implements ICommandHandler<PublishReport> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: PublishReport) {
    const { given, organization } = command;
    return this.record.onReport('PublishReport', command, async () => {
      const { publication } = await this.known.report(command);
      return {
        actedFor: await this.known.everActedFor(given.actor, organization),
        proposerActedFor: publication !== undefined && (await this.known.everActedFor(publication.by, organization)),
      };
    });
  }
}
