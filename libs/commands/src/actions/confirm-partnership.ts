import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsOrganizationId, IsProse, Optional } from '../fields.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** A partner says that it took part. */
export class ConfirmPartnership extends ActionCommand {
  @IsOrganizationId() partner!: string;
  @Optional() @IsProse(2_000) note?: string;
}

@CommandHandler(ConfirmPartnership)
export class ConfirmPartnershipHandler implements ICommandHandler<ConfirmPartnership> {
  constructor(private readonly record: Recorder) {}

  execute(command: ConfirmPartnership) {
    return this.record.onAction('ConfirmPartnership', command);
  }
}
