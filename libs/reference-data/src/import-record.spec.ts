import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#reporting';
import type { ImportProgress } from './import-record.js';
import { importRecord, StepRefused } from './import-record.js';
import type { ImportStep } from './steps/import-step.js';
import { step } from './steps/import-step.js';

const link = (id: string, to: string): ImportStep =>
  step({ file: 'actions', version: '2025-12-31/1', id }, ['links', 0], 'LinkAction', {
    action: id,
    to,
    kind: 'RELATED',
  });
const decline = (organization: string): ImportStep =>
  step(
    { file: 'reports', version: '2025-12-31/1', id: `REP-2030-01/${organization}` },
    ['reports', 0],
    'DeclineReport',
    {
      series: 'ec-performance',
      year: 2030,
      organization,
      on: '2030' as never,
      reason: 'An example',
    },
  );
const recorded = () => Promise.resolve({ outcome: 'recorded' as const });
const later = () => new Promise((resolve) => setImmediate(resolve));

describe('an import', () => {
  it('sends every step and counts what is new and what was there', async () => {
    const steps = [link('ACT-1', 'ACT-2'), link('ACT-2', 'ACT-1'), decline('example-registry')];
    const send = (step: ImportStep) =>
      Promise.resolve({ outcome: step.phase === 'links' ? ('recorded' as const) : ('repeated' as const) });
    expect(await importRecord(steps, send)).toEqual({
      total: 3,
      done: 3,
      recorded: 2,
      repeated: 1,
      refused: [],
      dryRun: false,
      stopped: false,
    });
  });

  it('tells of a refused step and goes on with the others', async () => {
    const send = async (step: ImportStep) => {
      if (step.id === 'ACT-1') throw new Refusal('link-exists', { to: 'ACT-2' });
      if (step.id === 'ACT-2') throw new StepRefused('field-invalid', 'to must be an action id', 'to');
      return recorded();
    };
    const steps = [link('ACT-1', 'ACT-2'), link('ACT-2', '?'), link('ACT-3', 'ACT-1')];
    const { recorded: count, refused } = await importRecord(steps, send);
    expect(count).toBe(1);
    const origin = { file: 'actions.json', command: 'LinkAction' };
    expect(refused).toEqual([
      { ...origin, id: 'ACT-1', code: 'link-exists', reason: 'link-exists, to "ACT-2"' },
      { ...origin, id: 'ACT-2', code: 'field-invalid', reason: 'to must be an action id', field: 'to' },
    ]);
  });

  it('ends with the error of an outage, once what is under way is finished', async () => {
    const finished: string[] = [];
    const send = async (step: ImportStep) => {
      if (step.id === 'ACT-1') throw new Error('the store is gone');
      await later();
      finished.push(step.id);
      return recorded();
    };
    const steps = [link('ACT-1', 'ACT-2'), link('ACT-2', 'ACT-1'), link('ACT-2', 'ACT-3'), decline('example-registry')];
    await expect(importRecord(steps, send)).rejects.toThrow('the store is gone');
    expect(finished).toEqual(['ACT-2']);
  });

  it('keeps the order of a stream, and runs no more streams at once than it may', async () => {
    const steps = ['ACT-1', 'ACT-2', 'ACT-3'].flatMap((id) => ['ACT-4', 'ACT-5', 'ACT-6'].map((to) => link(id, to)));
    const busy = new Set<string>();
    const order: Record<string, string[]> = {};
    let most = 0;
    const send = async (step: ImportStep) => {
      expect(busy).not.toContain(step.stream);
      busy.add(step.stream);
      most = Math.max(most, busy.size);
      if (step.command === 'LinkAction') (order[step.stream] ??= []).push(step.fields.to);
      await later();
      busy.delete(step.stream);
      return recorded();
    };
    await importRecord(steps, send, { concurrency: 2 });
    expect(most).toBe(2);
    expect(Object.values(order)).toEqual(Array(3).fill(['ACT-4', 'ACT-5', 'ACT-6']));
  });

  it('begins no phase before the one it rests on is done', async () => {
    const done: string[] = [];
    const send = async (step: ImportStep) => {
      if (step.phase === 'links') await later();
      done.push(step.phase);
      return recorded();
    };
    await importRecord([link('ACT-1', 'ACT-2'), link('ACT-2', 'ACT-1'), decline('example-registry')], send);
    expect(done).toEqual(['links', 'links', 'reports']);
  });

  it('stops between two steps when it is told to', async () => {
    const stop = new AbortController();
    const send = (step: ImportStep) => {
      if (step.id === 'ACT-1') stop.abort();
      return recorded();
    };
    const steps = [link('ACT-1', 'ACT-2'), link('ACT-1', 'ACT-3'), decline('example-registry')];
    const summary = await importRecord(steps, send, { signal: stop.signal });
    expect(summary).toMatchObject({ total: 3, done: 1, recorded: 1, stopped: true });
  });

  it('only checks in a dry run', async () => {
    const send = () => Promise.reject(new Error('nothing is sent in a dry run'));
    const dryRun = async (step: ImportStep) => {
      if (step.id === 'ACT-2') throw new StepRefused('field-invalid', 'to must be an action id', 'to');
    };
    const steps = [link('ACT-1', 'ACT-2'), link('ACT-2', '?')];
    const summary = await importRecord(steps, send, { dryRun });
    expect(summary).toMatchObject({ done: 2, recorded: 0, dryRun: true, refused: [{ id: 'ACT-2' }] });
  });

  it('reports its progress', async () => {
    const seen: ImportProgress[] = [];
    const steps = [link('ACT-1', 'ACT-2'), decline('example-registry')];
    await importRecord(steps, recorded, { onProgress: (progress) => seen.push(progress) });
    const none = { repeated: 0, refused: 0 };
    expect(seen).toEqual([
      { total: 2, done: 1, recorded: 1, ...none, file: 'actions.json' },
      { total: 2, done: 2, recorded: 2, ...none, file: 'reports.json' },
    ]);
  });
});

describe('the key of a step', () => {
  it('is the same for the same content in any order, in every edition', () => {
    const origin = { file: 'actions', version: '2025-12-31/1', id: 'ACT-1' } as const;
    const one = step(origin, ['links', 0], 'LinkAction', { action: 'ACT-1', to: 'ACT-2', kind: 'RELATED' });
    const other = step({ ...origin, version: '2030-12-31/1' }, ['links', 0], 'LinkAction', {
      kind: 'RELATED',
      to: 'ACT-2',
      action: 'ACT-1',
    });
    expect(other.key).toBe(one.key);
    expect(other.recordedFor).not.toBe(one.recordedFor);
  });

  it('is another one for other content', () => {
    expect(link('ACT-1', 'ACT-2').key).not.toBe(link('ACT-1', 'ACT-3').key);
  });
});
