import { describe, expect, it } from '@jest/globals';
import { binaryEvent, jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { StandIn } from '../../../../test/stand-in/stand-in.js';
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

  it('leaves what the server keeps of a stream that was deleted as it is, and goes on after it', async () => {
    const client = tool();
    const first = some(2);
    await on.store.append(on.stream, 'no-stream', first);
    await client.deleteStream(on.stream);
    const missing = { code: 'stream-not-found' };
    await expect(collect(on.store.read(on.stream))).rejects.toMatchObject(missing);
    // To the server these are the events that were there: whoever begins again needs new ids.
    expect(await on.store.append(on.stream, 'no-stream', first)).toMatchObject({ revision: 1 });
    await expect(collect(on.store.read(on.stream))).rejects.toMatchObject(missing);
    expect(await on.store.append(on.stream, 'no-stream', some(1))).toMatchObject({ revision: 2 });
    expect((await collect(on.store.read(on.stream))).map(({ revision }) => revision)).toEqual([2]);
    expect(await written(client, on.stream)).toEqual([
      ...[0, 1].map((revision) => `${on.stream} ${revision} SectionAnswered`),
      `$$${on.stream} 0 $metadata`,
      `${on.stream} 2 SectionAnswered`,
    ]);
    await client.dispose();
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

it('writes the events that it is given, and beside them one to try whether it can: no metadata of a stream', async () => {
  const fresh = await StandIn.start();
  const store = await on.open(fresh.url);
  await store.append('report-1', 'no-stream', some(2));
  await store.append('report-1', 1, some(1));
  await collect(store.read('report-1'));
  await collect(store.readAll());
  for await (const step of store.subscribe()) if ('caughtUp' in step) break;
  await store.close();
  const client = KurrentDBClient.connectionString(fresh.url);
  expect(await written(client)).toEqual([
    'para71_probe 0 StoreProbed',
    ...[0, 1, 2].map((revision) => `report-1 ${revision} SectionAnswered`),
  ]);
  await client.dispose();
  await fresh.stop();
});

/** Everything on the server, or all of it that is of one stream and its metadata. */
async function written(client: KurrentDBClient, of = ''): Promise<string[]> {
  const found: string[] = [];
  for await (const { event } of client.readAll()) {
    if (event?.streamId.endsWith(of)) found.push(`${event.streamId} ${event.revision} ${event.type}`);
  }
  return found;
}
