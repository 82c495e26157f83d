import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { AppointedRole, Edtf } from '#reporting';
import { ReviewersOnRecord } from '../assessments/reviewers-on-record.js';
import { IsEdtf, IsLine, IsPersonId } from '../fields.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import { MergersOnRecord } from './mergers-on-record.js';

export const APPOINTED_ROLES: readonly AppointedRole[] = ['focal-point', 'contributor', 'signatory'];

/** A person may act for an organization in a role. */
export class AppointPerson extends OrganizationCommand {
  @IsPersonId() personId!: string;
  @IsIn(APPOINTED_ROLES) role!: AppointedRole;
  @IsEdtf() from!: Edtf;
  /** Who appointed them: an id, or the office that did. */
  @IsLine(200) by!: string;
}

@CommandHandler(AppointPerson)
export class AppointPersonHandler implements ICommandHandler<AppointPerson> {
  constructor(
    private readonly record: Recorder,
    private readonly reviewers: ReviewersOnRecord,
    private readonly mergers: MergersOnRecord,
  ) {}

  execute(command: AppointPerson) {
    return this.record.onOrganization('AppointPerson', command, async () => ({
      reviewing: await this.isReviewing(command),
    }));
  }

  /** A report of the organization, or of one that it has become one with. */
  private async isReviewing({ personId, organization }: AppointPerson): Promise<boolean> {
    for (const each of await this.mergers.oneWith(organization)) {
      if (await this.reviewers.isReviewing(personId, each)) return true;
    }
    return false;
  }
}
