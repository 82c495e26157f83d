import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsSources, SourceFields } from '../evidence-fields.js';
import { IsLine, Nested, Optional } from '../fields.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import { ProfileFields } from './profile-fields.js';

/** Puts an organization on the register, under a slug that it keeps whatever it is called later. */
export class RegisterOrganization extends OrganizationCommand {
  @IsLine() name!: string;
  @Optional() @IsLine(40) acronym?: string;
  @Nested(() => ProfileFields) profile!: ProfileFields;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(RegisterOrganization)
export class RegisterOrganizationHandler implements ICommandHandler<RegisterOrganization> {
  constructor(private readonly record: Recorder) {}

  execute(command: RegisterOrganization) {
    return this.record.onOrganization('RegisterOrganization', command);
  }
}
