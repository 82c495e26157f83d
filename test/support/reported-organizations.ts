import { beforeAll } from '@jest/globals';
import type { CommandName, Recorded } from '#commands';
import type { EventStore } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';
import { CommandsInFolder } from './commands-in-folder.js';

/** With who gives it, and in which role, where it is not their own name. */
export type GivenDeed = readonly [CommandName, object, string, string?];

export const sources = [{ title: 'Letter of the example secretariat', confidence: 'found' }];
export const profile = { kind: 'REGISTRY', description: 'Registers example numbers.' };
export const cycle = { series: 'ec-performance', year: 2025 };
export const nextCycle = { ...cycle, year: 2026 };

export const statement = (finding: string, sequence: number) => ({
  finding,
  criterion: 'INCLUSIVE',
  statement: 'Three groups took part.',
  evidence: [{ section: 'S04' }],
  version: 1,
  sequence,
});
export const appointment = (organization: string, personId: string) => ({
  organization,
  personId,
  role: 'contributor',
});

const round = { title: 'Example round', requester: 'example-secretariat', opensOn: '2025-03', sources };

/** Two cycles are open, in the name of an organization that has its own part in neither. */
export const ROUNDS: readonly GivenDeed[] = [
  ['RegisterOrganization', { organization: 'example-secretariat', name: 'S', profile, sources }, 'secretariat'],
  ['OpenCycle', { ...cycle, ...round }, 'secretariat'],
  ['OpenCycle', { ...nextCycle, ...round, opensOn: '2026-01' }, 'secretariat'],
];

/** An organization with a submitted report; the one of the year after has been asked for. */
export function reportOf(organization: string): readonly GivenDeed[] {
  const id = { ...cycle, organization };
  const answer = { lang: 'en', text: 'We met twice.', origin: 'written' };
  const signature = { signatory: 'E. Xample', on: '2025-07-01', declaration: 'So.', consentToBeCited: 'by-name' };
  const asked = { requester: 'example-secretariat', on: '2026-01', deadline: '2026-10', confidence: 'found', sources };
  return [
    ['RegisterOrganization', { organization, name: organization, profile, sources }, 'secretariat'],
    ['StartReport', { ...id, on: '2025-04-01' }, 'secretariat'],
    ['AnswerSection', { ...id, section: 'S01', ...answer }, 'secretariat'],
    ['AnswerSection', { ...id, section: 'S04', ...answer }, 'secretariat'],
    ['SubmitReport', { ...id, ...signature }, 'secretariat'],
    ['RequestReport', { ...nextCycle, organization, ...asked }, 'secretariat'],
  ];
}

/** All commands on one bus and one log for a whole file, in which two cycles are open. */
export class ReportedOrganizations {
  /** Of the last event that `head` has read. */
  position: string | undefined;
  readonly #on = CommandsInFolder.forThisFile();
  /** How far the record was read, since it grows with every run. */
  #passed = -1;

  static forThisFile(): ReportedOrganizations {
    const record = new ReportedOrganizations();
    beforeAll(async () => {
      for (const deed of ROUNDS) await record.perform(...deed);
    });
    return record;
  }

  get store(): EventStore {
    return this.#on.store;
  }

  readonly perform = (...[name, sent, actor, role = actor]: GivenDeed): Promise<Recorded> =>
    this.#on.give(name, sent, { actor, role });

  /** Sequence of the last event of the record. */
  readonly head = async (): Promise<number> => {
    const place = { categories: PUBLIC_CATEGORIES, ...(this.position !== undefined && { after: this.position }) };
    for await (const page of this.store.readPages(place)) {
      this.#passed += page.length;
      this.position = page.at(-1)?.position ?? this.position;
    }
    return this.#passed;
  };

  /** Sequence of the last event of `reportOf`. */
  readonly reported = async (organization: string): Promise<number> => {
    for (const deed of reportOf(organization)) await this.perform(...deed);
    return this.head();
  };
}
