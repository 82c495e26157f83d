import { beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { BriefFacts } from './brief-facts.js';

const MINUTE = 60_000;
/** How long what is brief lasts here, and how long is waited for its end. */
const BRIEF_MS = 200;
const OVER_MS = 250;

/** What holds wherever facts are kept. `open` gives all that see the same: two, or where there can only be one, that one. */
export function briefFactsContract(kind: string, open: () => Promise<readonly [BriefFacts, ...BriefFacts[]]>): void {
  describe(`${kind} as facts that hold for a while`, () => {
    let facts: BriefFacts;
    let all: readonly BriefFacts[];
    beforeEach(async () => {
      all = await open();
      facts = all[0]!;
    });

    /** Twenty of them at once, by turns of all that see the same. */
    const atOnce = <T>(ask: (of: BriefFacts, n: number) => Promise<T>) =>
      Promise.all(Array.from({ length: 20 }, (_, n) => ask(all[n % all.length]!, n)));
    const fact = (key: string, text = 'x', lastsMs = MINUTE) => ({ key, text, lastsMs });
    const line = (name: string, at: number, lastsMs = MINUTE) => ({ list: 'list', name, at, lastsMs });

    it('gives what was put, the latest of it, in the order that is asked for', async () => {
      await facts.put(fact('a', 'first'));
      await facts.put(fact('a', 'Ä\u0000"{'));
      await facts.put(fact('b', ''));
      expect(await facts.get('b', 'c', 'a')).toEqual(['', undefined, 'Ä\u0000"{']);
      expect(await facts.get()).toEqual([]);
    });

    it('lets go of what is over', async () => {
      await facts.put(fact('a', 'x', BRIEF_MS));
      await facts.put(fact('b'));
      await facts.enter(line('one', 1, BRIEF_MS));
      await facts.raise('step', 7, BRIEF_MS);
      await delay(OVER_MS);
      expect(await facts.get('a', 'b')).toEqual([undefined, 'x']);
      expect([await facts.take('a'), await facts.putIfThere(fact('a'))]).toEqual([undefined, false]);
      expect(await facts.lines('list')).toEqual(new Map());
      expect(await facts.raise('step', 6, MINUTE)).toBe(true);
      expect(await facts.putIfAbsent(fact('a', 'anew'))).toBe(true);
    });

    it('puts what is absent once, whoever tries at once', async () => {
      const put = await atOnce((each, n) => each.putIfAbsent(fact('a', String(n))));
      expect(put.filter(Boolean)).toHaveLength(1);
      expect(await facts.get('a')).toEqual([String(put.indexOf(true))]);
    });

    it('changes what is there, and brings nothing back', async () => {
      await facts.put(fact('a'));
      expect(await facts.putIfThere(fact('a', 'y'))).toBe(true);
      expect(await facts.get('a')).toEqual(['y']);
      expect(await facts.putIfThere(fact('a', 'y', BRIEF_MS))).toBe(true);
      await delay(OVER_MS);
      expect(await facts.putIfThere(fact('a', 'z'))).toBe(false);
      expect(await facts.get('a')).toEqual([undefined]);
    });

    it('gives what is taken to one, whoever tries at once', async () => {
      await facts.put(fact('a', 'prize'));
      const taken = await atOnce((each) => each.take('a'));
      expect(taken.filter((text) => text !== undefined)).toEqual(['prize']);
    });

    it('raises a number once to each height, and never lowers it', async () => {
      const raised = await atOnce((each, n) => each.raise('step', 1 + (n >> 1), MINUTE));
      expect(raised.filter(Boolean).length).toBeLessThanOrEqual(10);
      expect(raised).toContain(true);
      expect([await facts.raise('step', 10, MINUTE), await facts.raise('step', 9, MINUTE)]).toEqual([false, false]);
      expect(await facts.raise('step', 11, MINUTE)).toBe(true);
    });

    it('lists in the order of when, and strikes', async () => {
      await facts.put(fact('a'), line('late', 3));
      await facts.enter(line('early', 1));
      await facts.enter(line('moved', 9));
      await facts.enter(line('moved', 2));
      expect([...(await facts.lines('list'))]).toEqual([
        ['early', 1],
        ['moved', 2],
        ['late', 3],
      ]);
      await facts.strike('list', 'early', 'nobody', 'late');
      await facts.strike('list');
      expect([...(await facts.lines('list')).keys()]).toEqual(['moved']);
    });

    it('keeps a whole list as long as the line that was entered last', async () => {
      // So long that the second comes before it is over, also on a busy machine.
      const shortMs = 3_000;
      await facts.enter(line('one', 1, shortMs));
      await facts.enter(line('two', 2));
      await delay(shortMs + 100);
      expect([...(await facts.lines('list')).keys()]).toEqual(['one', 'two']);
      await facts.enter(line('three', 3, BRIEF_MS));
      await delay(OVER_MS);
      expect([...(await facts.lines('list')).keys()]).toEqual([]);
    });

    it('forgets what it is told to, of whatever kind', async () => {
      await facts.put(fact('a'), line('one', 1));
      await facts.put(fact('b'));
      await facts.raise('step', 7, MINUTE);
      await facts.forget('a', 'list', 'step', 'nothing');
      await facts.forget();
      expect(await facts.get('a', 'b')).toEqual([undefined, 'x']);
      expect(await facts.lines('list')).toEqual(new Map());
      expect(await facts.raise('step', 1, MINUTE)).toBe(true);
    });

    describe('counting', () => {
      const tally = (key: string, free = 3) => ({ key, free, withinMs: MINUTE });

      it('allows so many, however many try at once, and says how long none is', async () => {
        const waits = await atOnce((each) => each.count(tally('a')));
        expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
        for (const wait of waits.filter(Boolean)) {
          expect(wait).toBeGreaterThan(MINUTE - 10_000);
          expect(wait).toBeLessThanOrEqual(MINUTE);
        }
      });

      it('allows as many as it is told to, however many', async () => {
        for (let n = 0; n < 300; n++) expect(await facts.count(tally('a', 300))).toBe(0);
        expect(await facts.count(tally('a', 300))).toBeGreaterThan(0);
      });

      it('counts under all or under none', async () => {
        for (let n = 0; n < 3; n++) expect(await facts.count(tally('a'))).toBe(0);
        expect(await facts.count(tally('b', 1), tally('a'))).toBeGreaterThan(0);
        expect(await facts.count(tally('b', 1))).toBe(0);
        expect(await facts.count()).toBe(0);
      });

      it('slows down instead, where it is told how much at most', async () => {
        const slowing = { ...tally('a', 1), longestMs: 1_500 };
        const began = Date.now();
        expect(await facts.count(slowing)).toBe(0);
        const wait = await facts.count(slowing);
        expect(wait).toBeGreaterThanOrEqual(1_000 - (Date.now() - began));
        expect(wait).toBeLessThanOrEqual(1_000);
      });

      it('takes back the last one, or all', async () => {
        for (let n = 0; n < 3; n++) await facts.count(tally('a'));
        await facts.uncount({ key: 'a', what: 'last' }, { key: 'never', what: 'last' });
        expect(await facts.count(tally('a'))).toBe(0);
        expect(await facts.count(tally('a'))).toBeGreaterThan(0);
        await facts.uncount({ key: 'a', what: 'all' });
        for (let n = 0; n < 3; n++) expect(await facts.count(tally('a'))).toBe(0);
      });

      it('begins anew when its while is over', async () => {
        const brief = { key: 'a', free: 1, withinMs: BRIEF_MS };
        expect(await facts.count(brief)).toBe(0);
        await delay(OVER_MS);
        expect(await facts.count(brief)).toBe(0);
      });
    });
  });
}
