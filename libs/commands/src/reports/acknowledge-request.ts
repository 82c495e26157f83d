import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsProse, Optional } from '../fields.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** The organization has received the request. */
export class AcknowledgeRequest extends ReportCommand {
  @IsEdtf() on!: Edtf;
  @Optional() @IsProse(2_000) note?: string;
}

@CommandHandler(AcknowledgeRequest)
export class AcknowledgeRequestHandler implements ICommandHandler<AcknowledgeRequest> {
  constructor(private readonly record: Recorder) {}

  execute(command: AcknowledgeRequest) {
    return this.record.onReport('AcknowledgeRequest', command);
  }
}
