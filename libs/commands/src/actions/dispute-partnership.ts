import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsOrganizationId, IsReason } from '../fields.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** A partner says that it did not take part, or not as the record has it. */
export class DisputePartnership extends ActionCommand {
  @IsOrganizationId() partner!: string;
  @IsReason() reason!: string;
}

@CommandHandler(DisputePartnership)
export class DisputePartnershipHandler implements ICommandHandler<DisputePartnership> {
  constructor(private readonly record: Recorder) {}

  execute(command: DisputePartnership) {
    return this.record.onAction('DisputePartnership', command);
  }
}
