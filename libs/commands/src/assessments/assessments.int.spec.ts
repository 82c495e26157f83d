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

/** With who gives it, and in which role, where it is not their own name. */
type Deed = readonly [CommandName, object, string, string?];

const sources = [{ title: 'Letter of the example secretariat', confidence: 'found' }];
const profile = { kind: 'REGISTRY', description: 'Registers example numbers.' };
const cycle = { series: 'ec-performance', year: 2025 };
const nextCycle = { ...cycle, year: 2026 };

let folder: string;
let store: SqliteEventStore;
let app: INestApplicationContext;
let ids = 0;

function perform(...[name, sent, actor, role = actor]: Deed): Promise<{ stream: string; revision: number }> {
  const commandId = `018f4a52-6b1e-7cc4-9d0e-${String(ids++).padStart(12, '0')}`;
  const of = COMMANDS[name] as new () => RecordedCommand;
  const given = { commandId, actor, role, correlationId: 'request-1' };
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

/** An organization with a submitted report; the one of the year after has been asked for. */
async function reported(organization: string): Promise<number> {
  const id = { ...cycle, organization };
  const answer = { lang: 'en', text: 'We met twice.', origin: 'written' };
  const signature = { signatory: 'E. Xample', on: '2025-07-01', declaration: 'So.', consentToBeCited: 'by-name' };
  await perform('RegisterOrganization', { organization, name: organization, profile, sources }, 'secretariat');
  await perform('StartReport', { ...id, on: '2025-04-01' }, 'secretariat');
  await perform('AnswerSection', { ...id, section: 'S01', ...answer }, 'secretariat');
  await perform('AnswerSection', { ...id, section: 'S04', ...answer }, 'secretariat');
  await perform('SubmitReport', { ...id, ...signature }, 'secretariat');
  const asked = { requester: 'example-secretariat', on: '2026-01', deadline: '2026-10', confidence: 'found', sources };
  await perform('RequestReport', { ...nextCycle, organization, ...asked }, 'secretariat');
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
  await perform('OpenCycle', { ...nextCycle, ...open, opensOn: '2026-01' }, 'secretariat');
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

describe('An organization', () => {
  beforeAll(() => reported('example-lake'));

  it('appoints nobody who has a mandate; that one of theirs acts for it, the secretariat records', async () => {
    const mandate = { person: 'person-11', role: 'secretariat', from: '2026' };
    // The first two administrators take nobody else.
    for (const person of ['person-12', 'person-13'])
      await perform('GiveMandate', { ...mandate, person, role: 'administrator' }, 'set-up');
    for (const actor of ['person-12', 'person-13']) await perform('GiveMandate', mandate, actor);
    const appoint = (actor: string, role?: string) =>
      perform('AppointPerson', { ...appointment('example-lake', 'person-11'), from: '2099' }, actor, role);
    await expect(appoint('person-14', 'focal-point')).rejects.toMatchObject({
      code: 'appointee-has-mandate',
      facts: { mandates: ['secretariat'] },
    });
    await expect(appoint('person-11', 'secretariat')).rejects.toMatchObject({ code: 'second-person-needed' });
    await expect(appoint('person-15', 'secretariat')).resolves.toMatchObject({ stream: 'organization-example-lake' });
    const note = { ...cycle, organization: 'example-lake', version: 1, sequence: await head() };
    await expect(perform('NoteReport', note, 'person-11', 'secretariat')).rejects.toMatchObject({
      code: 'conflict-of-interest',
    });
  });

  it('may appoint whoever has no mandate any more', async () => {
    const person = 'person-13';
    await perform('EndMandate', { person, role: 'administrator', on: '2026', reason: 'Moved on' }, 'person-12');
    const appoint = { ...appointment('example-lake', person), from: '2026' };
    await expect(perform('AppointPerson', appoint, 'person-14', 'focal-point')).resolves.toBeDefined();
  });
});

describe('Whoever asks back', () => {
  it('is assigned to the report and has declared that there is no conflict, or is of the secretariat', async () => {
    await reported('example-fjord');
    const of = { ...cycle, organization: 'example-fjord' };
    const review = { ...of, reviewer: 'person-16' };
    const ask = (clarification: string, actor: string, role: string) => {
      const question = { section: 'S01', question: 'So?', visibility: 'public' };
      return perform('RequestClarification', { ...of, clarification, ...question }, actor, role);
    };
    const asReviewer = () => ask('Q-1', 'person-16', 'reviewer');
    const refused = { code: 'not-reviewing', facts: { actor: 'person-16' } };
    await expect(asReviewer()).rejects.toMatchObject(refused);
    await perform('AssignReviewer', { ...review, from: '2026' }, 'secretariat');
    await expect(asReviewer()).rejects.toMatchObject(refused);
    await perform('DeclareNoConflict', review, 'person-16');
    await expect(asReviewer()).resolves.toBeDefined();
    await perform('RecuseReviewer', { ...review, reason: 'A new post' }, 'person-16');
    const closing = { ...of, clarification: 'Q-1', outcome: 'withdrawn' };
    await expect(perform('CloseClarification', closing, 'person-16', 'reviewer')).rejects.toMatchObject(refused);
    await perform('CloseClarification', closing, 'secretariat');
    await expect(ask('Q-2', 'secretariat', 'secretariat')).resolves.toBeDefined();
  });
});

describe('A reviewer of an organization', () => {
  it('is not appointed by it until the review has ended', async () => {
    await reported('example-north');
    const review = { ...cycle, organization: 'example-north', reviewer: 'person-1' };
    const appoint = () =>
      perform('AppointPerson', { ...appointment('example-north', 'person-1'), from: '2026' }, 'secretariat');
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
    await perform('AppointPerson', { ...union, from: '2020' }, 'secretariat');
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
    await perform('AppointPerson', { ...isle, from: '2020' }, 'secretariat');
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
    const reviewing = { ...appointment('example-shore', 'person-9'), from: '2026' };
    await expect(perform('AppointPerson', reviewing, 'secretariat')).rejects.toMatchObject({
      code: 'conflict-of-interest',
    });
  });

  it('is not appointed in the moment in which they are assigned', async () => {
    await reported('example-haste');
    const review = { ...cycle, organization: 'example-haste', reviewer: 'person-3', from: '2026' };
    const both = await Promise.allSettled([
      perform('AssignReviewer', review, 'secretariat'),
      perform('AppointPerson', { ...appointment('example-haste', 'person-3'), from: '2026' }, 'secretariat'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('does not take note of a report in the moment in which they are appointed', async () => {
    await reported('example-hurry');
    const note = { ...cycle, organization: 'example-hurry', version: 1, sequence: 1 };
    const [, noted] = await Promise.allSettled([
      perform('AppointPerson', { ...appointment('example-hurry', 'person-3'), from: '2026' }, 'secretariat'),
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
    const note = (sequence: number, version = 1) =>
      perform('NoteReport', { ...cycle, organization: 'example-west', version, sequence }, 'secretariat');
    for (const pinnedTo of [record, note]) {
      // After the submission, the report of the next year was asked for.
      await expect(pinnedTo(submitted - 2)).rejects.toMatchObject({ code: 'sequence-before-version' });
      await expect(pinnedTo(submitted + 1_000_000)).rejects.toMatchObject({ code: 'sequence-unknown' });
    }
    await expect(note(submitted, 2)).rejects.toMatchObject({ code: 'version-unknown' });
    await expect(record(submitted)).resolves.toMatchObject({ revision: 2 });
    await expect(note(submitted - 1)).resolves.toMatchObject({ stream: 'report-ec-performance-2025-example-west' });
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
    { ...appointment(organization, person), from: '2026' },
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
  ({ organization, submitted }, actor) => [
    'NoteReport',
    { ...cycle, organization, version: 1, sequence: submitted - 1 },
    actor,
  ],
  ({ organization }, actor) => ['PublishReport', { ...cycle, organization, version: 1 }, actor],
  ({ organization }, reviewer) => ['RecuseReviewer', { ...cycle, organization, reviewer, reason: 'So' }, reviewer],
  ({ organization }, reviewer) => [
    'ConcludeAssessment',
    { ...cycle, organization, reviewer, summary: 'So.' },
    reviewer,
  ],
  ({ other }, person) => ['AppointPerson', { ...appointment(other, person), from: '2026' }, 'secretariat'],
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
    'secretariat',
  ],
  ({ organization }, actor) => [
    'FollowUpClarification',
    { ...cycle, organization, clarification: 'Q-1', text: 'So.', visibility: 'internal' },
    actor,
    'secretariat',
  ],
  ({ organization }, actor) => ['ExtendDeadline', { ...nextCycle, organization, to: '2026-11', reason: 'So.' }, actor],
  ({ organization }, actor) => ['ExemptFromReport', { ...nextCycle, organization, reason: 'So.' }, actor],
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
  [...by('person-a', 2, 3, 4, 5, 6), ...by('secretariat', 9), ...by('editor', 9, 7), ...by('person-a', 11)],
  by('person-a', 2, 10),
  // Somebody of the other organization, who has left it or has not, before it becomes one with this one.
  by('person-a', 12, 14),
  by('person-a', 12, 13, 15),
  by('person-a', 2, 3, 14),
  // Whoever asks goes on with the thread, and may act for the organization only then.
  by('person-a', 16, 17),
  // Who may have more time, or need not report at all, is said by nobody who was theirs.
  by('person-a', 18, 0),
  by('person-a', 0, 1, 18, 19),
  by('person-a', 12, 14, 19),
);

/** What is not for those who acted for an organization. Told from the log alone, in its order. */
const FOR_THE_IMPARTIAL = new Set([
  'ReportNoted',
  'PublicationProposed',
  'ReportPublished',
  'ClarificationRequested',
  'ClarificationFollowedUp',
  'FindingPublished',
  'ReportDeadlineExtended',
  'ReportExempted',
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
    if (FOR_THE_IMPARTIAL.has(event.type) && hasActed(event.metadata['actor']!)) conflicts.push(told);
  }
  return conflicts;
}

describe('Whatever six commands are given', () => {
  it('nobody has reviewed, noted, published, extended or exempted for whom they acted for, whatever it was merged with', async () => {
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
