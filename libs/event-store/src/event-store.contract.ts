import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { BadAppend, WrongExpectedRevision } from './errors.js';
import {
  type Appended,
  type CaughtUp,
  type EventStore,
  type Expected,
  type JsonObject,
  MAX_APPEND_BYTES,
  type NewEvent,
  PAGE_SIZE,
  type RecordedEvent,
} from './event-store.js';
import { comparePositions } from './positions.js';

export interface OpenStore {
  readonly store: EventStore;
  /** Closes the store and opens the same log again. */
  reopen(): Promise<EventStore>;
  /** Releases all that `open` took, whether the store is still open or not. */
  close(): Promise<void>;
}

/**
 * What every store of this port promises, once each. Tests have streams and categories of their own, so that they may
 * share a log with others; positions are only compared as the log orders them.
 */
export function eventStoreContract(kind: string, open: () => Promise<OpenStore>): void {
  describe(`${kind} as an event store`, () => {
    let opened: OpenStore;
    let store: EventStore;
    let category: string;
    let stream: string;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      category = `c${randomUUID().replaceAll('-', '')}`;
      stream = `${category}-1`;
    });
    afterEach(() => opened.close());

    const read = (of = stream, options = {}) => collect(store.read(of, options));
    const revisions = async (options = {}) => (await read(stream, options)).map((event) => event.revision);
    const conflict = (expected: Expected, actual: Expected) =>
      expect.objectContaining({ code: 'wrong-expected-revision', stream, expected, actual });

    describe('appending where the caller believes the stream to be', () => {
      it('begins a stream that must not exist', async () => {
        expect(await store.append(stream, 'no-stream', some(1))).toMatchObject({ revision: 0 });
      });

      it('refuses an exact revision for a stream that does not exist', async () => {
        await expect(store.append(stream, 0, some(1))).rejects.toEqual(conflict(0, 'no-stream'));
        await expect(store.append(stream, 7, some(1))).rejects.toEqual(conflict(7, 'no-stream'));
      });

      it('continues a stream at its revision', async () => {
        await store.append(stream, 'no-stream', some(2));
        expect(await store.append(stream, 1, some(3))).toMatchObject({ revision: 4 });
        expect(await revisions()).toEqual([0, 1, 2, 3, 4]);
      });

      it('refuses a revision that the stream has passed', async () => {
        await store.append(stream, 'no-stream', some(3));
        await expect(store.append(stream, 1, some(1))).rejects.toEqual(conflict(1, 2));
      });

      it('refuses a revision that the stream has not reached', async () => {
        await store.append(stream, 'no-stream', some(3));
        await expect(store.append(stream, 3, some(1))).rejects.toEqual(conflict(3, 2));
      });

      it('refuses to begin a stream that exists', async () => {
        await store.append(stream, 'no-stream', some(3));
        await expect(store.append(stream, 'no-stream', some(1))).rejects.toEqual(conflict('no-stream', 2));
      });

      it('writes nothing of what it refuses', async () => {
        const events = some(1);
        await store.append(stream, 'no-stream', events);
        await expect(store.append(stream, 5, some(3))).rejects.toThrow(WrongExpectedRevision);
        expect((await read()).map((event) => event.id)).toEqual(idsOf(events));
      });

      it('answers with revision and position of the last event', async () => {
        const appended = await store.append(stream, 'no-stream', some(3));
        const last = (await read()).at(-1);
        expect(placeOf(appended)).toEqual({ revision: last?.revision, position: last?.position });
      });
    });

    describe('appending the same events again', () => {
      let events: NewEvent[];
      let first: Appended;
      beforeEach(async () => {
        await store.append(stream, 'no-stream', some(2));
        events = some(3);
        first = await store.append(stream, 1, events);
      });
      const stillThere = async () => expect((await read()).map((event) => event.id).slice(2)).toEqual(idsOf(events));

      it('answers as the first time and writes nothing', async () => {
        expect(placeOf(await store.append(stream, 1, events))).toEqual(placeOf(first));
        await stillThere();
      });

      it('does so for the events that began the stream', async () => {
        const begun = some(2);
        const other = `${category}-2`;
        const appended = await store.append(other, 'no-stream', begun);
        expect(placeOf(await store.append(other, 'no-stream', begun))).toEqual(placeOf(appended));
        expect(await read(other)).toHaveLength(2);
      });

      it('says that they were repeated, if it can tell', async () => {
        expect([false, undefined]).toContain(first.repeated);
        const again = await store.append(stream, 1, events);
        expect(again.repeated).toBe(first.repeated === undefined ? undefined : true);
      });

      it('does so however much was appended since', async () => {
        await store.append(stream, 4, some(5));
        expect(placeOf(await store.append(stream, 1, events))).toEqual(placeOf(first));
        expect(await read()).toHaveLength(10);
      });

      it('does so after the store was opened again', async () => {
        store = await opened.reopen();
        expect(placeOf(await store.append(stream, 1, events))).toEqual(placeOf(first));
        await stillThere();
      });

      it('does so when both are under way at once', async () => {
        const more = some(2);
        const answers = await Promise.all(Array.from({ length: 50 }, () => store.append(stream, 4, more)));
        expect(new Set(answers.map((answer) => JSON.stringify(placeOf(answer)))).size).toBe(1);
        // A store that cannot tell says so of each of them.
        const written = answers.filter(({ repeated }) => repeated === false);
        expect(written).toHaveLength(answers[0]?.repeated === undefined ? 0 : 1);
        expect(await read()).toHaveLength(7);
      });

      it('takes the beginning of what was written for a repeat, and answers with its last event', async () => {
        const last = (await read()).at(3);
        const again = await store.append(stream, 1, events.slice(0, 2));
        expect(placeOf(again)).toEqual({ revision: 3, position: last?.position });
        await stillThere();
      });

      it.each<[string, (events: NewEvent[]) => NewEvent[]]>([
        ['the end of what was written', (written) => written.slice(1)],
        ['another order', (written) => written.toReversed()],
        ['more than was written', (written) => [...written, ...some(1)]],
        ['one event that is another', (written) => [...written.slice(0, 2), ...some(1)]],
      ])('does not take %s for a repeat', async (_, change) => {
        await expect(store.append(stream, 1, change(events))).rejects.toEqual(conflict(1, 4));
        await stillThere();
      });

      it('goes by the ids: other data under them is not written', async () => {
        const changed = events.map((event) => ({ ...event, data: { changed: true } }));
        expect(placeOf(await store.append(stream, 1, changed))).toEqual(placeOf(first));
        expect((await read()).slice(2).map((event) => event.data)).toEqual(events.map((event) => event.data));
      });

      it('takes the same ids in another stream for other events', async () => {
        const other = `${category}-2`;
        expect(await store.append(other, 'no-stream', events)).toMatchObject({ revision: 2 });
        expect(await read(other)).toHaveLength(3);
      });
    });

    describe('appending at the same time', () => {
      it('lets exactly one of 50 win', async () => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 50 }, () => store.append(stream, 'no-stream', some(2))),
        );
        const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
        expect(lost).toHaveLength(49);
        for (const { reason } of lost) expect(reason).toEqual(conflict('no-stream', 1));
        expect(await read()).toHaveLength(2);
      });

      it('lets each of many appends succeed or fail alone', async () => {
        const outcomes = await Promise.allSettled([
          store.append(stream, 'no-stream', some(1)),
          store.append(stream, 0, some(1)),
          store.append(stream, 0, some(1)),
          store.append(`${category}-2`, 3, some(1)),
          store.append(stream, 1, some(1)),
        ]);
        expect(outcomes.map((outcome) => outcome.status)).toEqual([
          'fulfilled',
          'fulfilled',
          'rejected',
          'rejected',
          'fulfilled',
        ]);
        expect(await revisions()).toEqual([0, 1, 2]);
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
                last = (await store.append(stream, last, events)).revision;
                acknowledged.push(idsOf(events));
                done++;
              } catch (error) {
                if (!(error instanceof WrongExpectedRevision)) throw error;
                last = error.actual;
              }
            }
          };
          await Promise.all(Array.from({ length: writers }, write));

          const written = await read();
          expect(written.map((event) => event.revision)).toEqual(written.map((_event, i) => i));
          const pairs = written.flatMap((event, i) => (i % 2 ? [] : [`${event.id} ${written[i + 1]?.id}`]));
          expect(pairs.sort()).toEqual(acknowledged.map((ids) => ids.join(' ')).sort());
        },
        60_000,
      );
    });

    describe('refusing what can never be appended', () => {
      const refused = async (events: readonly NewEvent[], of = stream, expected: Expected = 'no-stream') => {
        await expect(store.append(of, expected, events)).rejects.toThrow(BadAppend);
        await expect(read(of)).rejects.toMatchObject({ code: 'stream-not-found' });
      };
      const event = (change: object): NewEvent[] => [...some(1), { ...one(), ...change }];

      it('refuses an append of nothing', () => refused([]));

      it.each([[-1], [0.5], [NaN], [Infinity], [2 ** 53]])('refuses the expected revision %p', (expected) =>
        refused(some(1), stream, expected),
      );

      it.each([
        ['nil', '00000000-0000-0000-0000-000000000000'],
        ['malformed', '1234'],
        ['empty', ''],
        ['in braces', '{3f2504e0-4f89-41d3-9a0c-0305e82c3301}'],
        ['in upper case', '3F2504E0-4F89-41D3-9A0C-0305E82C3301'],
      ])('refuses an id that is %s', (_, id) => refused(event({ id })));

      it('refuses an id that is repeated within the append', async () => {
        const [first] = some(1);
        await refused([...some(1), first ?? one(), ...some(1), first ?? one()]);
      });

      it.each([
        [''],
        ['report'],
        ['report-'],
        ['-1'],
        ['Report-1'],
        ['report-A'],
        ['report-1 '],
        ['report-1\n'],
        ['re port-1'],
        ['$report-1'],
        ['report--1'],
        ['1report-1'],
        ['report-é'],
        [`report-${'x'.repeat(194)}`],
      ])('refuses the stream name %j', (of) => refused(some(1), of));

      it.each([[''], ['Report Submitted'], ['$Submitted'], ['Submitted2!'], ['9Lives'], ['Submitted\n'], ['Été']])(
        'refuses the event type %j',
        (type) => refused(event({ type })),
      );

      const circle: Record<string, unknown> = {};
      circle['self'] = { circle };
      it.each<[string, unknown]>([
        ['undefined', { a: { b: undefined } }],
        ['undefined in a list', { a: [1, undefined] }],
        ['a hole in a list', { a: Array(1) }],
        ['a BigInt', { a: 1n }],
        ['NaN', { a: [NaN] }],
        ['Infinity', { a: -Infinity }],
        ['a function', { a: () => 1 }],
        ['a symbol', { a: Symbol('a') }],
        ['a Date', { a: new Date(0) }],
        ['a Map', { a: new Map() }],
        ['an object of a class', { a: new (class Report {})() }],
        ['a circle', circle],
        ['half of a surrogate pair', { a: 'x\ud800y' }],
        ['half of a surrogate pair in a key', { '\udc00': 1 }],
      ])('refuses data with %s', (_, data) => refused(event({ data })));

      it.each<[string, unknown]>([
        ['a list', []],
        ['a text', 'text'],
        ['null', null],
        ['nothing', undefined],
        ['of a class', new Date(0)],
      ])('refuses data that is %s', (_, data) => refused(event({ data })));

      it.each<[string, unknown]>([
        ['a number', { actor: 1 }],
        ['an object', { actor: {} }],
        ['undefined', { actor: undefined }],
        ['a key of the server', { $correlationId: 'x' }],
        ['half of a surrogate pair', { actor: '\udfff' }],
      ])('refuses metadata with %s', (_, metadata) => refused(event({ metadata })));

      it('refuses all of an append with one bad event', () =>
        refused([...some(3), { ...one(), type: '' }, ...some(3)]));

      it(`carries ${MAX_APPEND_BYTES} bytes of type, data and metadata`, async () => {
        const events = sized(MAX_APPEND_BYTES);
        await store.append(stream, 'no-stream', events);
        expect((await read()).map((recorded) => recorded.data)).toEqual(events.map(({ data }) => data));
      });

      it('refuses one byte more', () => refused(sized(MAX_APPEND_BYTES + 1)));

      it('counts the bytes of UTF-8, not characters', () =>
        refused(event({ data: { text: '語'.repeat(MAX_APPEND_BYTES / 3) } })));

      it('names the stream and the reason', async () => {
        await expect(store.append(stream, 'no-stream', event({ data: { list: [1, NaN] } }))).rejects.toMatchObject({
          code: 'bad-append',
          stream,
          reason: 'data.list[1] is NaN',
        });
      });

      it('takes the longest and the oddest of good names', async () => {
        for (const name of [`${category}-${'x'.repeat(199 - category.length)}`, `${category}-0.a_b-c--`]) {
          await store.append(name, 'no-stream', some(1));
          expect(await read(name)).toHaveLength(1);
        }
      });
    });

    describe('keeping events', () => {
      const kept = async (event: NewEvent) => {
        await store.append(stream, 'no-stream', [event]);
        store = await opened.reopen();
        const [recorded] = await read();
        expect(recorded).toMatchObject({ id: event.id, type: event.type, stream, revision: 0 });
        expect(recorded?.metadata).toEqual(event.metadata);
        expect(recorded?.data).toEqual(event.data);
        return recorded;
      };

      it.each([
        ['astral', '🏛️ 𝔊𝔬𝔳 𠜎'],
        ['combining', 'e\u0301 \u0065\u0323\u0307 Å'],
        ['right to left', 'الأمم المتحدة \u202eabc\u202c שלום'],
        ['line separators', 'a\u2028b\u2029c'],
        ['control characters', 'a\u0000b\u001f\u007f\u0085\t\r\n'],
        ['noncharacters', '\uffff\ufffe\ufeff\ufffd'],
        ['quotes and escapes', '"\\" \\ud800 \\u0000 </script> \' `'],
      ])('keeps text as it is: %s', async (_, text) => {
        await kept({ ...one(), data: { text, [text]: [text] }, metadata: { text, [text]: text } });
      });

      it('keeps every shape of JSON', async () => {
        await kept({
          ...one(),
          data: {
            nothing: null,
            yes: true,
            no: false,
            numbers: [0, -1, 1.5, 1e21, 5e-324, Number.MAX_SAFE_INTEGER, 0.1 + 0.2],
            empty: ['', [], {}, [[]], [{}]],
            '': { '': { '': 'empty keys' } },
            deep: JSON.parse(`${'['.repeat(200)}1${']'.repeat(200)}`),
          },
          metadata: { '': '', z: '1', a: '2' },
        });
      });

      it('keeps empty data and metadata', async () => {
        await kept({ ...one(), data: {}, metadata: {} });
      });

      it('keeps an own key __proto__, and gives it to nobody as a prototype', async () => {
        const data = JSON.parse('{"__proto__": {"admin": true}, "constructor": "x"}') as JsonObject;
        const recorded = await kept({ ...one(), data });
        expect(Object.keys(recorded?.data ?? {}).sort()).toEqual(['__proto__', 'constructor']);
        expect(recorded?.data['admin']).toBeUndefined();
      });

      it('keeps the data as it was when it was appended', async () => {
        const data = { list: ['first'] };
        const events = [{ ...one(), data }];
        const appended = store.append(stream, 'no-stream', events);
        data.list.push('too late');
        events.length = 0;
        await appended;
        expect((await read()).map((event) => event.data)).toEqual([{ list: ['first'] }]);
      });

      it('has everything that was acknowledged after it was opened again', async () => {
        const streams = Array.from({ length: 20 }, (_, i) => `${category}-${i}`);
        await Promise.all(streams.map((of) => store.append(of, 'no-stream', some(3))));
        const before = await collect(store.readAll({ categories: [category] }));
        store = await opened.reopen();
        expect(before).toHaveLength(60);
        expect(await collect(store.readAll({ categories: [category] }))).toEqual(before);
        expect(await store.append(stream, 2, some(1))).toMatchObject({ revision: 3 });
      });
    });

    describe('reading a stream', () => {
      beforeEach(async () => {
        await store.append(stream, 'no-stream', some(10));
      });

      it('goes forwards from the first event', async () => {
        expect(await revisions()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      });

      it('goes backwards from the last event', async () => {
        expect(await revisions({ direction: 'backwards' })).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
      });

      it('includes the revision that it starts from, in both directions', async () => {
        expect(await revisions({ from: 7 })).toEqual([7, 8, 9]);
        expect(await revisions({ from: 2, direction: 'backwards' })).toEqual([2, 1, 0]);
      });

      it('stops at the limit, in both directions', async () => {
        expect(await revisions({ limit: 2 })).toEqual([0, 1]);
        expect(await revisions({ from: 8, limit: 5 })).toEqual([8, 9]);
        expect(await revisions({ direction: 'backwards', limit: 1 })).toEqual([9]);
        expect(await revisions({ from: 5, direction: 'backwards', limit: 3 })).toEqual([5, 4, 3]);
      });

      it('is empty beyond the end', async () => {
        expect(await revisions({ from: 10 })).toEqual([]);
        expect(await revisions({ from: 1_000_000, limit: 1 })).toEqual([]);
      });

      it('begins with the last event when it goes backwards from beyond the end', async () => {
        expect(await revisions({ from: 1_000, direction: 'backwards', limit: 2 })).toEqual([9, 8]);
      });

      it('does not find a stream that was never written to', async () => {
        for (const name of [`${category}-2`, category, '', 'Not a name']) {
          await expect(read(name)).rejects.toMatchObject({ code: 'stream-not-found', stream: name });
        }
      });

      it('is empty for who asks for a stream if there is any, and otherwise as for others', async () => {
        for (const name of [`${category}-2`, '', 'Not a name'])
          expect(await collect(store.readIfAny(name))).toEqual([]);
        expect(await collect(store.readIfAny(stream))).toEqual(await read());
        const last = await collect(store.readIfAny(stream, { direction: 'backwards', limit: 1 }));
        expect(last.map(({ revision }) => revision)).toEqual([9]);
        await expect(collect(store.readIfAny(`${category}-2`, { limit: 0 }))).rejects.toMatchObject({
          code: 'bad-read',
        });
      });

      it.each([{ limit: 0 }, { limit: -1 }, { limit: 1.5 }, { from: -1 }, { from: 0.5 }, { direction: 'up' }])(
        'refuses %j',
        async (options) => {
          await expect(read(stream, options)).rejects.toMatchObject({ code: 'bad-read' });
        },
      );

      it('may be left early', async () => {
        for await (const event of store.read(stream)) if (event.revision === 3) break;
        expect(await store.append(stream, 9, some(1))).toMatchObject({ revision: 10 });
      });

      it('reads its own writes at once, and what others write at the same time as a whole or not', async () => {
        for (let last = 9; last < 109; last += 2) {
          const appended = store.append(stream, last, some(2));
          expect((await read()).length % 2).toBe(0);
          await appended;
          expect(await revisions({ from: last + 1 })).toEqual([last + 1, last + 2]);
        }
      });

      it('goes through more than a page, in both directions', async () => {
        const count = 2 * PAGE_SIZE + 1;
        await store.append(`${category}-2`, 'no-stream', some(count));
        const all = Array.from({ length: count }, (_, i) => i);
        const paged = async (options: object) => (await read(`${category}-2`, options)).map(({ revision }) => revision);
        expect(await paged({})).toEqual(all);
        expect(await paged({ direction: 'backwards' })).toEqual(all.toReversed());
        expect(await paged({ from: 1, limit: PAGE_SIZE + 1 })).toEqual(all.slice(1, PAGE_SIZE + 2));
      });
    });

    describe('reading the log', () => {
      const categories = () => [category];

      it('has the order in which the appends were acknowledged', async () => {
        const order: string[] = [];
        for (let i = 0; i < 30; i++) {
          const events = some(1 + (i % 3));
          const of = `${category}-${i % 7}`;
          const last = (await read(of).catch(() => [])).at(-1)?.revision;
          await store.append(of, last ?? 'no-stream', events);
          order.push(...idsOf(events));
        }
        const log = await collect(store.readAll({ categories: categories() }));
        expect(idsOf(log)).toEqual(order);
        const positions = log.map(({ position }) => position);
        expect(positions).toEqual(positions.toSorted(comparePositions));
        expect(new Set(positions).size).toBe(positions.length);
      });

      it('gives each event as its stream does', async () => {
        await store.append(stream, 'no-stream', some(5));
        expect(await collect(store.readAll({ categories: categories() }))).toEqual(await read());
      });

      it('starts after the position that it is given', async () => {
        const first = await store.append(stream, 'no-stream', some(3));
        await store.append(stream, 2, some(2));
        const after = await collect(store.readAll({ after: first.position }));
        expect(after.filter((event) => event.stream === stream).map((event) => event.revision)).toEqual([3, 4]);
        const end = await store.append(stream, 4, some(1));
        const rest = await collect(store.readAll({ after: end.position, categories: categories() }));
        expect(rest).toEqual([]);
      });

      it('goes on from any event without a gap or a repeat', async () => {
        await store.append(stream, 'no-stream', some(4));
        const all = await collect(store.readAll({ categories: categories() }));
        for (const [i, { position }] of all.entries()) {
          const rest = await collect(store.readAll({ after: position, categories: categories() }));
          expect(rest).toEqual(all.slice(i + 1));
        }
      });

      it('stops at the limit', async () => {
        await store.append(stream, 'no-stream', some(5));
        const limited = await collect(store.readAll({ limit: 2, categories: categories() }));
        expect(limited.map((event) => event.revision)).toEqual([0, 1]);
      });

      it('has only the categories that are asked for', async () => {
        for (const prefix of [category, `${category}b`, `x${category}`]) {
          await store.append(`${prefix}-1`, 'no-stream', some(2));
        }
        const streams = async (...of: string[]) =>
          (await collect(store.readAll({ categories: of }))).map((event) => event.stream);
        expect(await streams(category)).toEqual([stream, stream]);
        expect(await streams(`${category}b`, category)).toEqual([stream, stream, `${category}b-1`, `${category}b-1`]);
        expect(await streams(`${category}c`)).toEqual([]);
      });

      it('comes in pages, none empty', async () => {
        const count = 2 * PAGE_SIZE + 500;
        await store.append(stream, 'no-stream', some(count));
        await store.append(`${category}b-1`, 'no-stream', some(3));
        const pages = await collect(store.readPages({ categories: categories() }));
        for (const page of pages) {
          expect(page.length).toBeGreaterThan(0);
          expect(page.length).toBeLessThanOrEqual(PAGE_SIZE);
        }
        expect(pages.flat().map((event) => event.revision)).toEqual(Array.from({ length: count }, (_, i) => i));
      });

      it.each([
        { limit: 0 },
        { after: '' },
        { after: '-1' },
        { after: 'x' },
        { categories: [] },
        { categories: ['A'] },
      ])('refuses %j', async (options) => {
        await expect(collect(store.readAll(options))).rejects.toMatchObject({ code: 'bad-read' });
      });
    });

    describe('subscribing', () => {
      const follow = (options: { after?: string; signal?: AbortSignal } = {}) => {
        const stop = new AbortController();
        const seen: RecordedEvent[] = [];
        const steps: ('caught up' | number)[] = [];
        const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
        const ended = (async () => {
          for await (const step of store.subscribe({ ...options, categories: [category], signal })) {
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
        await store.append(stream, 'no-stream', some(3));
        const { steps, stop } = follow();
        await until(() => steps.length === 4);
        await store.append(stream, 2, some(2));
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
        const { position } = await store.append(stream, 'no-stream', some(3));
        await store.append(stream, 2, some(2));
        const { steps, stop } = follow({ after: position });
        await until(() => steps.length === 3);
        await stop();
        expect(steps).toEqual([3, 4, 'caught up']);
      });

      it('keeps quiet about other categories', async () => {
        const { steps, stop } = follow();
        await until(() => steps.length === 1);
        for (let i = 0; i < 20; i++) await store.append(`${category}b-${i}`, 'no-stream', some(1));
        await store.append(stream, 'no-stream', some(1));
        await until(() => steps.length === 3);
        await stop();
        expect(steps).toEqual(['caught up', 0, 'caught up']);
      });

      it('gives two subscribers the same, each from where it began', async () => {
        await store.append(stream, 'no-stream', some(2));
        const early = follow();
        await until(() => early.seen.length === 2);
        await store.append(stream, 1, some(2));
        const late = follow();
        await store.append(stream, 3, some(2));
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
            const of = `${category}-${writer}`;
            for (let last: Expected = 'no-stream', i = 0; i < total / writers; i++) {
              ({ revision: last } = await store.append(of, last, some(1)));
              if (i % 60 === 0 && writer === 0) followers.push(follow());
            }
          }),
        );
        await until(() => followers.every(({ seen }) => seen.length >= total), 30_000);
        await Promise.all(followers.map(({ stop }) => stop()));
        const log = await collect(store.readAll({ categories: [category] }));
        expect(log).toHaveLength(total);
        for (const { seen } of followers) expect(seen).toEqual(log);
      }, 60_000);

      it('lets a slow subscriber hold up nobody but itself', async () => {
        let release = () => {};
        const held = new Promise<void>((resolve) => (release = resolve));
        const stop = new AbortController();
        const seen: RecordedEvent[] = [];
        const slow = (async () => {
          for await (const step of store.subscribePages({ categories: [category], signal: stop.signal })) {
            if (isCaughtUp(step)) continue;
            await held;
            seen.push(...step);
          }
        })();
        const quick = follow();
        for (let i = 0, last: Expected = 'no-stream'; i < 200; i++) {
          ({ revision: last } = await store.append(stream, last, some(10)));
        }
        await until(() => quick.seen.length === 2_000, 30_000);
        expect(seen).toHaveLength(0);
        release();
        await until(() => seen.length === 2_000, 30_000);
        stop.abort();
        await Promise.all([slow, quick.stop()]);
        expect(seen).toEqual(quick.seen);
      }, 60_000);

      it('ends without an error when it is aborted: while it waits, while it reads, before it began', async () => {
        await store.append(stream, 'no-stream', some(5));
        const waiting = follow();
        await until(() => waiting.steps.includes('caught up'));
        await waiting.stop();

        const stop = new AbortController();
        for await (const step of store.subscribe({ signal: stop.signal })) if (!isCaughtUp(step)) stop.abort();

        const before = follow({ signal: AbortSignal.abort() });
        await before.ended;
        expect(before.steps).toEqual([]);
      });

      it('may be left early', async () => {
        await store.append(stream, 'no-stream', some(5));
        for await (const step of store.subscribe({ categories: [category] })) if (isCaughtUp(step)) break;
        expect(await store.append(stream, 4, some(1))).toMatchObject({ revision: 5 });
      });

      it('refuses a position that cannot be one', async () => {
        await expect(collect(store.subscribe({ after: 'x' }))).rejects.toMatchObject({ code: 'bad-read' });
      });
    });

    describe('closing', () => {
      it('finishes what is under way', async () => {
        const appends = Array.from({ length: 50 }, (_, i) => store.append(`${category}-${i}`, 'no-stream', some(1)));
        await Promise.all([...appends, store.close()]);
        store = await opened.reopen();
        expect(await collect(store.readAll({ categories: [category] }))).toHaveLength(50);
      });

      it('ends subscriptions without an error', async () => {
        let caughtUp = false;
        const ended = (async () => {
          for await (const step of store.subscribe({ categories: [category] })) caughtUp ||= isCaughtUp(step);
        })();
        await until(() => caughtUp);
        await store.close();
        await ended;
      });

      it('may be done twice', async () => {
        await store.close();
        await store.close();
      });

      it('leaves a store that refuses everything', async () => {
        await store.append(stream, 'no-stream', some(1));
        await store.close();
        const closed = expect.objectContaining({ code: 'store-closed' });
        await expect(store.append(stream, 0, some(1))).rejects.toEqual(closed);
        await expect(read()).rejects.toEqual(closed);
        await expect(collect(store.readAll())).rejects.toEqual(closed);
        await expect(collect(store.subscribe())).rejects.toEqual(closed);
      });
    });
  });
}

/** What is told of an append, but whether it was repeated. */
const placeOf = ({ revision, position }: Appended) => ({ revision, position });

const one = (): NewEvent => ({
  id: randomUUID(),
  type: 'SectionAnswered',
  data: { section: 'actions', text: 'An answer' },
  metadata: { actor: 'person-1', recordedAt: '2026-11-22T08:00:00.000Z' },
});

const some = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => ({ ...one(), data: { section: 'actions', n } }));

/** Two events that carry exactly so many bytes. */
function sized(bytes: number): NewEvent[] {
  const text = (length: number) => ({ ...one(), type: 'T', data: { text: 'x'.repeat(length) }, metadata: {} });
  const empty = 'T{"text":""}{}'.length;
  const half = Math.floor(bytes / 2);
  return [text(half - empty), text(bytes - half - empty)];
}

const idsOf = (events: readonly NewEvent[]) => events.map((event) => event.id);

const isCaughtUp = (step: RecordedEvent | readonly RecordedEvent[] | CaughtUp): step is CaughtUp => 'caughtUp' in step;

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function until(condition: () => boolean, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Still not so after ${ms} ms: ${condition.toString()}`);
    await delay(2);
  }
}
