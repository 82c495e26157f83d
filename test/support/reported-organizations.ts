import { afterAll, beforeAll } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf, type CommandName, COMMANDS, CommandsModule, type RecordedCommand, RecordingClock } from '#commands';
import { SqliteEventStore } from '#event-store';
import { ADMITTED_ALONE } from '#identity';
import { PUBLIC_CATEGORIES } from '#reporting';
import { FrozenClock, sampleVocabulary } from '#testing';
import { letIn } from './let-in.js';

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
  store!: SqliteEventStore;
  /** Of the last event that `head` has read. */
  position: string | undefined;
  #app!: INestApplicationContext;
  #ids = 0;
  /** How far the record was read, since it grows with every run. */
  #passed = -1;

  static forThisFile(): ReportedOrganizations {
    const on = new ReportedOrganizations();
    let folder: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'para71-assessments-'));
      await on.#open(join(folder, 'events.db'));
    });
    afterAll(async () => {
      await on.#app.close();
      await on.store.close();
      rmSync(folder, { recursive: true });
    });
    return on;
  }

  readonly perform = (
    ...[name, sent, actor, role = actor]: GivenDeed
  ): Promise<{ stream: string; revision: number }> => {
    const commandId = `018f4a52-6b1e-7cc4-9d0e-${String(this.#ids++).padStart(12, '0')}`;
    const of = COMMANDS[name] as new () => RecordedCommand;
    const given = { commandId, actor, role, correlationId: 'request-1' };
    return this.#app.get(CommandBus, { strict: false }).execute(letIn(commandOf(of, sent, given)));
  };

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

  async #open(file: string): Promise<void> {
    this.store = SqliteEventStore.open(file);
    const clock = new RecordingClock(new FrozenClock('2026-01-15T09:00:00Z').now);
    const commands = CommandsModule.register({
      store: this.store,
      vocabulary: sampleVocabulary,
      admitted: ADMITTED_ALONE,
      clock,
    });
    this.#app = await Test.createTestingModule({ imports: [commands] }).compile();
    await this.#app.init();
    for (const deed of ROUNDS) await this.perform(...deed);
  }
}
