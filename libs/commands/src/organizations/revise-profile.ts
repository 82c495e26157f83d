import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsSources, SourceFields } from '../evidence-fields.js';
import { IsReason, Nested } from '../fields.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import { ProfileFields } from './profile-fields.js';

/** States the whole profile anew. */
export class ReviseProfile extends OrganizationCommand {
  @Nested(() => ProfileFields) profile!: ProfileFields;
  @IsReason() reason!: string;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(ReviseProfile)
export class ReviseProfileHandler implements ICommandHandler<ReviseProfile> {
  constructor(private readonly record: Recorder) {}

  execute(command: ReviseProfile) {
    return this.record.onOrganization('ReviseProfile', command);
  }
}
