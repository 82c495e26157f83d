import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PUBLIC_CATEGORIES, Refusal, subjectOf } from '#reporting';
import {
  appointment,
  cycle,
  type GivenDeed,
  nextCycle,
  profile,
  ReportedOrganizations,
  sources,
  statement,
} from '../../../../test/support/reported-organizations.js';

const record = ReportedOrganizations.forThisFile();
const { perform, head, reported } = record;

const PERSONS = ['person-a', 'person-b'];
const persons = fc.constantFrom(...PERSONS);

/** An organization with a report that was submitted at `submitted`, and another one that it may be merged with. */
interface Pair {
  readonly organization: string;
  readonly other: string;
  readonly submitted: number;
}

/** What a person might try. */
const attempts: readonly ((of: Pair, person: string) => GivenDeed)[] = [
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
  for await (const event of record.store.readAll({ categories: PUBLIC_CATEGORIES, after })) {
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
        const before = record.position!;
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
