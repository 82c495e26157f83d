import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addSource,
  changeStatus,
  confirmPartnership,
  discontinue,
  disputePartnership,
  link,
  markRecordedInError,
  playThrough,
  reachMilestone,
  reassignTrack,
  record,
  revise,
  supersede,
} from '#testing';
import { ACTION_STATUSES, TRACKS } from '../codes.js';
import type { ActionCommand } from './action.js';
import { action, isFinal } from './action.js';

const dates = fc.constantFrom('2005', '2007-05', '2008-10-06', '2011-12', '2030');
const commands: fc.Arbitrary<ActionCommand> = fc.oneof(
  fc
    .record({ status: fc.constantFrom(...ACTION_STATUSES), date: dates })
    .map(({ status, date }) => record({ status, startedOn: { date } })),
  fc
    .record({ startedOn: dates, endedOn: dates })
    .map(({ startedOn, endedOn }) =>
      revise({ changes: { startedOn: { date: startedOn }, endedOn: { date: endedOn } } }),
    ),
  fc.record({ to: fc.constantFrom(...ACTION_STATUSES), on: dates }).map(changeStatus),
  fc.record({ to: fc.constantFrom(...TRACKS) }).map(reassignTrack),
  fc.record({ by: fc.constantFrom('ACT-0001', 'ACT-0002'), on: dates }).map(supersede),
  fc.record({ on: dates }).map(discontinue),
  fc.constantFrom(reachMilestone(), confirmPartnership(), disputePartnership(), link(), addSource()),
  { arbitrary: fc.constant(markRecordedInError()), weight: 1 },
);
const lives = fc.array(commands, { maxLength: 30 }).map((rest) => [record(), ...rest]);

describe('Whatever is done to an action', () => {
  it('Rule 5: a final status stays', () =>
    fc.assert(
      fc.property(lives, (life) => {
        for (const { before, after } of playThrough(action, life)) {
          if (before.status && isFinal(before.status)) expect(after.status).toBe(before.status);
        }
      }),
    ));

  it('Rule 12: it is on exactly one track, which changes by reassignment only', () =>
    fc.assert(
      fc.property(lives, (life) => {
        for (const { before, after, events } of playThrough(action, life)) {
          expect(TRACKS).toContain(after.track);
          const moved = before.track !== undefined && before.track !== after.track;
          expect(events.some(({ type }) => type === 'ActionTrackReassigned')).toBe(moved);
        }
      }),
    ));

  it('Rule 14: its history only grows, and a correction names revisions that are there', () =>
    fc.assert(
      fc.property(lives, (life) => {
        for (const { before, after, events } of playThrough(action, life)) {
          expect(after.length).toBe(before.length + events.length);
          for (const event of events) {
            if (event.type !== 'ActionRevised') continue;
            for (const revision of event.data.corrects) expect(revision).toBeLessThan(before.length);
          }
        }
      }),
    ));
});
