import { beforeEach, describe, expect, it } from '@jest/globals';
import { WrongExpectedRevision } from '../errors.js';
import type { Appended, Expected, NewEvent } from '../event-store.js';
import { idsOf, some, type Stage } from './stage.contract.js';

export function appendingContract(on: Stage): void {
  describe('appending where the caller believes the stream to be', () => {
    it('begins a stream that must not exist', async () => {
      expect(await on.store.append(on.stream, 'no-stream', some(1))).toMatchObject({ revision: 0 });
    });

    it('refuses an exact revision for a stream that does not exist', async () => {
      await expect(on.store.append(on.stream, 0, some(1))).rejects.toEqual(on.conflict(0, 'no-stream'));
      await expect(on.store.append(on.stream, 7, some(1))).rejects.toEqual(on.conflict(7, 'no-stream'));
    });

    it('continues a stream at its revision', async () => {
      await on.store.append(on.stream, 'no-stream', some(2));
      expect(await on.store.append(on.stream, 1, some(3))).toMatchObject({ revision: 4 });
      expect(await on.revisions()).toEqual([0, 1, 2, 3, 4]);
    });

    it('refuses a revision that the stream has passed', async () => {
      await on.store.append(on.stream, 'no-stream', some(3));
      await expect(on.store.append(on.stream, 1, some(1))).rejects.toEqual(on.conflict(1, 2));
    });

    it('refuses a revision that the stream has not reached', async () => {
      await on.store.append(on.stream, 'no-stream', some(3));
      await expect(on.store.append(on.stream, 3, some(1))).rejects.toEqual(on.conflict(3, 2));
    });

    it('refuses to begin a stream that exists', async () => {
      await on.store.append(on.stream, 'no-stream', some(3));
      await expect(on.store.append(on.stream, 'no-stream', some(1))).rejects.toEqual(on.conflict('no-stream', 2));
    });

    it('writes nothing of what it refuses', async () => {
      const events = some(1);
      await on.store.append(on.stream, 'no-stream', events);
      await expect(on.store.append(on.stream, 5, some(3))).rejects.toThrow(WrongExpectedRevision);
      expect((await on.read()).map((event) => event.id)).toEqual(idsOf(events));
    });

    it('answers with revision and position of the last event', async () => {
      const appended = await on.store.append(on.stream, 'no-stream', some(3));
      const last = (await on.read()).at(-1);
      expect(placeOf(appended)).toEqual({ revision: last?.revision, position: last?.position });
    });
  });

  describe('appending the same events again', () => {
    let events: NewEvent[];
    let first: Appended;
    beforeEach(async () => {
      await on.store.append(on.stream, 'no-stream', some(2));
      events = some(3);
      first = await on.store.append(on.stream, 1, events);
    });
    const stillThere = async () => expect((await on.read()).map((event) => event.id).slice(2)).toEqual(idsOf(events));

    it('answers as the first time and writes nothing', async () => {
      expect(placeOf(await on.store.append(on.stream, 1, events))).toEqual(placeOf(first));
      await stillThere();
    });

    it('does so for the events that began the stream', async () => {
      const begun = some(2);
      const other = `${on.category}-2`;
      const appended = await on.store.append(other, 'no-stream', begun);
      expect(placeOf(await on.store.append(other, 'no-stream', begun))).toEqual(placeOf(appended));
      expect(await on.read(other)).toHaveLength(2);
    });

    it('says that they were repeated, if it can tell', async () => {
      expect([false, undefined]).toContain(first.repeated);
      const again = await on.store.append(on.stream, 1, events);
      expect(again.repeated).toBe(first.repeated === undefined ? undefined : true);
    });

    it('does so however much was appended since', async () => {
      await on.store.append(on.stream, 4, some(5));
      expect(placeOf(await on.store.append(on.stream, 1, events))).toEqual(placeOf(first));
      expect(await on.read()).toHaveLength(10);
    });

    it('does so after the store was opened again', async () => {
      await on.reopen();
      expect(placeOf(await on.store.append(on.stream, 1, events))).toEqual(placeOf(first));
      await stillThere();
    });

    it('does so when both are under way at once', async () => {
      const more = some(2);
      const answers = await Promise.all(Array.from({ length: 50 }, () => on.store.append(on.stream, 4, more)));
      expect(new Set(answers.map((answer) => JSON.stringify(placeOf(answer)))).size).toBe(1);
      // A store that cannot tell says so of each of them.
      const written = answers.filter(({ repeated }) => repeated === false);
      expect(written).toHaveLength(answers[0]?.repeated === undefined ? 0 : 1);
      expect(await on.read()).toHaveLength(7);
    });

    it('takes the beginning of what was written for a repeat, and answers with its last event', async () => {
      const last = (await on.read()).at(3);
      const again = await on.store.append(on.stream, 1, events.slice(0, 2));
      expect(placeOf(again)).toEqual({ revision: 3, position: last?.position });
      await stillThere();
    });

    it.each<[string, (events: NewEvent[]) => NewEvent[]]>([
      ['the end of what was written', (written) => written.slice(1)],
      ['another order', (written) => written.toReversed()],
      ['more than was written', (written) => [...written, ...some(1)]],
      ['one event that is another', (written) => [...written.slice(0, 2), ...some(1)]],
    ])('does not take %s for a repeat', async (_, change) => {
      await expect(on.store.append(on.stream, 1, change(events))).rejects.toEqual(on.conflict(1, 4));
      await stillThere();
    });

    it('goes by the ids: other data under them is not written', async () => {
      const changed = events.map((event) => ({ ...event, data: { changed: true } }));
      expect(placeOf(await on.store.append(on.stream, 1, changed))).toEqual(placeOf(first));
      expect((await on.read()).slice(2).map((event) => event.data)).toEqual(events.map((event) => event.data));
    });

    it('takes the same ids in another stream for other events', async () => {
      const other = `${on.category}-2`;
      expect(await on.store.append(other, 'no-stream', events)).toMatchObject({ revision: 2 });
      expect(await on.read(other)).toHaveLength(3);
    });
  });

  describe('appending at the same time', () => {
    it('lets exactly one of 50 win', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, () => on.store.append(on.stream, 'no-stream', some(2))),
      );
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(lost).toHaveLength(49);
      for (const { reason } of lost) expect(reason).toEqual(on.conflict('no-stream', 1));
      expect(await on.read()).toHaveLength(2);
    });

    it('lets each of many appends succeed or fail alone', async () => {
      const outcomes = await Promise.allSettled([
        on.store.append(on.stream, 'no-stream', some(1)),
        on.store.append(on.stream, 0, some(1)),
        on.store.append(on.stream, 0, some(1)),
        on.store.append(`${on.category}-2`, 3, some(1)),
        on.store.append(on.stream, 1, some(1)),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'rejected',
        'fulfilled',
      ]);
      expect(await on.revisions()).toEqual([0, 1, 2]);
    });

    it.each([
      ['2 writers race for one stream', 2, 100],
      ['50 writers race for one stream', 50, 4],
    ])(
      'leaves no gap, and keeps each append together, when %s',
      async (_, writers, each) => {
        const acknowledged: string[][] = [];
        const write = async () => {
          let last: Expected = 'no-stream';
          for (let done = 0; done < each;) {
            const events = some(2);
            try {
              last = (await on.store.append(on.stream, last, events)).revision;
              acknowledged.push(idsOf(events));
              done++;
            } catch (error) {
              if (!(error instanceof WrongExpectedRevision)) throw error;
              last = error.actual;
            }
          }
        };
        await Promise.all(Array.from({ length: writers }, write));

        const written = await on.read();
        expect(written.map((event) => event.revision)).toEqual(written.map((_event, i) => i));
        const pairs = written.flatMap((event, i) => (i % 2 ? [] : [`${event.id} ${written[i + 1]?.id}`]));
        expect(pairs.sort()).toEqual(acknowledged.map((ids) => ids.join(' ')).sort());
      },
      120_000,
    );
  });
}

/** What is told of an append, but whether it was repeated. */
const placeOf = ({ revision, position }: Appended) => ({ revision, position });
