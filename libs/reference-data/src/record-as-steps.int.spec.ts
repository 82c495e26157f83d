import { describe, expect, it } from '@jest/globals';
import type { Circumstances, Decider, DomainEvent } from '#reporting';
import {
  action,
  actionStream,
  contributionStatusOf,
  cycle,
  organization,
  organizationStream,
  punctualityOf,
  Refusal,
  report,
} from '#reporting';
import type { Edition } from './edition.js';
import { readEdition } from './edition.js';
import { importRecord } from './import-record.js';
import { recordAsSteps } from './record-as-steps.js';
import { seriesOfStream } from './series.js';
import type { CommandName, ImportStep } from './steps/import-step.js';
import { PHASES } from './steps/import-step.js';
import { vocabulary } from './vocabulary.js';

const edition = readEdition();
const steps = recordAsSteps(edition);
const at: Circumstances = { today: '2026-01-01', vocabulary, actor: 'record' };

type StepOf<Name extends CommandName> = Extract<ImportStep, { command: Name }>;
const all = <Name extends CommandName>(command: Name) =>
  steps.filter((step): step is StepOf<Name> => step.command === command);
const only = <Name extends CommandName>(command: Name, id: string) =>
  all(command).find((step) => step.id === id)!.fields as StepOf<Name>['fields'];

/** The rules, with a log in memory: what an application does with a store. */
class MemoryRecord {
  readonly log: { stream: string; event: DomainEvent }[] = [];
  private readonly keys = new Set<string>();

  async send(step: ImportStep) {
    if (this.keys.has(step.key)) return { outcome: 'repeated' as const };
    const events = this.decide(step);
    this.keys.add(step.key);
    this.log.push(...events.map((event) => ({ stream: step.stream, event })));
    return { outcome: 'recorded' as const };
  }

  stateOf<S, C, E extends DomainEvent>(stream: string, decider: Decider<S, C, E>): S {
    const events = this.log.filter((entry) => entry.stream === stream).map(({ event }) => event as E);
    return events.reduce((state, event) => decider.evolve(state, event), decider.initial);
  }

  private decide(step: ImportStep): DomainEvent[] {
    const on = <S, C, E extends DomainEvent>(decider: Decider<S, C, E>, command: object) =>
      decider.decide(command as C, this.stateOf(step.stream, decider), at);
    switch (step.command) {
      case 'RegisterOrganization':
      case 'MarkRelevant':
        return on(organization, this.without(step, ['organization']));
      case 'PlaceUnder': {
        this.knows(step.fields.parent);
        return on(organization, {
          type: step.command,
          ...step.fields,
          ancestors: this.ancestorsOf(step.fields.parent),
        });
      }
      case 'OpenCycle':
        if (step.fields.requester) this.knows(step.fields.requester);
        return on(cycle, this.without(step, ['series', 'year']));
      case 'IssueSynthesis':
        this.knows(step.fields.issuer, ...step.fields.contributors.map((named) => named.organization));
        step.fields.actions.forEach((id) => this.actionOf(id));
        return on(cycle, this.without(step, ['series', 'year']));
      case 'RecordAction': {
        this.knows(step.fields.lead, ...step.fields.partners);
        const { supersededBy } = step.fields;
        const successors = supersededBy ? this.successorsOf(supersededBy) : [];
        return on(action, { type: step.command, ...step.fields, successors });
      }
      case 'LinkAction': {
        const targetTrack = this.actionOf(step.fields.to).track;
        return on(action, { type: step.command, ...step.fields, targetTrack });
      }
      case 'RequestReport':
      case 'AnswerByLetter':
      case 'StartReport':
      case 'DeclineReport':
      case 'RecordNoResponse': {
        const { series, year, organization: by } = step.fields;
        this.knows(by);
        if (this.stateOf(`cycle-${series}-${year}`, cycle).phase !== 'open') throw new Refusal('cycle-unknown');
        // The handlers say so of what the importer sends: the letters of old rounds are elsewhere.
        return on(report, { ...this.without(step, ['series', 'year', 'organization']), isImported: true });
      }
    }
  }

  private without(step: ImportStep, names: readonly string[]) {
    const facts = Object.entries(step.fields).filter(([name]) => !names.includes(name));
    return { type: step.command, ...Object.fromEntries(facts) };
  }

  private knows(...ids: readonly string[]) {
    for (const id of ids) {
      const { registered } = this.stateOf(organizationStream(id), organization);
      if (!registered) throw new Refusal('organization-unknown', { organization: id });
    }
  }

  private actionOf(id: string) {
    const state = this.stateOf(actionStream(id), action);
    if (!state.length) throw new Refusal('action-unknown', { action: id });
    return state;
  }

  private successorsOf(id: string): string[] {
    const next = this.actionOf(id).supersededBy;
    return next ? [next, ...this.successorsOf(next)] : [];
  }

  private ancestorsOf(id: string): string[] {
    return this.stateOf(organizationStream(id), organization).parents.flatMap((one) => [one, ...this.ancestorsOf(one)]);
  }
}

async function imported(): Promise<MemoryRecord> {
  const record = new MemoryRecord();
  await importRecord(steps, (step) => record.send(step));
  return record;
}

describe('the record as commands', () => {
  it('has a command for every row', () => {
    const counts: Partial<Record<CommandName, number>> = {};
    for (const { command } of steps) counts[command] = (counts[command] ?? 0) + 1;
    expect(counts).toEqual({
      RegisterOrganization: 43,
      MarkRelevant: 16,
      PlaceUnder: 15,
      OpenCycle: 23,
      IssueSynthesis: 11,
      RecordAction: 135,
      LinkAction: 54,
      RequestReport: 13,
      AnswerByLetter: 30,
      StartReport: 2,
    });
    const rows = new Set(steps.flatMap(({ id }) => id.split('+')));
    const answers = edition.reports
      .filter(({ stream }) => seriesOfStream(stream).row !== 'synthesis')
      .flatMap(({ id, contributors }) => contributors.map((one) => `${id}/${one.organization}`));
    const expected = [...edition.organizations, ...edition.actions, ...edition.reports].map(({ id }) => id);
    expect([...rows].sort()).toEqual([...expected, ...answers].sort());
  });

  it('has keys that are unique and the same each time', () => {
    const keys = steps.map(({ key }) => key);
    expect(new Set(keys).size).toBe(steps.length);
    expect(recordAsSteps().map(({ key }) => key)).toEqual(keys);
  });

  it('changes the key of what was corrected, and no other', () => {
    const [first, ...others] = edition.actions;
    const corrected: Edition = { ...edition, actions: [{ ...first!, title: 'Another title' }, ...others] };
    const before = new Set(steps.map(({ key }) => key));
    const changed = recordAsSteps(corrected).filter(({ key }) => !before.has(key));
    expect(changed.map(({ id, command }) => [id, command])).toEqual([['ACT-0001', 'RecordAction']]);
  });

  it('is in the order of the phases, and a successor comes in an earlier wave', () => {
    const phases = steps.map(({ phase }) => PHASES.indexOf(phase));
    expect(phases).toEqual([...phases].sort((a, b) => a - b));
    const waves = new Map(all('RecordAction').map(({ id, wave }) => [id, wave]));
    for (const { id, fields } of all('RecordAction')) {
      if (fields.supersededBy) expect(waves.get(fields.supersededBy)).toBeLessThan(waves.get(id)!);
    }
    expect(['ACT-0017', 'ACT-0007', 'ACT-0006'].map((id) => waves.get(id))).toEqual([0, 1, 2]);
  });

  it('holds nothing that is null, undefined or empty', () => {
    const check = (value: unknown): void => {
      expect(value).not.toBeNull();
      expect(value).not.toBeUndefined();
      expect(value).not.toBe('');
      if (typeof value === 'object') Object.values(value as object).forEach(check);
    };
    for (const { fields } of steps) check(fields);
  });

  it('keeps every source with its address and symbol', () => {
    const said = JSON.stringify(steps.map(({ fields }) => fields));
    for (const row of [...edition.organizations, ...edition.actions, ...edition.reports]) {
      for (const source of row.sources) expect(said).toContain(JSON.stringify(source));
    }
  });

  it('keeps every text of a report row', () => {
    const said = JSON.stringify(steps.map(({ fields }) => fields));
    for (const { title, description, note, symbol, actions, contributors } of edition.reports) {
      const notes = contributors.map((one) => one.note);
      for (const text of [title, description, note, symbol, ...actions, ...notes]) {
        if (text) expect(said).toContain(JSON.stringify(text).slice(1, -1));
      }
    }
  });

  it('keeps dates as precise as they are, and recalled ones recalled', () => {
    expect(only('RegisterOrganization', 'icann').profile.founded).toEqual({ date: '1998', confidence: 'recalled' });
    expect(only('RecordAction', 'ACT-0001').startedOn).toEqual({ date: '2006-12', confidence: 'found' });
    for (const { id, start, end, confidence } of edition.actions) {
      const fields = only('RecordAction', id);
      expect([fields.startedOn, fields.endedOn, fields.confidence]).toEqual([start, end, confidence]);
    }
    for (const row of edition.reports) {
      for (const { organization: by, confidence } of row.contributors) {
        const answer = all('AnswerByLetter').find(({ id }) => id === `${row.id}/${by}`);
        if (!answer) continue;
        expect(answer.fields.confidence).toBe(confidence);
        expect(answer.fields.sources.every((source) => source.confidence === confidence)).toBe(true);
      }
    }
    const placed = all('PlaceUnder').filter(({ fields }) => fields.parent === 'ungis');
    expect(placed.flatMap(({ fields }) => fields.sources.map((source) => source.confidence))).toEqual(
      Array(9).fill('recalled'),
    );
  });
});

describe('the rounds', () => {
  it('are asked for by whom the record names', () => {
    const requesters = Object.fromEntries(all('OpenCycle').map(({ stream, fields }) => [stream, fields.requester]));
    expect(requesters).toMatchObject({
      'cycle-ec-consultation-2006': 'un-sg',
      'cycle-ec-performance-2008': 'un-desa',
      'cycle-wsis-annual-2013': 'unctad-cstd',
      'cycle-wgec-input-2016': 'unctad-cstd',
    });
    expect(requesters['cycle-sg-report-2009']).toBeUndefined();
    expect(requesters['cycle-own-governance-2007']).toBeUndefined();
  });

  it('are due only where the record states it', () => {
    const due = all('OpenCycle').flatMap(({ stream, fields }) => (fields.dueOn ? [[stream, fields.dueOn]] : []));
    expect(due).toEqual([
      ['cycle-ec-recommendations-2009', '2009-01-31'],
      ['cycle-ec-consultation-2010', '2010-12-31'],
    ]);
  });

  it('are one cycle where several rows speak of one', () => {
    const together = all('OpenCycle').find(({ stream }) => stream === 'cycle-wsis-annual-2013')!;
    expect(together.id).toBe('REP-2013-01+REP-2013-02+REP-2013-03');
    expect(together.fields).toMatchObject({
      title: 'Annual WSIS follow-up submission, 2013',
      opensOn: '2012-10-31',
      period: { from: '2012', to: '2012' },
    });
  });

  it('are not cited as an action of those who answered', () => {
    const cites = Object.fromEntries(all('AnswerByLetter').map(({ id, fields }) => [id, fields.cites]));
    expect(cites).toMatchObject({ 'REP-2008-01/isoc': [], 'REP-2010-02/nro': ['ACT-0051'] });
    expect(all('OpenCycle').find(({ id }) => id === 'REP-2008-01')!.fields.note).toContain(
      'The round itself is on record as ACT-0120.',
    );
  });
});

describe('the record under the rules', () => {
  it('is accepted without a refusal, and adds nothing a second time', async () => {
    const record = new MemoryRecord();
    const first = await importRecord(steps, (step) => record.send(step));
    expect(first).toMatchObject({ recorded: steps.length, refused: [] });
    const events = record.log.length;
    const second = await importRecord(steps, (step) => record.send(step));
    expect(second).toMatchObject({ recorded: 0, repeated: steps.length, refused: [] });
    expect(record.log).toHaveLength(events);
  });

  it('gives every contribution the status that its row gives it', async () => {
    const record = await imported();
    for (const { stream, cycleYear, contributors } of edition.reports) {
      const { slug, row } = seriesOfStream(stream);
      if (row === 'synthesis') continue;
      for (const { organization: by, status } of contributors) {
        expect([by, contributionStatusOf(record.stateOf(`report-${slug}-${cycleYear}-${by}`, report))]).toEqual([
          by,
          status,
        ]);
      }
    }
  });

  it('calls nobody late but who was asked by a day and is not known to have answered', async () => {
    const record = await imported();
    const standings = all('AnswerByLetter')
      .concat(all('StartReport') as never)
      .map(({ id, stream }) => [id, punctualityOf(record.stateOf(stream, report), at.today)])
      .filter(([, punctuality]) => punctuality !== 'not-applicable');
    expect(standings).toEqual([['REP-2009-01/isoc', 'overdue']]);
  });

  it('tells of a row that breaks a rule, and records the others', async () => {
    const broken = edition.actions.map((row) => (row.id === 'ACT-0001' ? { ...row, kind: 'WISH' } : row));
    const record = new MemoryRecord();
    const wrong = recordAsSteps({ ...edition, actions: broken });
    const { recorded, refused } = await importRecord(wrong, (step) => record.send(step));
    expect(recorded).toBe(steps.length - 1);
    expect(refused).toEqual([
      {
        file: 'actions.json',
        id: 'ACT-0001',
        command: 'RecordAction',
        code: 'code-unknown',
        reason: 'code-unknown, list "actionKinds", code "WISH", vocabulary "2025-12-31/1"',
      },
    ]);
  });
});
