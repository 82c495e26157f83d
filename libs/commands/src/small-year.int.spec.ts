import { describe, expect, it } from '@jest/globals';
import { CommandsInFolder } from '../../../test/support/commands-in-folder.js';
import { actions, openCycle, organizations, profile, sources, year } from '../../../test/support/deeds-of-a-year.js';
import { COMMANDS } from './commands.js';
import type { Recorded } from './recorder.js';

const on = CommandsInFolder.forEachTest();

describe('A small year', () => {
  it('holds everything that can be done', () => {
    expect([...new Set(year.map(([name]) => name))].sort()).toEqual(Object.keys(COMMANDS).sort());
  });

  it('is recorded as it happened', async () => {
    await on.performAll(year);
    expect(await on.typesIn('report-ec-performance-2025-example-registry')).toEqual([
      'ReportRequested',
      'ReportAcknowledged',
      'ReportDeadlineExtended',
      'ReportStarted',
      'SectionAnswered',
      'SectionAnswered',
      'SectionDelegated',
      'FigureReported',
      'ActionCited',
      'ActionUncited',
      'ActionCited',
      'DocumentAttached',
      'ReportSubmitted',
      'ClarificationRequested',
      'ClarificationAnswered',
      'ClarificationFollowedUp',
      'ClarificationDueDateMoved',
      'ClarificationClosed',
      'ClarificationReopened',
      'ClarificationRequested',
      'ClarificationWidened',
      'ReportNoted',
      'PublicationProposed',
      'ReportPublished',
      'AmendmentOpened',
      'SectionAnswered',
      'ReportResubmitted',
      'PartWithheld',
      'WithdrawalProposed',
    ]);
    let events = 0;
    for await (const page of on.store.readPages()) events += page.length;
    // The next year's report began with a section of this one's.
    expect(events).toBe(year.length + 1);
  });

  it('is recorded once when every command of it is given twice, the second time when all is over', async () => {
    const id = (n: number) => `018f4a52-6b1e-7cc4-9d0f-${String(n).padStart(12, '0')}`;
    const first: Recorded[] = [];
    for (const [n, [name, sent, actor]] of year.entries()) first.push(await on.perform(name, sent, actor, id(n)));
    for (const [n, [name, sent, actor]] of year.entries()) {
      expect(await on.perform(name, sent, actor, id(n))).toEqual(first[n]);
    }
  });

  it('records what was said, and nothing that was only looked up', async () => {
    await on.performAll([...organizations, ...actions, openCycle]);
    expect(await on.lastIn('organization-example-council')).toEqual({ name: 'The example-council', profile, sources });
    expect(await on.lastIn('organization-example-names')).toEqual({
      successor: 'example-registry',
      on: '2024',
      sources,
    });
    expect(await on.lastIn('action-act-3')).toEqual({ by: 'ACT-1', on: '2025' });
    expect(await on.lastIn('action-act-2')).toMatchObject({ from: 'ONGOING', to: 'COMPLETED' });
  });
});
