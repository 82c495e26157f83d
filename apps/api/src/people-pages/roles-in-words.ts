import { Injectable } from '@nestjs/common';
import { Identity, may, type RoleOnRecord, type Who } from '#identity';
import type { OrganizationId } from '#reporting';
import { FindDocument, type OrganizationDocument } from '#views';
import type { RoleShown } from '../../../web/src/index.js';
import { Questions } from '../gate/questions.js';

/** What somebody was given to do, as a page can say it. */
@Injectable()
export class RolesInWords {
  constructor(
    private readonly identity: Identity,
    private readonly questions: Questions,
  ) {}

  /** All that they were ever given, the present ones first. */
  async everOf(who: Who): Promise<RoleShown[]> {
    const all = await this.identity.roles.everOf(who.person);
    const shown = await Promise.all(all.map((role) => this.shown(role, who.person, who)));
    return [...shown.filter(({ until }) => until === undefined), ...shown.filter(({ until }) => until !== undefined)];
  }

  /** For whoever has not signed in yet. */
  async atPresent(person: string): Promise<RoleShown[]> {
    const all = await this.identity.roles.everOf(person);
    return Promise.all(all.filter(({ until }) => until === undefined).map((role) => this.shown(role, person)));
  }

  private async shown(given: RoleOnRecord, holder: string, who?: Who): Promise<RoleShown> {
    const { role, organization, from, until } = given;
    return {
      role,
      from,
      ...(until !== undefined && { until }),
      ...(organization !== undefined && { organization: await this.named(organization) }),
      by: await this.by(given, holder, who),
    };
  }

  private async by({ organization, by, proposedBy }: RoleOnRecord, holder: string, who?: Who): Promise<string> {
    if (organization !== undefined) return `Appointed by ${await this.person(by, who)}.`;
    if (by === holder) return 'By the set-up link of this installation.';
    if (proposedBy === undefined)
      return `Given by ${await this.person(by, who)}, while there were not yet two to agree on it.`;
    return `Proposed by ${await this.person(proposedBy, who)}, agreed to by ${await this.person(by, who)}.`;
  }

  /** Their own name, and those of others for whoever deals with people; to everybody else the id that is on the record. */
  private async person(id: string, who?: Who): Promise<string> {
    if (id === who?.person) return 'you';
    const card = may(who, 'PersonList') === 'yes' ? await this.identity.directory.cardOf(id) : undefined;
    return card?.name ?? id;
  }

  private async named(id: OrganizationId): Promise<{ id: OrganizationId; name: string }> {
    const document = await this.questions.askAsEverybody(new FindDocument('organizations', id));
    const { name = id } = document ? (JSON.parse(document.body) as OrganizationDocument) : {};
    return { id, name };
  }
}
