import { beforeEach, describe, expect, it } from '@jest/globals';
import { PAGE_SIZE } from '../event-store.js';
import { comparePositions } from '../positions.js';
import { collect, idsOf, some, type Stage } from './stage.contract.js';

export function readingContract(on: Stage): void {
  describe('reading a stream', () => {
    beforeEach(async () => {
      await on.store.append(on.stream, 'no-stream', some(10));
    });

    it('goes forwards from the first event', async () => {
      expect(await on.revisions()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('goes backwards from the last event', async () => {
      expect(await on.revisions({ direction: 'backwards' })).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    });

    it('includes the revision that it starts from, in both directions', async () => {
      expect(await on.revisions({ from: 7 })).toEqual([7, 8, 9]);
      expect(await on.revisions({ from: 2, direction: 'backwards' })).toEqual([2, 1, 0]);
    });

    it('stops at the limit, in both directions', async () => {
      expect(await on.revisions({ limit: 2 })).toEqual([0, 1]);
      expect(await on.revisions({ from: 8, limit: 5 })).toEqual([8, 9]);
      expect(await on.revisions({ direction: 'backwards', limit: 1 })).toEqual([9]);
      expect(await on.revisions({ from: 5, direction: 'backwards', limit: 3 })).toEqual([5, 4, 3]);
    });

    it('is empty beyond the end', async () => {
      expect(await on.revisions({ from: 10 })).toEqual([]);
      expect(await on.revisions({ from: 1_000_000, limit: 1 })).toEqual([]);
    });

    it('begins with the last event when it goes backwards from beyond the end', async () => {
      expect(await on.revisions({ from: 1_000, direction: 'backwards', limit: 2 })).toEqual([9, 8]);
    });

    it('does not find a stream that was never written to', async () => {
      for (const name of [`${on.category}-2`, on.category, '', 'Not a name']) {
        await expect(on.read(name)).rejects.toMatchObject({ code: 'stream-not-found', stream: name });
      }
    });

    it('is empty for who asks for a stream if there is any, and otherwise as for others', async () => {
      for (const name of [`${on.category}-2`, '', 'Not a name'])
        expect(await collect(on.store.readIfAny(name))).toEqual([]);
      expect(await collect(on.store.readIfAny(on.stream))).toEqual(await on.read());
      const last = await collect(on.store.readIfAny(on.stream, { direction: 'backwards', limit: 1 }));
      expect(last.map(({ revision }) => revision)).toEqual([9]);
      await expect(collect(on.store.readIfAny(`${on.category}-2`, { limit: 0 }))).rejects.toMatchObject({
        code: 'bad-read',
      });
    });

    it.each([{ limit: 0 }, { limit: -1 }, { limit: 1.5 }, { from: -1 }, { from: 0.5 }, { direction: 'up' }])(
      'refuses %j',
      async (options) => {
        await expect(on.read(on.stream, options)).rejects.toMatchObject({ code: 'bad-read' });
      },
    );

    it('may be left early', async () => {
      for await (const event of on.store.read(on.stream)) if (event.revision === 3) break;
      expect(await on.store.append(on.stream, 9, some(1))).toMatchObject({ revision: 10 });
    });

    it('reads its own writes at once, and what others write at the same time as a whole or not', async () => {
      for (let last = 9; last < 109; last += 2) {
        const appended = on.store.append(on.stream, last, some(2));
        expect((await on.read()).length % 2).toBe(0);
        await appended;
        expect(await on.revisions({ from: last + 1 })).toEqual([last + 1, last + 2]);
      }
    });

    it('goes through more than a page, in both directions', async () => {
      const count = 2 * PAGE_SIZE + 1;
      await on.store.append(`${on.category}-2`, 'no-stream', some(count));
      const all = Array.from({ length: count }, (_, i) => i);
      const paged = async (options: object) =>
        (await on.read(`${on.category}-2`, options)).map(({ revision }) => revision);
      expect(await paged({})).toEqual(all);
      expect(await paged({ direction: 'backwards' })).toEqual(all.toReversed());
      expect(await paged({ from: 1, limit: PAGE_SIZE + 1 })).toEqual(all.slice(1, PAGE_SIZE + 2));
    });
  });

  describe('reading the log', () => {
    const categories = () => [on.category];

    it('has the order in which the appends were acknowledged', async () => {
      const order: string[] = [];
      for (let i = 0; i < 30; i++) {
        const events = some(1 + (i % 3));
        const of = `${on.category}-${i % 7}`;
        const last = (await on.read(of).catch(() => [])).at(-1)?.revision;
        await on.store.append(of, last ?? 'no-stream', events);
        order.push(...idsOf(events));
      }
      const log = await collect(on.store.readAll({ categories: categories() }));
      expect(idsOf(log)).toEqual(order);
      const positions = log.map(({ position }) => position);
      expect(positions).toEqual(positions.toSorted(comparePositions));
      expect(new Set(positions).size).toBe(positions.length);
    });

    it('gives each event as its stream does', async () => {
      await on.store.append(on.stream, 'no-stream', some(5));
      expect(await collect(on.store.readAll({ categories: categories() }))).toEqual(await on.read());
    });

    it('starts after the position that it is given', async () => {
      const first = await on.store.append(on.stream, 'no-stream', some(3));
      await on.store.append(on.stream, 2, some(2));
      const after = await collect(on.store.readAll({ after: first.position }));
      expect(after.filter((event) => event.stream === on.stream).map((event) => event.revision)).toEqual([3, 4]);
      const end = await on.store.append(on.stream, 4, some(1));
      const rest = await collect(on.store.readAll({ after: end.position, categories: categories() }));
      expect(rest).toEqual([]);
    });

    it('goes on from any event without a gap or a repeat', async () => {
      await on.store.append(on.stream, 'no-stream', some(4));
      const all = await collect(on.store.readAll({ categories: categories() }));
      for (const [i, { position }] of all.entries()) {
        const rest = await collect(on.store.readAll({ after: position, categories: categories() }));
        expect(rest).toEqual(all.slice(i + 1));
      }
    });

    it('stops at the limit', async () => {
      await on.store.append(on.stream, 'no-stream', some(5));
      const limited = await collect(on.store.readAll({ limit: 2, categories: categories() }));
      expect(limited.map((event) => event.revision)).toEqual([0, 1]);
    });

    it('has only the categories that are asked for', async () => {
      for (const prefix of [on.category, `${on.category}b`, `x${on.category}`]) {
        await on.store.append(`${prefix}-1`, 'no-stream', some(2));
      }
      const streams = async (...of: string[]) =>
        (await collect(on.store.readAll({ categories: of }))).map((event) => event.stream);
      expect(await streams(on.category)).toEqual([on.stream, on.stream]);
      expect(await streams(`${on.category}b`, on.category)).toEqual([
        on.stream,
        on.stream,
        `${on.category}b-1`,
        `${on.category}b-1`,
      ]);
      expect(await streams(`${on.category}c`)).toEqual([]);
    });

    it('comes in pages, none empty', async () => {
      const count = 2 * PAGE_SIZE + 500;
      await on.store.append(on.stream, 'no-stream', some(count));
      await on.store.append(`${on.category}b-1`, 'no-stream', some(3));
      const pages = await collect(on.store.readPages({ categories: categories() }));
      for (const page of pages) {
        expect(page.length).toBeGreaterThan(0);
        expect(page.length).toBeLessThanOrEqual(PAGE_SIZE);
      }
      expect(pages.flat().map((event) => event.revision)).toEqual(Array.from({ length: count }, (_, i) => i));
    });

    it.each([{ limit: 0 }, { after: '' }, { after: '-1' }, { after: 'x' }, { categories: [] }, { categories: ['A'] }])(
      'refuses %j',
      async (options) => {
        await expect(collect(on.store.readAll(options))).rejects.toMatchObject({ code: 'bad-read' });
      },
    );
  });
}
