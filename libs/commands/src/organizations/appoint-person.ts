import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { AppointedRole, Edtf } from '#reporting';
import { ReviewersOnRecord } from '../assessments/reviewers-on-record.js';
import { IsEdtf, IsPersonId } from '../fields.js';
import { Known } from '../known.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import { MergersOnRecord } from './mergers-on-record.js';

export const APPOINTED_ROLES: readonly AppointedRole[] = ['focal-point', 'contributor', 'signatory'];

/** A person may act for an organization in a role. */
export class AppointPerson extends OrganizationCommand {
  @IsPersonId() personId!: string;
  @IsIn(APPOINTED_ROLES) role!: AppointedRole;
  @IsEdtf() from!: Edtf;
}

@CommandHandler(AppointPerson)
export class AppointPersonHandler implements ICommandHandler<AppointPerson> {
  constructor(
    private readonly record: Recorder,
    private readonly reviewers: ReviewersOnRecord,
    private readonly mergers: MergersOnRecord,
    private readonly known: Known,
  ) {}

  execute(command: AppointPerson) {
    return this.record.onOrganization('AppointPerson', command, async () => ({
      reviewing: await this.isReviewing(command),
      mandates: await this.known.mandatesOf(command.personId),
      asSecretariat: command.given.role === 'secretariat',
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
