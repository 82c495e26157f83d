import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { MARK_TABLE, Marks } from './marks.js';

describe('Marks', () => {
  let db: DatabaseSync;
  let marks: Marks;
  beforeEach(() => {
    db = new DatabaseSync(':memory:');
    db.exec(MARK_TABLE);
    marks = new Marks(db);
  });
  afterEach(() => db.close());

  const time = (n: number) => new Date(Date.UTC(2026, 0, 15, 9, 0, n)).toISOString();
  const insert = (first: number, positions: readonly string[]) =>
    marks.insert({ first, positions, times: positions.map((_, n) => time(first + n)), last: `event-${first}` });

  it.each([
    ['numbers', (n: number) => String(n)],
    ['pairs of them', (n: number) => `${9_007_199_254_740_000n + BigInt(n)}/${n}`],
  ])('find each of thousands of positions that are %s, in blocks of any length, with gaps between', (_, positionAt) => {
    const positions = Array.from({ length: 2_600 }, (_, n) => positionAt(3 * n + 7));
    insert(0, positions.slice(0, 1_700));
    for (let n = 1_700; n < 1_710; n++) insert(n, [positions[n]!]);
    insert(1_710, positions.slice(1_710));
    for (const [sequence, position] of positions.entries()) expect(marks.sequenceOf(position)).toBe(sequence);
    for (const none of [0, 8, 5_106, 9_999_999]) expect(marks.sequenceOf(positionAt(none))).toBeUndefined();
    expect(marks.head()).toEqual({ sequence: 2_599, position: positions.at(-1), recordedAt: time(2_599) });
    expect(marks.sequenceAt(time(1_234))).toBe(1_234);
    expect(marks.lastId()).toBe('event-1710');
  });

  it('take from another file what they left empty', () => {
    db.exec(`ATTACH ':memory:' AS other; ${MARK_TABLE.replace('mark (', 'other.mark (')}`);
    marks.insert({ first: 0, positions: ['1', '2', '3'], times: ['', time(5), ''], last: '' });
    db.prepare('INSERT INTO other.mark VALUES (0, ?, ?, ?)').run('1 2 3', `${time(3)}  ${time(4)}`, 'event-2');
    marks.gather();
    marks.order();
    expect([0, 1, 2].map((sequence) => marks.at(sequence)?.recordedAt)).toEqual([time(3), time(5), time(5)]);
    expect(marks.lastId()).toBe('event-2');
  });
});
