import { describe, expect, it } from '@jest/globals';
import { examineClock, examineNode, spaceOf } from './machine.js';

const statuses = (found: readonly { status: string }[]) => found.map(({ status }) => status);

describe('Node', () => {
  it('is fine from 24 on, with an SQLite that is safe', () => {
    expect(statuses(examineNode({ node: '24.0.0', sqlite: '3.51.3' }))).toEqual(['ok', 'ok']);
  });

  it.each([
    ['22.20.0', '3.51.3', ['fault', 'ok']],
    ['24.1.0', '3.50.4', ['ok', 'fault']],
    ['24.1.0', undefined, ['ok', 'fault']],
  ])('%s with SQLite %s is not', (node, sqlite, expected) => {
    expect(statuses(examineNode({ node, sqlite }))).toEqual(expected);
  });
});

describe('disk space', () => {
  it.each([
    [80 * 1024 ** 3, 'ok'],
    [1024 ** 3, 'ok'],
    [1024 ** 3 - 1, 'warning'],
    [64 * 1024 ** 2 - 1, 'fault'],
  ])('of %i bytes is %s', (bytes, status) => expect(spaceOf(bytes, '/data').status).toBe(status));
});

describe('the clock', () => {
  const began = performance.now();
  const at = (time: string) => () => Date.parse(time) + performance.now() - began;
  const now = at('2026-06-01T12:00:00Z');

  it.each<[string, string | undefined, string]>([
    ['before the latest event by seconds', '2026-06-01T12:00:30.000Z', 'warning'],
    ['before the latest event by days', '2026-06-03T12:00:00.000Z', 'fault'],
    ['after the latest event', '2026-06-01T11:00:00.000Z', 'ok'],
    ['without an event', undefined, 'ok'],
  ])('%s', async (_, latest, status) => expect(statuses(await examineClock(latest, now))).toEqual([status]));

  it('that was never set', async () => {
    expect(statuses(await examineClock(undefined, at('1970-01-01T00:00:10Z')))).toEqual(['fault']);
  });

  it('that is stepped while it is looked at', async () => {
    let asked = 0;
    const stepped = () => now() - 5_000 * asked++;
    expect(statuses(await examineClock(undefined, stepped))).toEqual(['warning']);
  });
});
