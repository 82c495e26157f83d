import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AUDIENCES,
  type Audience,
  audiencesOfReport,
  mayReadFor,
  report,
  type ReportAudience,
  type ReportCommand,
  type ReportEvent,
  subjectOf,
  VISIBILITIES,
} from '#reporting';
import {
  answerClarification,
  answerSection,
  closeClarification,
  followUpClarification,
  moveClarificationDueDate,
  playThrough,
  reopenClarification,
  requestClarification,
  start,
  submit,
  widenClarification,
} from '#testing';
import { type ClarificationDocument, clarifications } from '../folds/clarifications.js';
import { clarificationFor } from './clarifications-of.js';

const stream = 'report-ec-performance-2008-example-registry';
const opening: readonly ReportCommand[] = [start(), answerSection(), answerSection({ section: 'S04' }), submit()];

const visibility = fc.constantFrom(...VISIBILITIES);
/** Each is told by a text of its own, by which it is known again. */
const said = fc.oneof(
  visibility.map((to) => (text: string) => followUpClarification({ text, visibility: to })),
  fc
    .constantFrom('organization' as const, 'public' as const)
    .map((to) => (text: string) => answerClarification({ text, visibility: to })),
  visibility.map((to) => (reason: string) => widenClarification({ to, reason })),
  fc.integer({ min: 10, max: 28 }).map((day) => (reason: string) => {
    return moveClarificationDueDate({ to: `2009-01-${day}`, reason });
  }),
  fc.constant((note: string) => closeClarification({ outcome: 'left-open', note })),
  fc.constant((reason: string) => reopenClarification({ reason })),
);
const lives = fc
  .tuple(visibility, fc.array(said, { maxLength: 12 }))
  .map(([to, steps]) => [
    ...opening,
    requestClarification({ question: 'text-0.', visibility: to }),
    ...steps.map((step, n) => step(`text-${n + 1}.`)),
  ]);

const AS_AUDIENCE: Readonly<Record<ReportAudience, Audience | undefined>> = {
  public: 'public',
  submitted: 'organization',
  reviewers: 'reviewers',
  writers: undefined,
};

const textsIn = (told: unknown) => [...new Set(JSON.stringify(told ?? '').match(/text-\d+\./g))].sort();

function threadAfter(events: readonly ReportEvent[]): ClarificationDocument | undefined {
  return events.reduce<ClarificationDocument | undefined>((document, event, sequence) => {
    const metadata = { actor: 'person-1' };
    const placed = { ...event, sequence, revision: sequence, stream, id: '', metadata, subject: subjectOf(stream) };
    const [key] = clarifications.keysOf(placed, () => undefined);
    return key === undefined ? document : clarifications.apply(document, placed, key, () => undefined);
  }, undefined);
}

describe('Whatever is said in a thread', () => {
  it('Trap (SERIMA#791): each reader finds in it exactly what the events of the record tell the same reader', () => {
    let shown = 0;
    fc.assert(
      fc.property(lives, (life) => {
        const events = playThrough(report, life).flatMap((step) => step.events);
        const thread = threadAfter(events)!;
        const audienceOf = audiencesOfReport(
          events.map(({ type, data }, revision) => ({ revision, type, data: data as Record<string, unknown> })),
        );
        for (const reader of AUDIENCES) {
          const readable = events.filter((_, revision) => {
            const audience = AS_AUDIENCE[audienceOf(revision)];
            return audience !== undefined && mayReadFor(reader, audience);
          });
          const read = clarificationFor(reader, thread);
          expect([reader, textsIn(read)]).toEqual([reader, textsIn(readable.map(({ data }) => data))]);
          shown += read?.messages.length ?? 0;
        }
      }),
      { numRuns: 300 },
    );
    // A property of threads in which nothing is said would say nothing.
    expect(shown).toBeGreaterThan(100);
  });
});
