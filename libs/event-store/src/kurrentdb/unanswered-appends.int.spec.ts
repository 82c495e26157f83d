import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { Proxy } from '../../../../test/stand-in/proxy.js';
import { Refusal } from '../../../../test/stand-in/stand-in-log.js';
import {
  BOUNDED,
  BUSY_MS,
  CALL_MS,
  never,
  StoreOnStandIn,
  unavailable,
} from '../../../../test/stand-in/store-on-stand-in.js';
import { some } from '../contract/stage.contract.js';
import { KurrentDbEventStore } from './kurrentdb-event-store.js';

const on = StoreOnStandIn.forEachTest();

describe('an append without an answer', () => {
  it('is repeated, and found to have been written', async () => {
    const events = some(2);
    on.node.faults = {
      afterAppend: () => {
        on.node.faults = {};
        return never();
      },
    };
    expect(await on.store.append(on.stream, 'no-stream', events)).toMatchObject({ revision: 1 });
    expect(await on.ids()).toEqual(events.map(({ id }) => id));
  });

  it('is repeated, and written', async () => {
    on.once('append', never);
    expect(await on.store.append(on.stream, 'no-stream', some(1))).toMatchObject({ revision: 0 });
    expect(await on.ids()).toHaveLength(1);
  });

  it('is repeated when the server ended the stream of appends as if all were done', async () => {
    on.once('append', async () => {
      on.node.endStreams();
      await never();
    });
    expect(await on.store.append(on.stream, 'no-stream', some(1))).toMatchObject({ revision: 0 });
  });

  it('is repeated while the server says only that it does not know, as in an election', async () => {
    let left = 3;
    on.node.faults = {
      before: async () => {
        if (left-- > 0) throw new Refusal('unknown');
      },
    };
    expect(await on.store.append(on.stream, 'no-stream', some(1))).toMatchObject({ revision: 0 });
    expect(await on.ids()).toHaveLength(1);
  });

  it('is lost to another who wrote meanwhile, and says so', async () => {
    const other = await on.open();
    on.once('append', async () => {
      await other.append(on.stream, 'no-stream', some(3));
      await never();
    });
    await expect(on.store.append(on.stream, 'no-stream', some(1))).rejects.toMatchObject({
      message: `${on.stream} is at revision 2, expected no-stream`,
      actual: 2,
    });
  });

  it('does not end the process when many more wait than the connection takes, and it breaks', async () => {
    const proxy = await Proxy.start(on.node.port);
    const behind = await KurrentDbEventStore.open(`kurrentdb://127.0.0.1:${proxy.port}?tls=false`);
    await behind.append(on.stream, 'no-stream', some(1));
    proxy.halfOpen();
    const large = () => [{ ...some(1)[0]!, data: { text: 'x'.repeat(50_000) } }];
    const appends = Array.from({ length: 64 }, (_, i) => behind.append(`${on.stream}-${i}`, 'no-stream', large()));
    await delay(200);
    proxy.cut();
    for (const { revision } of await Promise.all(appends)) expect(revision).toBe(0);
    await behind.close();
    await proxy.stop();
  });

  it('is not among the first that a new client makes, however many these are', async () => {
    const fresh = await on.open(on.server.url, { attemptMs: 5_000 });
    const first = Array.from({ length: 300 }, (_, n) => fresh.append(`${on.stream}-${n}`, 'no-stream', some(1)));
    expect(new Set((await Promise.all(first)).map(({ position }) => position)).size).toBe(300);
  });

  it.each(BOUNDED)('ends within the time of a call, %s, and the same append finds out later', async (_, bounds) => {
    const events = some(1);
    const bounded = await on.open(on.server.url, bounds);
    on.node.faults = { afterAppend: never };
    const began = performance.now();
    await expect(bounded.append(on.stream, 'no-stream', events)).rejects.toEqual(
      unavailable(/does not answer .* not known whether .* repeated, finds out/),
    );
    expect(performance.now() - began).toBeLessThan(CALL_MS + BUSY_MS);
    on.node.faults = {};
    expect(await on.store.append(on.stream, 'no-stream', events)).toMatchObject({ revision: 0 });
  });

  it('does not keep the store from closing where the server has ended its stream of appends', async () => {
    on.once('append', async () => {
      on.node.endStreams();
      await never();
    });
    const append = on.store.append(on.stream, 'no-stream', some(1));
    await on.store.close();
    await append;
  });
});
