import { describe, expect, it } from '@jest/globals';
import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { byHand, eventByHand } from '../../../../test/stand-in/by-hand.js';
import { StandIn } from '../../../../test/stand-in/stand-in.js';
import { StoreOnStandIn, unavailable } from '../../../../test/stand-in/store-on-stand-in.js';
import { collect, some } from '../contract/stage.contract.js';

const on = StoreOnStandIn.forEachTest();

describe('what others do on the server', () => {
  const acts = (act: (client: KurrentDBClient) => Promise<unknown>) => byHand(on.server.url, act);

  it('shows none of its own events', async () => {
    await on.store.append(on.stream, 'no-stream', some(2));
    await acts(async (client) => {
      await client.setStreamMetadata(on.stream, { owner: 'Example Registry' });
      await client.appendToStream(`$${on.stream}`, eventByHand('Elsewhere'));
      await client.appendToStream(`${on.stream} elsewhere`, eventByHand('Elsewhere'));
    });
    const last = await on.store.append(on.stream, 1, some(1));
    await acts((client) => client.tombstoneStream(on.stream));

    const log = await collect(on.store.readAll());
    expect(log.filter((event) => event.stream.includes(on.stream)).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(log.filter((event) => event.type !== 'SectionAnswered' && event.stream.includes(on.stream))).toEqual([]);
    expect(await collect(on.store.readAll({ after: last.position, categories: [on.category] }))).toEqual([]);
  });

  it('says that a stream was deleted for ever', async () => {
    await on.store.append(on.stream, 'no-stream', some(2));
    await acts((client) => client.tombstoneStream(on.stream));
    const deleted = expect.objectContaining({ code: 'stream-deleted', stream: on.stream });
    await expect(collect(on.store.read(on.stream))).rejects.toEqual(deleted);
    await expect(on.store.append(on.stream, 1, some(1))).rejects.toEqual(deleted);
  });

  it('leaves what the server keeps of a stream that was deleted as it is, and goes on after it', async () => {
    const first = some(2);
    await on.store.append(on.stream, 'no-stream', first);
    await acts((client) => client.deleteStream(on.stream));
    const missing = { code: 'stream-not-found' };
    await expect(collect(on.store.read(on.stream))).rejects.toMatchObject(missing);
    // To the server these are the events that were there: whoever begins again needs new ids.
    expect(await on.store.append(on.stream, 'no-stream', first)).toMatchObject({ revision: 1 });
    await expect(collect(on.store.read(on.stream))).rejects.toMatchObject(missing);
    expect(await on.store.append(on.stream, 'no-stream', some(1))).toMatchObject({ revision: 2 });
    expect((await collect(on.store.read(on.stream))).map(({ revision }) => revision)).toEqual([2]);
    expect(await written(on.server.url, on.stream)).toEqual([
      ...[0, 1].map((revision) => `${on.stream} ${revision} SectionAnswered`),
      `$$${on.stream} 0 $metadata`,
      `${on.stream} 2 SectionAnswered`,
    ]);
  });

  it('refuses an event of ours that is no JSON', async () => {
    await acts((client) => client.appendToStream(on.stream, eventByHand('Scanned', new Uint8Array([1]))));
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
  expect(await written(fresh.url)).toEqual([
    'para71_probe 0 StoreProbed',
    ...[0, 1, 2].map((revision) => `report-1 ${revision} SectionAnswered`),
  ]);
  await fresh.stop();
});

/** Everything on the server, or all of it that is of one stream and its metadata. */
async function written(url: string, of = ''): Promise<string[]> {
  const found: string[] = [];
  await byHand(url, async (client) => {
    for await (const { event } of client.readAll()) {
      if (event?.streamId.endsWith(of)) found.push(`${event.streamId} ${event.revision} ${event.type}`);
    }
  });
  return found;
}
