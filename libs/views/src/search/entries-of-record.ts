import { type DocumentRef, yearOf } from '#reporting';
import type { ActionDocument } from '../folds/actions.js';
import type { CycleDocument } from '../folds/cycles.js';
import type { OptionDocument } from '../folds/options.js';
import type { OrganizationDocument } from '../folds/organizations.js';
import type { Entry } from './entry.js';

// What everybody may read, whoever they are.

export function entriesOfOrganization(document: OrganizationDocument): Entry[] {
  const { organization, name, acronym, formerNames, profile, why } = document;
  const names = [name, acronym, ...formerNames.map((former) => former.name)];
  return [
    {
      part: 'organization',
      kind: 'organization',
      readBy: 'public',
      organizations: [organization],
      // Who looks for an earlier name means the organization.
      title: names.filter((each) => each !== undefined).join(' · '),
      text: profile.description,
      place: { organization, why },
    },
  ];
}

/** Nothing of what was recorded in error: it is not so. */
export function entriesOfAction(document: ActionDocument): Entry[] {
  const { action, title, description, lead, partners, track, startedOn, inError, why } = document;
  if (inError) return [];
  return [
    {
      part: 'action',
      kind: 'action',
      readBy: 'public',
      organizations: [...new Set([lead, ...partners])],
      year: yearOf(startedOn.date),
      track,
      title,
      text: description,
      place: { action, organization: lead, why },
    },
  ];
}

export function entriesOfOption(document: OptionDocument): Entry[] {
  const { option, title, description, by, tabledOn, arguments: argued = [], why } = document;
  const shared = { readBy: 'public', year: yearOf(tabledOn) } as const;
  return [
    {
      ...shared,
      part: 'option',
      kind: 'option',
      organizations: organizationOf(by),
      title,
      text: description,
      place: { option, why },
    },
    ...argued.map(({ argument, by: speaker, text, why: since }): Entry => {
      const place = { option, argument, why: since };
      const organizations = organizationOf(speaker);
      return { ...shared, part: `argument ${argument}`, kind: 'argument', organizations, text, place };
    }),
  ];
}

export function entriesOfCycle(document: CycleDocument): Entry[] {
  const { series, year, title, requester, note = '', guidance, syntheses, why } = document;
  const shared = { readBy: 'public', year } as const;
  const organizations = requester === undefined ? [] : [requester];
  const place = { series, year };
  return [
    { ...shared, part: 'cycle', kind: 'cycle', organizations, title, text: note, place: { ...place, why } },
    ...guidance.flatMap((each, n): Entry[] => {
      const told = { ...shared, organizations, place: { ...place, why: each.why } };
      const said: Entry = { ...told, part: `guidance ${n}`, kind: 'guidance', text: each.text };
      return each.document
        ? [said, { ...told, part: `attachment ${n}`, ...attachmentOf(each.document, told.place) }]
        : [said];
    }),
    ...syntheses.map((each): Entry => {
      const { id, title: name, symbol = '', issuer, description = '', why: since } = each;
      return {
        ...shared,
        part: `synthesis ${id}`,
        kind: 'synthesis',
        organizations: [issuer],
        title: `${name} ${symbol}`.trimEnd(),
        text: description,
        place: { ...place, synthesis: id, why: since },
      };
    }),
  ];
}

/** By its title, and by what the file was called; what is in it is not looked into. */
export function attachmentOf(
  { title, name = '', symbol = '', sha256 }: DocumentRef,
  place: Entry['place'],
): Pick<Entry, 'kind' | 'title' | 'text' | 'place'> {
  const text = `${name} ${symbol}`.trim();
  return { kind: 'attachment', title, text, place: { ...place, ...(sha256 !== undefined && { sha256 }) } };
}

const organizationOf = ({ organization }: { readonly organization?: string }) =>
  organization === undefined ? [] : [organization];
