import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  acknowledge,
  answerByLetter,
  answerClarification,
  answerSection,
  attachDocument,
  citeAction,
  closeClarification,
  decline,
  delegateSection,
  exempt,
  extendDeadline,
  followUpClarification,
  note,
  openAmendment,
  playThrough,
  publish,
  recordNoResponse,
  reopenClarification,
  reportFigure,
  request,
  requestClarification,
  start,
  submit,
  unciteAction,
  widenClarification,
  withdraw,
  withholdPart,
} from '#testing';
import { VISIBILITIES } from './clarifying.js';
import type { ReportCommand } from './report.js';
import { report } from './report.js';
import { contributionStatusOf, punctualityOf } from './requesting.js';

const requesting = fc.constantFrom<ReportCommand[]>(
  request(),
  request({ deadline: '2008-10-31' }),
  acknowledge(),
  decline(),
  exempt(),
  answerByLetter(),
  answerByLetter({ on: '2008', reservation: 'As a courtesy' }),
  recordNoResponse(),
  extendDeadline(),
);
const drafting = fc.oneof(
  fc.constantFrom<ReportCommand[]>(start(), delegateSection(), attachDocument(), citeAction(), unciteAction()),
  fc.record({ section: fc.constantFrom('S01', 'S02', 'S04'), text: fc.constantFrom('a', 'b') }).map(answerSection),
  fc.record({ value: fc.integer() }).map(reportFigure),
);
const submitting = fc.oneof(
  fc.constantFrom<ReportCommand[]>(submit(), submit({ reservation: 'As a courtesy' }), withdraw()),
  fc.record({ sections: fc.uniqueArray(fc.constantFrom('S01', 'S04')) }).map(openAmendment),
);
const reviewing = fc.oneof(
  fc.constantFrom<ReportCommand[]>(
    requestClarification(),
    answerClarification(),
    followUpClarification(),
    followUpClarification({ visibility: 'internal' }),
    widenClarification(),
    closeClarification(),
    reopenClarification(),
    note(),
    withholdPart(),
  ),
  fc.record({ version: fc.integer({ min: 0, max: 3 }) }).map(publish),
);
const any = fc.oneof(requesting, drafting, submitting, reviewing);

// Most sequences of commands get no further than a refusal: some lives therefore start with a report that is submitted.
const toSubmission: readonly ReportCommand[] = [start(), answerSection(), answerSection({ section: 'S04' }), submit()];
const lives = fc
  .record({ opening: fc.constantFrom<(readonly ReportCommand[])[]>([], toSubmission), rest: fc.array(any) })
  .map(({ opening, rest }) => [...opening, ...rest]);

describe('Whatever is done to a report', () => {
  it('Rule 6: withdrawn stays withdrawn, and exempt stays exempt', () =>
    fc.assert(
      fc.property(lives, (life) => {
        for (const { before, after } of playThrough(report, life)) {
          if (before.phase === 'withdrawn' || before.phase === 'exempted') expect(after.phase).toBe(before.phase);
        }
      }),
    ));

  it('Rule 6: versions count up one by one, and only by a signature', () =>
    fc.assert(
      fc.property(lives, (life) => {
        for (const { before, after, events } of playThrough(report, life)) {
          const signed = events.some(({ type }) => type === 'ReportSubmitted' || type === 'ReportResubmitted');
          expect(after.version).toBe(before.version + (signed ? 1 : 0));
        }
      }),
    ));

  it('Rule 6: what is submitted does not change until an amendment is opened', () =>
    fc.assert(
      fc.property(lives, (life) => {
        for (const { before, after } of playThrough(report, life)) {
          if (before.phase !== 'submitted') continue;
          expect([after.answers, after.citations, after.figures, after.documents]).toEqual([
            before.answers,
            before.citations,
            before.figures,
            before.documents,
          ]);
        }
      }),
    ));

  it('who may read a thread is never fewer, and more only by an event that says so', () =>
    fc.assert(
      fc.property(lives, (life) => {
        const width = (state: typeof report.initial) =>
          VISIBILITIES.indexOf(state.clarifications['clarification-1']?.visibility ?? 'internal');
        for (const { before, after, events } of playThrough(report, life)) {
          if (!before.clarifications['clarification-1']) continue;
          const widened = events.some(({ type }) => type === 'ClarificationWidened');
          expect(width(after) - width(before)).toBe(widened ? 1 : 0);
        }
      }),
    ));

  it('Rule 9: nothing is late without a request and a deadline on record', () =>
    fc.assert(
      fc.property(lives, fc.constantFrom('2008-03-01', '2008-10-31', '2026-01-15'), (life, today) => {
        for (const { after } of playThrough(report, life)) {
          if (after.requestedOn && after.deadline) continue;
          expect(punctualityOf(after, today)).toBe('not-applicable');
        }
      }),
    ));

  it('Rule 8: it has a status from the first event on', () =>
    fc.assert(
      fc.property(lives, (life) => {
        let events = 0;
        for (const step of playThrough(report, life)) {
          events += step.events.length;
          expect(contributionStatusOf(step.after) === undefined).toBe(events === 0);
        }
      }),
    ));
});
