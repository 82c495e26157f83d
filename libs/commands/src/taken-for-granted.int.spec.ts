import { beforeEach, describe, expect, it } from '@jest/globals';
import { CommandsInFolder } from '../../../test/support/commands-in-folder.js';
import {
  actions,
  afterwards,
  letter,
  of,
  openCycle,
  recordAction,
  registrations,
  registry,
  reminder,
  request,
  review,
  round,
  sources,
} from '../../../test/support/deeds-of-a-year.js';
import { type CommandName, COMMANDS } from './commands.js';
import { faultsOf } from './faults.js';

const on = CommandsInFolder.forEachTest();

describe('A form that nobody names', () => {
  beforeEach(() => on.performAll(registrations));

  it("is today's for a round", async () => {
    await on.performAll([openCycle]);
    expect(await on.lastIn('cycle-ec-performance-2025')).toMatchObject({ form: 'sample-form/1' });
  });

  it("is the round's for a request, and no deadline is taken from it", async () => {
    const { deadline: _, ...withoutDeadline } = request('example-union')[1];
    await on.performAll([
      [openCycle[0], { ...openCycle[1], form: 'sample-form/2' }],
      ['RequestReport', withoutDeadline],
    ]);
    const requested = await on.lastIn('report-ec-performance-2025-example-union');
    expect(requested).toMatchObject({ form: 'sample-form/2' });
    expect(requested).not.toHaveProperty('deadline');
  });
});

describe('What a command takes for granted', () => {
  const nobody = 'example-nobody';

  beforeEach(() => on.performAll([...registrations, ...actions, openCycle]));

  const unknown: readonly (readonly [string, CommandName, object])[] = [
    ['organization-unknown', 'PlaceUnder', { organization: 'example-union', parent: nobody, sources }],
    ['organization-unknown', 'MergeInto', { organization: 'example-union', successor: nobody, on: '2024', sources }],
    ['organization-unknown', ...recordAction('ACT-9', { lead: nobody })],
    ['organization-unknown', ...recordAction('ACT-9', { partners: [nobody] })],
    ['organization-unknown', 'ReviseAction', { action: 'ACT-1', changes: { partners: [nobody] }, reason: 'So' }],
    ['organization-unknown', 'OpenCycle', { ...openCycle[1], year: 2026, requester: nobody }],
    ['organization-unknown', ...request(nobody)],
    ['organization-unknown', 'RequestReport', { ...request('example-union')[1], requester: nobody }],
    ['organization-unknown', 'StartReport', of(nobody)],
    ['organization-unknown', 'AnswerByLetter', { ...of(nobody), ...letter }],
    ['organization-unknown', 'IssueSynthesis', { ...afterwards.at(-1)![1], issuer: nobody }],
    ['report-not-requested', 'RecordReminder', { ...of('example-union'), ...reminder }],
    ['cycle-unknown', 'RequestReport', { ...request('example-union')[1], year: 2024 }],
    ['cycle-unknown', 'StartReport', { ...of('example-union'), year: 2024 }],
    ['cycle-unknown', 'AnswerByLetter', { ...of('example-union'), ...letter, series: 'wsis-annual' }],
    ['action-unknown', 'AnswerByLetter', { ...of('example-union'), ...letter, cites: ['ACT-1', 'ACT-9'] }],
    ['action-unknown', 'CiteAction', { ...registry, action: 'ACT-9', claims: [] }],
    ['action-unknown', 'LinkAction', { action: 'ACT-1', to: 'ACT-9', kind: 'RELATED' }],
    ['action-unknown', 'SupersedeAction', { action: 'ACT-1', by: 'ACT-9' }],
    ['action-unknown', ...recordAction('ACT-9', { status: 'SUPERSEDED', supersededBy: 'ACT-8' })],
    ['action-unknown', 'IssueSynthesis', { ...afterwards.at(-1)![1], actions: ['ACT-9'] }],
    ['action-recorded-in-error', 'CiteAction', { ...registry, action: 'ACT-5', claims: [] }],
    ['report-unknown', 'AssignReviewer', { ...review, from: '2025' }],
    ['link-needs-the-forum-track', 'LinkAction', { action: 'ACT-1', to: 'ACT-4', kind: 'FEEDS_INTO' }],
  ];

  it.each(unknown)('or %s: %s', async (code, name, sent) => {
    await expect(on.perform(name, sent)).rejects.toMatchObject({ name: 'Refusal', code });
  });

  it('is that what words are carried over from came earlier', async () => {
    const union = of('example-union');
    const disorder = { name: 'Refusal', code: 'dates-out-of-order' };
    await expect(on.perform('StartReport', { ...union, prefilledFrom: 2025 })).rejects.toMatchObject(disorder);
    await on.perform('StartReport', union);
    const carried = { ...union, section: 'S01', lang: 'en', text: 'As before.', origin: 'carried-over' };
    for (const basedOn of [{ year: 2026 }, { year: 2025 }, { year: 2023, firstSaidIn: 2024 }]) {
      const answer = { ...carried, basedOn: { section: 'S01', ...basedOn } };
      await expect(on.perform('AnswerSection', answer)).rejects.toMatchObject(disorder);
    }
  });

  it('is that a round is open where somebody is asked or begins to write, and not where a letter comes late', async () => {
    await on.perform('CloseCycle', { ...round, on: '2025-12-31' });
    await expect(on.perform(...request('example-union'))).rejects.toMatchObject({ code: 'cycle-closed' });
    await expect(on.perform('StartReport', of('example-union'))).rejects.toMatchObject({ code: 'cycle-closed' });
    await expect(on.perform('AnswerByLetter', { ...of('example-union'), ...letter })).resolves.toMatchObject({
      revision: 0,
    });
  });
});

describe('What a report cites', () => {
  beforeEach(() => on.performAll([...registrations, openCycle]));

  const cite = (organization: string) => on.perform('CiteAction', { ...of(organization), action: 'ACT-1', claims: [] });

  it('was led or taken part in by the organization', async () => {
    await on.performAll([recordAction('ACT-1')]);
    for (const organization of ['example-registry', 'example-union', 'example-council'])
      await on.perform('StartReport', of(organization));
    await cite('example-registry');
    await cite('example-union');
    await expect(cite('example-council')).rejects.toMatchObject({ name: 'Refusal', code: 'action-of-others' });
    const partners = ['example-union', 'example-council'];
    await on.perform('ReviseAction', { action: 'ACT-1', changes: { partners }, reason: 'It took part' });
    await cite('example-council');
  });

  it('nor does a letter name what others did as its own (rule 3)', async () => {
    await on.performAll([recordAction('ACT-1'), recordAction('ACT-2')]);
    const answered = (organization: string, cites: readonly string[]) =>
      on.perform('AnswerByLetter', { ...of(organization), ...letter, cites });
    await expect(answered('example-council', ['ACT-1'])).rejects.toMatchObject({
      code: 'action-of-others',
      facts: { actions: ['ACT-1'] },
    });
    await answered('example-union', ['ACT-1', 'ACT-2']);
  });

  it('or by one that was merged with it, whichever way', async () => {
    await on.performAll([recordAction('ACT-1', { lead: 'example-names', partners: ['example-archive'] })]);
    await on.perform('StartReport', of('example-council'));
    await on.perform('StartReport', of('example-union'));
    await expect(cite('example-council')).rejects.toMatchObject({ code: 'action-of-others' });
    const into = (successor: string) => ({ successor, on: '2024', sources });
    await on.perform('MergeInto', { organization: 'example-names', ...into('example-council') });
    await cite('example-council');
    await on.perform('MergeInto', { organization: 'example-union', ...into('example-archive') });
    await cite('example-union');
  });
});

describe('A request', () => {
  it('of an organization that was merged since is recorded late, as it was sent before; a later one is not', async () => {
    await on.performAll([...registrations, openCycle]);
    await on.perform('MergeInto', {
      organization: 'example-union',
      successor: 'example-council',
      on: '2025-04-10',
      sources,
    });
    const sent = (day: string) => on.perform('RequestReport', { ...request('example-union')[1], on: day });
    for (const day of ['2025-04-10', '2025-05-02', '2025'])
      await expect(sent(day)).rejects.toMatchObject({
        code: 'organization-merged',
        facts: { into: 'example-council', on: '2025-04-10' },
      });
    await expect(sent('2025-04-09')).resolves.toMatchObject({ revision: 0 });
  });
});

describe('A judgement', () => {
  it('is of whoever gave the command, and cannot be sent as somebody else’s', async () => {
    await on.performAll(registrations);
    await on.perform(...recordAction('ACT-1', { vision: { code: 'CREATION' } }), 'person-3');
    const judged = { scope: { test: 'POLICY', by: 'person-3' }, vision: { code: 'CREATION', by: 'person-3' } };
    expect(await on.lastIn('action-act-1')).toMatchObject(judged);
    const by = 'The secretariat';
    for (const [field, judgement] of [
      ['scope.by', { scope: { test: 'POLICY', by } }],
      ['vision.by', { vision: { code: 'CREATION', by } }],
    ] as const) {
      const recording = faultsOf(COMMANDS.RecordAction, recordAction('ACT-2', judgement)[1]);
      expect(recording).toEqual([{ field, message: 'property by should not exist' }]);
      const revising = faultsOf(COMMANDS.ReviseAction, { action: 'ACT-1', changes: judgement, reason: 'So' });
      expect(revising).toEqual([{ field: `changes.${field}`, message: 'property by should not exist' }]);
    }
  });
});

describe('A circle', () => {
  beforeEach(() => on.performAll(registrations));

  it('of actions that supersede each other is refused', async () => {
    const ids = ['ACT-1', 'ACT-2', 'ACT-3'];
    await on.performAll(ids.map((id) => recordAction(id)));
    await on.perform('SupersedeAction', { action: 'ACT-1', by: 'ACT-2' });
    await on.perform('SupersedeAction', { action: 'ACT-2', by: 'ACT-3' });
    for (const by of ['ACT-1', 'ACT-2']) {
      const refused = on.perform('SupersedeAction', { action: 'ACT-3', by });
      await expect(refused).rejects.toMatchObject({ code: 'superseded-in-circle' });
    }
    const itself = on.perform('SupersedeAction', { action: 'ACT-3', by: 'ACT-3' });
    await expect(itself).rejects.toMatchObject({ code: 'superseded-by-itself' });
  });

  it('of organizations that belong to each other is refused', async () => {
    await on.perform('PlaceUnder', { organization: 'example-registry', parent: 'example-union', sources });
    await on.perform('PlaceUnder', { organization: 'example-registry', parent: 'example-names', sources });
    await on.perform('PlaceUnder', { organization: 'example-names', parent: 'example-council', sources });
    const circle = on.perform('PlaceUnder', { organization: 'example-council', parent: 'example-registry', sources });
    await expect(circle).rejects.toMatchObject({ code: 'organization-placed-in-circle' });
    const itself = on.perform('PlaceUnder', { organization: 'example-council', parent: 'example-council', sources });
    await expect(itself).rejects.toMatchObject({ code: 'organization-refers-to-itself' });
  });

  it('of organizations that merged into each other is refused', async () => {
    await on.perform('MergeInto', { organization: 'example-names', successor: 'example-union', on: '2024', sources });
    const circle = on.perform('MergeInto', {
      organization: 'example-union',
      successor: 'example-names',
      on: '2024',
      sources,
    });
    await expect(circle).rejects.toMatchObject({ code: 'organization-placed-in-circle' });
  });
});
