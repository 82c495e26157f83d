import { describe, expect, it } from '@jest/globals';
import { BadAppend } from '../errors.js';
import { type Expected, MAX_APPEND_BYTES, type NewEvent } from '../event-store.js';
import { one, some, type Stage } from './stage.contract.js';

export function refusingContract(on: Stage): void {
  describe('refusing what can never be appended', () => {
    const refused = async (events: readonly NewEvent[], of = on.stream, expected: Expected = 'no-stream') => {
      await expect(on.store.append(of, expected, events)).rejects.toThrow(BadAppend);
      await expect(on.read(of)).rejects.toMatchObject({ code: 'stream-not-found' });
    };
    const event = (change: object): NewEvent[] => [...some(1), { ...one(), ...change }];

    it('refuses an append of nothing', () => refused([]));

    it.each([[-1], [0.5], [NaN], [Infinity], [2 ** 53]])('refuses the expected revision %p', (expected) =>
      refused(some(1), on.stream, expected),
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

    it('refuses all of an append with one bad event', () => refused([...some(3), { ...one(), type: '' }, ...some(3)]));

    it(`carries ${MAX_APPEND_BYTES} bytes of type, data and metadata`, async () => {
      const events = sized(MAX_APPEND_BYTES);
      await on.store.append(on.stream, 'no-stream', events);
      expect((await on.read()).map((recorded) => recorded.data)).toEqual(events.map(({ data }) => data));
    });

    it('refuses one byte more', () => refused(sized(MAX_APPEND_BYTES + 1)));

    it('counts the bytes of UTF-8, not characters', () =>
      refused(event({ data: { text: '語'.repeat(MAX_APPEND_BYTES / 3) } })));

    it('names the stream and the reason', async () => {
      await expect(on.store.append(on.stream, 'no-stream', event({ data: { list: [1, NaN] } }))).rejects.toMatchObject({
        code: 'bad-append',
        stream: on.stream,
        reason: 'data.list[1] is NaN',
      });
    });

    it('takes the longest and the oddest of good names', async () => {
      for (const name of [`${on.category}-${'x'.repeat(199 - on.category.length)}`, `${on.category}-0.a_b-c--`]) {
        await on.store.append(name, 'no-stream', some(1));
        expect(await on.read(name)).toHaveLength(1);
      }
    });
  });
}

/** Two events that carry exactly so many bytes. */
function sized(bytes: number): NewEvent[] {
  const text = (length: number) => ({ ...one(), type: 'T', data: { text: 'x'.repeat(length) }, metadata: {} });
  const empty = 'T{"text":""}{}'.length;
  const half = Math.floor(bytes / 2);
  return [text(half - empty), text(bytes - half - empty)];
}
