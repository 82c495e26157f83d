import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { AppointedRole, Edtf } from '#reporting';
import { IsEdtf, IsPersonId, IsReason, Optional } from '../fields.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import { APPOINTED_ROLES } from './appoint-person.js';

/** A person no longer acts for an organization in a role. */
export class EndAppointment extends OrganizationCommand {
  @IsPersonId() personId!: string;
  @IsIn(APPOINTED_ROLES) role!: AppointedRole;
  @IsEdtf() on!: Edtf;
  @Optional() @IsReason() reason?: string;
}

@CommandHandler(EndAppointment)
export class EndAppointmentHandler implements ICommandHandler<EndAppointment> {
  constructor(private readonly record: Recorder) {}

  execute(command: EndAppointment) {
    return this.record.onOrganization('EndAppointment', command);
  }
}
