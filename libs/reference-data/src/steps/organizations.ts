import type { Edtf, Profile, Source } from '#reporting';
import type { Edition } from '../edition.js';
import type { OrganizationRow } from '../rows.js';
import { entryOf } from '../vocabularies.js';
import { EDITORS, recollection } from './editors.js';
import type { ImportStep, Origin } from './import-step.js';
import { depthOf, step } from './import-step.js';

/** Year of the Tunis Agenda, whose paragraph 71 speaks of relevant organizations and names none. */
const MANDATE = '2005' as Edtf;
/** The notes of organizations.json say that memberships of these are recalled; the rows have no field for it. */
const RECALLED_PARENTS: ReadonlySet<string> = new Set(['ungis']);

export function organizationSteps(edition: Edition): ImportStep[] {
  const { organizations, versions } = edition;
  const parentsOf = (id: string) => organizations.find((row) => row.id === id)?.memberOf ?? [];
  const mandate = edition.vocabularies.lists.mandates.find(({ code }) => code === 'WSIS-TUNIS')?.sources ?? [];
  return organizations.flatMap((row) => {
    const { id, memberOf, sources } = row;
    const origin: Origin = { file: 'organizations', version: versions.organizations, id };
    const depth = depthOf(id, parentsOf);
    return [
      step(origin, ['organizations', 0], 'RegisterOrganization', {
        organization: id,
        name: row.name,
        acronym: row.acronym,
        profile: profileOf(row),
        sources,
      }),
      ...(row.relevantOrganization
        ? [
            step(origin, ['relevance and placement', 0], 'MarkRelevant', {
              organization: id,
              from: MANDATE,
              ground: groundOf(row, edition),
              sources: [...mandate, ...sources],
            }),
          ]
        : []),
      // From the top down, so that a placement meets the same ancestors whenever it is given.
      ...memberOf.map((parent) =>
        step(origin, ['relevance and placement', depth], 'PlaceUnder', {
          organization: id,
          parent,
          sources: membershipSources(parent, sources),
        }),
      ),
    ];
  });
}

function profileOf(row: OrganizationRow): Profile {
  const { kind, stakeholderGroup, founded, seat, regionOfSeat, website, description } = row;
  return {
    kind,
    ...(stakeholderGroup && { stakeholderGroup }),
    ...(founded && { founded }),
    ...(seat && { seat }),
    ...(regionOfSeat && { regionOfSeat }),
    ...(website && { website }),
    description,
  };
}

function groundOf({ invited2008 }: OrganizationRow, { vocabularies }: Edition): string {
  const invitation = entryOf(vocabularies.lists, 'invitationStates', invited2008);
  return (
    'Paragraph 71 of the Tunis Agenda speaks of relevant organizations and does not list them. ' +
    `That this is one of them since the mandate of 2005 is the project's reading (${EDITORS}). ` +
    `On the request of 2008: ${invitation?.label ?? invited2008}. ${invitation?.description ?? ''}`
  ).trim();
}

function membershipSources(parent: string, sources: readonly Source[]): readonly Source[] {
  return RECALLED_PARENTS.has(parent) ? [recollection(`Membership of ${parent}`)] : sources;
}
