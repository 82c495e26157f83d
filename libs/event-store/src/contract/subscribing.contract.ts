import { describe, expect, it } from '@jest/globals';
import type { Expected, RecordedEvent } from '../event-store.js';
import { collect, isCaughtUp, some, type Stage, until } from './stage.contract.js';

export function subscribingContract(on: Stage): void {
  describe('subscribing', () => {
    const follow = (options: { after?: string; signal?: AbortSignal } = {}) => {
      const stop = new AbortController();
      const seen: RecordedEvent[] = [];
      const steps: ('caught up' | number)[] = [];
      const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
      const ended = (async () => {
        for await (const step of on.store.subscribe({ ...options, categories: [on.category], signal })) {
          if ('caughtUp' in step) steps.push('caught up');
          else {
            seen.push(step);
            steps.push(step.revision);
          }
        }
      })();
      return { seen, steps, ended, stop: () => (stop.abort(), ended) };
    };
    const expected = (count: number) => Array.from({ length: count }, (_, i) => i);

    it('gives what is in the log, says that this was all, then gives what comes', async () => {
      await on.store.append(on.stream, 'no-stream', some(3));
      const { steps, stop } = follow();
      await until(() => steps.length === 4);
      await on.store.append(on.stream, 2, some(2));
      await until(() => steps.length === 7);
      await stop();
      expect(steps).toEqual([0, 1, 2, 'caught up', 3, 4, 'caught up']);
    });

    it('says so at once when there is nothing', async () => {
      const { steps, stop } = follow();
      await until(() => steps.length === 1);
      await stop();
      expect(steps).toEqual(['caught up']);
    });

    it('starts after the position that it is given', async () => {
      const { position } = await on.store.append(on.stream, 'no-stream', some(3));
      await on.store.append(on.stream, 2, some(2));
      const { steps, stop } = follow({ after: position });
      await until(() => steps.length === 3);
      await stop();
      expect(steps).toEqual([3, 4, 'caught up']);
    });

    it('keeps quiet about other categories', async () => {
      const { steps, stop } = follow();
      await until(() => steps.length === 1);
      for (let i = 0; i < 20; i++) await on.store.append(`${on.category}b-${i}`, 'no-stream', some(1));
      await on.store.append(on.stream, 'no-stream', some(1));
      await until(() => steps.length === 3);
      await stop();
      expect(steps).toEqual(['caught up', 0, 'caught up']);
    });

    it('gives two subscribers the same, each from where it began', async () => {
      await on.store.append(on.stream, 'no-stream', some(2));
      const early = follow();
      await until(() => early.seen.length === 2);
      await on.store.append(on.stream, 1, some(2));
      const late = follow();
      await on.store.append(on.stream, 3, some(2));
      await until(() => early.seen.length === 6 && late.seen.length === 6);
      await Promise.all([early.stop(), late.stop()]);
      expect(late.seen).toEqual(early.seen);
      expect(early.seen.map((event) => event.revision)).toEqual(expected(6));
    });

    it('loses, repeats and reorders nothing while others append', async () => {
      const total = 3_000;
      const writers = 10;
      const followers: ReturnType<typeof follow>[] = [];
      await Promise.all(
        Array.from({ length: writers }, async (_, writer) => {
          const of = `${on.category}-${writer}`;
          for (let last: Expected = 'no-stream', i = 0; i < total / writers; i++) {
            ({ revision: last } = await on.store.append(of, last, some(1)));
            if (i % 60 === 0 && writer === 0) followers.push(follow());
          }
        }),
      );
      await until(() => followers.every(({ seen }) => seen.length >= total), 90_000);
      await Promise.all(followers.map(({ stop }) => stop()));
      const log = await collect(on.store.readAll({ categories: [on.category] }));
      expect(log).toHaveLength(total);
      for (const { seen } of followers) expect(seen).toEqual(log);
    }, 240_000);

    it('lets a slow subscriber hold up nobody but itself', async () => {
      let release = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      const stop = new AbortController();
      const seen: RecordedEvent[] = [];
      const slow = (async () => {
        for await (const step of on.store.subscribePages({ categories: [on.category], signal: stop.signal })) {
          if (isCaughtUp(step)) continue;
          await held;
          seen.push(...step);
        }
      })();
      const quick = follow();
      for (let i = 0, last: Expected = 'no-stream'; i < 200; i++) {
        ({ revision: last } = await on.store.append(on.stream, last, some(10)));
      }
      await until(() => quick.seen.length === 2_000, 90_000);
      expect(seen).toHaveLength(0);
      release();
      await until(() => seen.length === 2_000, 90_000);
      stop.abort();
      await Promise.all([slow, quick.stop()]);
      expect(seen).toEqual(quick.seen);
    }, 240_000);

    it('ends without an error when it is aborted: while it waits, while it reads, before it began', async () => {
      await on.store.append(on.stream, 'no-stream', some(5));
      const waiting = follow();
      await until(() => waiting.steps.includes('caught up'));
      await waiting.stop();

      const stop = new AbortController();
      for await (const step of on.store.subscribe({ signal: stop.signal })) if (!isCaughtUp(step)) stop.abort();

      const before = follow({ signal: AbortSignal.abort() });
      await before.ended;
      expect(before.steps).toEqual([]);
    });

    it('may be left early', async () => {
      await on.store.append(on.stream, 'no-stream', some(5));
      for await (const step of on.store.subscribe({ categories: [on.category] })) if (isCaughtUp(step)) break;
      expect(await on.store.append(on.stream, 4, some(1))).toMatchObject({ revision: 5 });
    });

    it('refuses a position that cannot be one', async () => {
      await expect(collect(on.store.subscribe({ after: 'x' }))).rejects.toMatchObject({ code: 'bad-read' });
    });
  });
}
