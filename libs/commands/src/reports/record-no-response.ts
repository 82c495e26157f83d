import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsProse, Optional } from '../fields.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** The deadline has passed without an answer. One that comes later still counts as an answer. */
export class RecordNoResponse extends ReportCommand {
  @IsEdtf() on!: Edtf;
  @Optional() @IsProse(2_000) note?: string;
}

@CommandHandler(RecordNoResponse)
export class RecordNoResponseHandler implements ICommandHandler<RecordNoResponse> {
  constructor(private readonly record: Recorder) {}

  execute(command: RecordNoResponse) {
    return this.record.onReport('RecordNoResponse', command);
  }
}
