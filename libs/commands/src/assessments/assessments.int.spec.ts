import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '#event-store';
import { PUBLIC_CATEGORIES, Refusal, subjectOf } from '#reporting';
import { FrozenClock, sampleVocabulary } from '#testing';
import { COMMANDS, type CommandName } from '../commands.js';
import { CommandsModule } from '../commands.module.js';
import { commandOf, type RecordedCommand } from '../recorded-command.js';
import { RecordingClock } from '../recording-clock.js';

type Deed = readonly [CommandName, object, string];

const sources = [{ title: 'Letter of the example secretariat', confidence: 'found' }];
const profile = { kind: 'REGISTRY', description: 'Registers example numbers.' };
const cycle = { series: 'ec-performance', year: 2025 };

let folder: string;
let store: SqliteEventStore;
let app: INestApplicationContext;
let ids = 0;

function perform(name: CommandName, sent: object, actor: string): Promise<{ stream: string; revision: number }> {
  const commandId = `018f4a52-6b1e-7cc4-9d0e-${String(ids++).padStart(12, '0')}`;
  const of = COMMANDS[name] as new () => RecordedCommand;
  const given = { commandId, actor, correlationId: 'request-1' };
  return app.get(CommandBus, { strict: false }).execute(commandOf(of, sent, given));
}

/** How far the record was read, since it grows with every run. */
let passed = -1;
let position: string | undefined;

/** Sequence of the last event of the record. */
async function head(): Promise<number> {
  const place = { categories: PUBLIC_CATEGORIES, ...(position !== undefined && { after: position }) };
  for await (const page of store.readPages(place)) {
    passed += page.length;
    position = page.at(-1)?.position ?? position;
  }
  return passed;
}

/** An organization with a submitted report. */
async function reported(organization: string): Promise<number> {
  const id = { ...cycle, organization };
  const answer = { lang: 'en', text: 'We met twice.', origin: 'written' };
  const signature = { signatory: 'E. Xample', on: '2025-07-01', declaration: 'So.', consentToBeCited: 'by-name' };
  await perform('RegisterOrganization', { organization, name: organization, profile, sources }, 'secretariat');
  await perform('StartReport', { ...id, on: '2025-04-01' }, 'secretariat');
  await perform('AnswerSection', { ...id, section: 'S01', ...answer }, 'secretariat');
  await perform('AnswerSection', { ...id, section: 'S04', ...answer }, 'secretariat');
  await perform('SubmitReport', { ...id, ...signature }, 'secretariat');
  return head();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'para71-assessments-'));
  store = SqliteEventStore.open(join(folder, 'events.db'));
  const clock = new RecordingClock(new FrozenClock('2026-01-15T09:00:00Z').now);
  const commands = CommandsModule.register({ store, vocabulary: sampleVocabulary, clock });
  app = await Test.createTestingModule({ imports: [commands] }).compile();
  await app.init();
  const open = { title: 'Example round', requester: 'example-secretariat', opensOn: '2025-03', sources };
  await perform(
    'RegisterOrganization',
    { organization: 'example-secretariat', name: 'S', profile, sources },
    'secretariat',
  );
  await perform('OpenCycle', { ...cycle, ...open }, 'secretariat');
});

afterAll(async () => {
  await app.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const statement = (finding: string, sequence: number) => ({
  finding,
  criterion: 'INCLUSIVE',
  statement: 'Three groups took part.',
  evidence: [{ section: 'S04' }],
  version: 1,
  sequence,
});
const appointment = (organization: string, personId: string) => ({ organization, personId, role: 'contributor' });

describe('A reviewer of an organization', () => {
  it('is not appointed by it until the review has ended', async () => {
    await reported('example-north');
    const review = { ...cycle, organization: 'example-north', reviewer: 'person-1' };
    const appoint = () =>
      perform('AppointPerson', { ...appointment('example-north', 'person-1'), from: '2026', by: 'o' }, 'secretariat');
    await perform('AssignReviewer', { ...review, from: '2026' }, 'secretariat');
    await expect(appoint()).rejects.toMatchObject({ code: 'conflict-of-interest' });
    await perform('RecuseReviewer', { ...review, reason: 'A new post' }, 'person-1');
    await expect(appoint()).resolves.toMatchObject({ stream: 'organization-example-north' });
    const again = { ...review, year: 2025, reviewer: 'person-1', from: '2026' };
    await expect(perform('AssignReviewer', again, 'secretariat')).rejects.toMatchObject({ code: 'assessment-over' });
  });

  it('never acted for it, nor for the one that it was merged into', async () => {
    await reported('example-south');
    await reported('example-south-union');
    const union = appointment('example-south-union', 'person-2');
    await perform('AppointPerson', { ...union, from: '2020', by: 'o' }, 'secretariat');
    await perform('EndAppointment', { ...union, on: '2021' }, 'secretariat');
    await perform(
      'MergeInto',
      { organization: 'example-south', successor: 'example-south-union', on: '2025', sources },
      'secretariat',
    );
    for (const organization of ['example-south', 'example-south-union']) {
      const assign = { ...cycle, organization, reviewer: 'person-2', from: '2026' };
      const refused = perform('AssignReviewer', assign, 'secretariat');
      await expect(refused).rejects.toMatchObject({ code: 'conflict-of-interest' });
    }
  });

  it('never acted for one that was merged into it either, and is not appointed there while they review', async () => {
    await reported('example-isle');
    await reported('example-shore');
    const isle = appointment('example-isle', 'person-2');
    await perform('AppointPerson', { ...isle, from: '2020', by: 'o' }, 'secretariat');
    const review = { ...cycle, organization: 'example-isle', from: '2026', reviewer: 'person-9' };
    await perform('AssignReviewer', review, 'secretariat');
    const merge = { organization: 'example-isle', successor: 'example-shore', on: '2025', sources };
    await perform('MergeInto', merge, 'secretariat');
    // The appointment ends after the merger, as they do.
    await perform('EndAppointment', { ...isle, on: '2026' }, 'secretariat');
    for (const organization of ['example-isle', 'example-shore']) {
      const assign = { ...cycle, organization, reviewer: 'person-2', from: '2026' };
      await expect(perform('AssignReviewer', assign, 'secretariat')).rejects.toMatchObject({
        code: 'conflict-of-interest',
      });
    }
    const reviewing = { ...appointment('example-shore', 'person-9'), from: '2026', by: 'o' };
    await expect(perform('AppointPerson', reviewing, 'secretariat')).rejects.toMatchObject({
      code: 'conflict-of-interest',
    });
  });

  it('is not appointed in the moment in which they are assigned', async () => {
    await reported('example-haste');
    const review = { ...cycle, organization: 'example-haste', reviewer: 'person-3', from: '2026' };
    const both = await Promise.allSettled([
      perform('AssignReviewer', review, 'secretariat'),
      perform('AppointPerson', { ...appointment('example-haste', 'person-3'), from: '2026', by: 'o' }, 'secretariat'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('does not take note of a report in the moment in which they are appointed', async () => {
    await reported('example-hurry');
    const note = { ...cycle, organization: 'example-hurry', version: 1, sequence: 1 };
    const [, noted] = await Promise.allSettled([
      perform('AppointPerson', { ...appointment('example-hurry', 'person-3'), from: '2026', by: 'o' }, 'secretariat'),
      perform('NoteReport', note, 'person-3'),
    ]);
    expect(noted).toMatchObject({ status: 'rejected', reason: { code: 'conflict-of-interest' } });
  });

  it('finds what there was to be read, not before it was there and not beyond the record', async () => {
    const submitted = await reported('example-west');
    const review = { ...cycle, organization: 'example-west', reviewer: 'person-4' };
    await perform('AssignReviewer', { ...review, from: '2026' }, 'secretariat');
    await perform('DeclareNoConflict', review, 'person-4');
    const record = (sequence: number) =>
      perform('RecordFinding', { ...review, ...statement('F-1', sequence) }, 'person-4');
    await expect(record(submitted - 1)).rejects.toMatchObject({ code: 'sequence-before-version' });
    await expect(record(submitted + 1_000_000)).rejects.toMatchObject({ code: 'sequence-before-version' });
    await expect(record(submitted)).resolves.toMatchObject({ revision: 2 });
  });

  it('overwrites neither a claim nor what another reviewer found', async () => {
    const submitted = await reported('example-east');
    const streams = ['person-5', 'person-6'].map(async (reviewer) => {
      const review = { ...cycle, organization: 'example-east', reviewer };
      await perform('AssignReviewer', { ...review, from: '2026' }, 'secretariat');
      await perform('DeclareNoConflict', review, reviewer);
      return (await perform('RecordFinding', { ...review, ...statement('F-1', submitted) }, reviewer)).stream;
    });
    expect(await Promise.all(streams)).toEqual([
      'assessment-ec-performance-2025-example-east--person-5',
      'assessment-ec-performance-2025-example-east--person-6',
    ]);
  });
});

const PERSONS = ['person-a', 'person-b'];
const persons = fc.constantFrom(...PERSONS);

/** An organization with a report that was submitted at `submitted`, and another one that it may be merged with. */
interface Pair {
  readonly organization: string;
  readonly other: string;
  readonly submitted: number;
}

/** What a person might try. */
const attempts: readonly ((of: Pair, person: string) => Deed)[] = [
  ({ organization }, person) => [
    'AppointPerson',
    { ...appointment(organization, person), from: '2026', by: 'o' },
    'secretariat',
  ],
  ({ organization }, person) => ['EndAppointment', { ...appointment(organization, person), on: '2026' }, 'secretariat'],
  ({ organization }, person) => [
    'AssignReviewer',
    { ...cycle, organization, reviewer: person, from: '2026' },
    'secretariat',
  ],
  ({ organization }, reviewer) => ['DeclareNoConflict', { ...cycle, organization, reviewer }, reviewer],
  ({ organization, submitted }, reviewer) => [
    'RecordFinding',
    { ...cycle, organization, reviewer, ...statement('F-1', submitted) },
    reviewer,
  ],
  ({ organization }, reviewer) => [
    'ShareFinding',
    { ...cycle, organization, reviewer, finding: 'F-1', until: '2026-02' },
    reviewer,
  ],
  ({ organization }, reviewer) => [
    'CommentOnFinding',
    { ...cycle, organization, reviewer, finding: 'F-1', text: 'So.' },
    'secretariat',
  ],
  // By each of the two: whoever publishes is as free as whoever found it.
  ({ organization }, actor) => [
    'PublishFinding',
    { ...cycle, organization, reviewer: PERSONS[0], finding: 'F-1' },
    actor,
  ],
  ({ organization }, actor) => ['NoteReport', { ...cycle, organization, version: 1, sequence: 1 }, actor],
  ({ organization }, actor) => ['PublishReport', { ...cycle, organization, version: 1 }, actor],
  ({ organization }, reviewer) => ['RecuseReviewer', { ...cycle, organization, reviewer, reason: 'So' }, reviewer],
  ({ organization }, reviewer) => [
    'ConcludeAssessment',
    { ...cycle, organization, reviewer, summary: 'So.' },
    reviewer,
  ],
  ({ other }, person) => ['AppointPerson', { ...appointment(other, person), from: '2026', by: 'o' }, 'secretariat'],
  ({ other }, person) => ['EndAppointment', { ...appointment(other, person), on: '2026' }, 'secretariat'],
  ({ organization, other }) => ['MergeInto', { organization, successor: other, on: '2026', sources }, 'secretariat'],
  ({ organization, other }) => [
    'MergeInto',
    { organization: other, successor: organization, on: '2026', sources },
    'secretariat',
  ],
  ({ organization }, actor) => [
    'RequestClarification',
    { ...cycle, organization, clarification: 'Q-1', section: 'S01', question: 'So?', visibility: 'public' },
    actor,
  ],
  ({ organization }, actor) => [
    'FollowUpClarification',
    { ...cycle, organization, clarification: 'Q-1', text: 'So.', visibility: 'internal' },
    actor,
  ],
];
const kinds = fc.nat(attempts.length - 1);
/** Indexes into `attempts`, so that what comes late in a review is tried as well. */
type Attempt = readonly [number, string];
const by = (person: string, ...kinds: readonly number[]) => kinds.map((kind): Attempt => [kind, person]);
const openings = fc.constantFrom<(readonly Attempt[])[]>(
  [],
  by('person-a', 0, 1),
  by('person-a', 2, 3),
  [...by('person-a', 2, 3, 4, 5, 6), ...by('secretariat', 9), ...by('editor', 9)],
  // Somebody of the other organization, who has left it or has not, before it becomes one with this one.
  by('person-a', 12, 14),
  by('person-a', 12, 13, 15),
  by('person-a', 2, 3, 14),
  // Whoever asks goes on with the thread, and may act for the organization only then.
  by('person-a', 16, 17),
);

/** What is not for those who acted for an organization. Told from the log alone, in its order. */
const OF_REVIEWERS = new Set([
  'ReportNoted',
  'PublicationProposed',
  'ReportPublished',
  'ClarificationRequested',
  'ClarificationFollowedUp',
  'FindingPublished',
]);

async function conflictsOn({ organization, other }: Pair, after: string): Promise<string[]> {
  const acted = { [organization]: new Set<string>(), [other]: new Set<string>() };
  const conflicts: string[] = [];
  let isOne = false;
  for await (const event of store.readAll({ categories: PUBLIC_CATEGORIES, after })) {
    const subject = subjectOf(event.stream);
    if (!('organization' in subject) || !(subject.organization in acted)) continue;
    if (event.type === 'OrganizationMergedInto') isOne = true;
    if (event.type === 'PersonAppointed') {
      acted[subject.organization]!.add((event.data as { personId: string }).personId);
    }
    const hasActed = (person: string) =>
      acted[subject.organization]!.has(person) || (isOne && Object.values(acted).some((all) => all.has(person)));
    const told = `${event.type} by ${event.metadata['actor']}`;
    const isReview = subject.category === 'assessment' && event.type !== 'ReviewerRecused';
    if (isReview && hasActed(subject.reviewer)) conflicts.push(`${told} for ${subject.reviewer}`);
    if (OF_REVIEWERS.has(event.type) && hasActed(event.metadata['actor']!)) conflicts.push(told);
  }
  return conflicts;
}

describe('Whatever six commands are given', () => {
  it('nobody has reviewed, noted or published for an organization that they acted for, whatever it was merged with', async () => {
    const recorded = new Map<string, number>();
    let run = 0;
    const six = fc.array(fc.tuple(kinds, persons), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(openings, six, async (opening, rest) => {
        const pair = { organization: `example-${++run}`, other: `example-other-${run}` };
        await head();
        const before = position!;
        await perform('RegisterOrganization', { organization: pair.other, name: 'O', profile, sources }, 'secretariat');
        const of = { ...pair, submitted: await reported(pair.organization) };
        for (const [kind, person] of [...opening, ...rest]) {
          const deed = attempts[kind]!(of, person);
          try {
            await perform(...deed);
            recorded.set(deed[0], (recorded.get(deed[0]) ?? 0) + 1);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        }
        expect(await conflictsOn(of, before)).toEqual([]);
      }),
      { numRuns: 200 },
    );
    // A property of commands that are all refused would say nothing.
    const all = attempts.map((attempt) => attempt({ organization: 'o', other: 'p', submitted: 0 }, 'p')[0]);
    expect(all.filter((name) => !recorded.has(name))).toEqual([]);
  }, 120_000);
});
