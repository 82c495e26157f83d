import { describe, expect, it } from '@jest/globals';
import type { JsonObject, NewEvent } from '../event-store.js';
import { collect, one, some, type Stage } from './stage.contract.js';

export function keepingContract(on: Stage): void {
  describe('keeping events', () => {
    const kept = async (event: NewEvent) => {
      await on.store.append(on.stream, 'no-stream', [event]);
      await on.reopen();
      const [recorded] = await on.read();
      expect(recorded).toMatchObject({ id: event.id, type: event.type, stream: on.stream, revision: 0 });
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
      const appended = on.store.append(on.stream, 'no-stream', events);
      data.list.push('too late');
      events.length = 0;
      await appended;
      expect((await on.read()).map((event) => event.data)).toEqual([{ list: ['first'] }]);
    });

    it('has everything that was acknowledged after it was opened again', async () => {
      const streams = Array.from({ length: 20 }, (_, i) => `${on.category}-${i}`);
      await Promise.all(streams.map((of) => on.store.append(of, 'no-stream', some(3))));
      const before = await collect(on.store.readAll({ categories: [on.category] }));
      await on.reopen();
      expect(before).toHaveLength(60);
      expect(await collect(on.store.readAll({ categories: [on.category] }))).toEqual(before);
      expect(await on.store.append(on.stream, 2, some(1))).toMatchObject({ revision: 3 });
    });
  });
}
