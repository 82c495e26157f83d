import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actionRecord, citationsOf, deepFrozen, itemsOf, reportYear } from '#testing';
import type { ActionRecord } from './action/lifetime.js';
import { ACTION_STATUSES, SCOPE_TESTS, TRACKS } from './codes.js';
import type { ActionItem, YearComparison } from './comparison.js';
import { compareYears } from './comparison.js';
import type { Category, ReportYear } from './year-record.js';

const compare = (actions: ActionRecord[], earlier: ReportYear, later: ReportYear) =>
  compareYears(deepFrozen({ organization: 'example-registry', earlier, later, actions }));
const named = (category: Category<ActionItem>) => itemsOf(category).map(({ action }) => action);

describe('Whatever is on record', () => {
  const years = fc.integer({ min: 2005, max: 2013 });
  const records = fc
    .record({
      action: fc.constantFrom('A', 'B', 'C', 'D'),
      track: fc.constantFrom(...TRACKS),
      scope: fc.constantFrom(...SCOPE_TESTS),
      status: fc.constantFrom(...ACTION_STATUSES),
      startedOn: years,
      lasted: fc.option(fc.nat(4)),
      issues: fc.subarray(['DNS', 'SPAM', 'ACCESS']),
      why: fc.array(fc.nat(50)),
    })
    .map(({ action, startedOn, lasted, ...told }) =>
      actionRecord(action, {
        ...told,
        startedOn: String(startedOn),
        ...(lasted !== null && { endedOn: String(startedOn + lasted) }),
      }),
    );
  const reports = (year: number) =>
    fc
      .record({ cited: fc.subarray(['A', 'B', 'C', 'D', 'E']), citationsKnown: fc.boolean() })
      .map(({ cited, citationsKnown }) =>
        reportYear(year, { citations: citationsKnown ? citationsOf(...cited) : {}, citationsKnown }),
      );
  const inputs = fc.tuple(fc.array(records), reports(2008), reports(2010));

  const lists = (comparison: YearComparison) =>
    Object.values(comparison).flatMap((value: unknown) =>
      typeof value === 'object' && value !== null && 'items' in value
        ? [(value as { items: readonly { action?: string; why: readonly number[] }[] }).items]
        : [],
    );

  it('an action continued, closed, ended at no known time or was not verified, and only one of these', () =>
    fc.assert(
      fc.property(inputs, ([actions, earlier, later]) => {
        const { started, continued, closed, endUnknown, notVerified } = compare(actions, earlier, later);
        if (!started.known) return;
        const exclusive = [continued, closed, endUnknown, notVerified].flatMap(named);
        expect(new Set(exclusive).size).toBe(exclusive.length);
        expect(named(continued).filter((action) => named(started).includes(action))).toEqual([]);
      }),
    ));

  it('every statement names its grounds in order, each once', () =>
    fc.assert(
      fc.property(inputs, ([actions, earlier, later]) => {
        for (const { why } of lists(compare(actions, earlier, later)).flat()) {
          expect(why).toEqual([...new Set(why)].sort((a, b) => a - b));
        }
      }),
    ));

  it('no list names an action twice', () =>
    fc.assert(
      fc.property(inputs, ([actions, earlier, later]) => {
        for (const list of lists(compare(actions, earlier, later))) {
          const ids = list.flatMap(({ action }) => action ?? []);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
    ));

  it('an issue is gained, lost, kept or unclear, and only one of these', () =>
    fc.assert(
      fc.property(inputs, ([actions, earlier, later]) => {
        const { issues } = compare(actions, earlier, later);
        if (!issues.known) return;
        const codes = [issues.gained, issues.lost, issues.kept, issues.unclear].flat().map(({ code }) => code);
        expect(new Set(codes).size).toBe(codes.length);
      }),
    ));

  it('the answer is JSON, with nothing undefined in it', () =>
    fc.assert(
      fc.property(inputs, ([actions, earlier, later]) => {
        const comparison = compare(actions, earlier, later);
        expect(JSON.parse(JSON.stringify(comparison))).toStrictEqual(comparison);
      }),
    ));
});
