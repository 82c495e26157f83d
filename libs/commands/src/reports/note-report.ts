import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsInt, Min, Max } from 'class-validator';
import { Pins } from '../assessments/pins.js';
import { IsProse, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** The working group takes note of a version, as it read at a sequence of the record. */
export class NoteReport extends ReportCommand {
  @IsInt() @Min(1) @Max(1_000_000) version!: number;
  @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) sequence!: number;
  @Optional() @IsProse(2_000) note?: string;
}

@CommandHandler(NoteReport)
export class NoteReportHandler implements ICommandHandler<NoteReport> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
    private readonly pins: Pins,
  ) {}

  execute(command: NoteReport) {
    return this.record.onReport('NoteReport', command, async () => ({
      actedFor: await this.known.everActedFor(command.given.actor, command.organization),
      pinned: await this.pins.of(command, command),
    }));
  }
}
