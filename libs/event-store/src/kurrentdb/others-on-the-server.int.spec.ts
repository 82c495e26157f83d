import { describe, expect, it } from '@jest/globals';
import { binaryEvent, jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { collect, some, StoreOnStandIn, unavailable } from '../../../../test/stand-in/store-on-stand-in.js';

const on = StoreOnStandIn.forEachTest();

describe('what others do on the server', () => {
  const tool = () => KurrentDBClient.connectionString(on.server.url);

  it('shows none of its own events', async () => {
    const client = tool();
    await on.store.append(on.stream, 'no-stream', some(2));
    await client.setStreamMetadata(on.stream, { owner: 'Example Registry' });
    await client.appendToStream(`$${on.stream}`, jsonEvent({ type: 'Elsewhere', data: {} }));
    await client.appendToStream(`${on.stream} elsewhere`, jsonEvent({ type: 'Elsewhere', data: {} }));
    const last = await on.store.append(on.stream, 1, some(1));
    await client.tombstoneStream(on.stream);
    await client.dispose();

    const log = await collect(on.store.readAll());
    expect(log.filter((event) => event.stream.includes(on.stream)).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(log.filter((event) => event.type !== 'SectionAnswered' && event.stream.includes(on.stream))).toEqual([]);
    expect(await collect(on.store.readAll({ after: last.position, categories: [on.category] }))).toEqual([]);
  }, 20_000);

  it('says that a stream was deleted for ever', async () => {
    const client = tool();
    await on.store.append(on.stream, 'no-stream', some(2));
    await client.tombstoneStream(on.stream);
    await client.dispose();
    const deleted = expect.objectContaining({ code: 'stream-deleted', stream: on.stream });
    await expect(collect(on.store.read(on.stream))).rejects.toEqual(deleted);
    await expect(on.store.append(on.stream, 1, some(1))).rejects.toEqual(deleted);
  });

  it('refuses an event of ours that is no JSON', async () => {
    const client = tool();
    await client.appendToStream(on.stream, binaryEvent({ type: 'Scanned', data: new Uint8Array([1]) }));
    await client.dispose();
    const refused = unavailable(/was not written by Para 71/);
    await expect(collect(on.store.read(on.stream))).rejects.toEqual(refused);
    await expect(collect(on.store.subscribe({ categories: [on.category] }))).rejects.toEqual(refused);
  });
});
