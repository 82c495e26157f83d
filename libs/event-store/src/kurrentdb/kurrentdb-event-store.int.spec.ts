import { status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { binaryEvent, jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { failure } from '../../../../test/stand-in/messages.js';
import { Proxy } from '../../../../test/stand-in/proxy.js';
import { CA_FILE, StandIn } from '../../../../test/stand-in/stand-in.js';
import { Refusal } from '../../../../test/stand-in/stand-in-log.js';
import type { Call, StandInNode } from '../../../../test/stand-in/stand-in-node.js';
import { eventStoreContract } from '../event-store.contract.js';
import type { NewEvent } from '../event-store.js';
import { KurrentDbEventStore } from './kurrentdb-event-store.js';

let server: StandIn;
beforeAll(async () => {
  server = await StandIn.start();
});
afterAll(() => server.stop());

eventStoreContract('KurrentDbEventStore', async () => {
  let store = await KurrentDbEventStore.open(server.url);
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await KurrentDbEventStore.open(server.url));
    },
    close: () => store.close(),
  };
});

describe('KurrentDbEventStore', () => {
  const ATTEMPT_MS = 300;
  const CALL_MS = 1_500;
  let node: StandInNode;
  let store: KurrentDbEventStore;
  let stream: string;
  let opened: KurrentDbEventStore[];
  const open = async (url = server.url) => {
    const another = await KurrentDbEventStore.open(url, { attemptMs: ATTEMPT_MS, callMs: CALL_MS, idleMs: 400 });
    opened.push(another);
    return another;
  };
  const tool = () => KurrentDBClient.connectionString(server.url);

  beforeEach(async () => {
    node = server.nodes[0]!;
    opened = [];
    store = await open();
    stream = `c${randomUUID().replaceAll('-', '')}-1`;
  });
  afterEach(async () => {
    node.faults = {};
    for (const each of opened) await each.close();
  });

  const unavailable = (message: RegExp) =>
    expect.objectContaining({ code: 'store-unavailable', message: expect.stringMatching(message) });
  const idsIn = async (of = stream) => (await collect(store.read(of))).map(({ id }) => id);
  const never = () => new Promise<never>(() => {});
  /** The first call of this kind meets the fault, later ones do not. */
  const once = (kind: Call, fault: () => Promise<void>) => {
    node.faults = {
      before: async (call) => {
        if (call !== kind) return;
        node.faults = {};
        await fault();
      },
    };
  };

  describe('an append without an answer', () => {
    it('is repeated, and found to have been written', async () => {
      const events = some(2);
      node.faults = {
        afterAppend: () => {
          node.faults = {};
          return never();
        },
      };
      expect(await store.append(stream, 'no-stream', events)).toMatchObject({ revision: 1 });
      expect(await idsIn()).toEqual(events.map(({ id }) => id));
    });

    it('is repeated, and written', async () => {
      once('append', never);
      expect(await store.append(stream, 'no-stream', some(1))).toMatchObject({ revision: 0 });
      expect(await idsIn()).toHaveLength(1);
    });

    it('is repeated when the server ended the stream of appends as if all were done', async () => {
      once('append', async () => {
        node.endStreams();
        await never();
      });
      expect(await store.append(stream, 'no-stream', some(1))).toMatchObject({ revision: 0 });
    });

    it('is repeated while the server says only that it does not know, as in an election', async () => {
      let left = 3;
      node.faults = {
        before: async () => {
          if (left-- > 0) throw new Refusal('unknown');
        },
      };
      expect(await store.append(stream, 'no-stream', some(1))).toMatchObject({ revision: 0 });
      expect(await idsIn()).toHaveLength(1);
    });

    it('is lost to another who wrote meanwhile, and says so', async () => {
      const other = await open();
      once('append', async () => {
        await other.append(stream, 'no-stream', some(3));
        await never();
      });
      await expect(store.append(stream, 'no-stream', some(1))).rejects.toMatchObject({
        message: `${stream} is at revision 2, expected no-stream`,
        actual: 2,
      });
    });

    it('does not end the process when many more wait than the connection takes, and it breaks', async () => {
      const proxy = await Proxy.start(node.port);
      const behind = await KurrentDbEventStore.open(`kurrentdb://127.0.0.1:${proxy.port}?tls=false`);
      await behind.append(stream, 'no-stream', some(1));
      proxy.halfOpen();
      const large = () => [{ ...some(1)[0]!, data: { text: 'x'.repeat(50_000) } }];
      const appends = Array.from({ length: 64 }, (_, i) => behind.append(`${stream}-${i}`, 'no-stream', large()));
      await delay(200);
      proxy.cut();
      for (const { revision } of await Promise.all(appends)) expect(revision).toBe(0);
      await behind.close();
      await proxy.stop();
    });

    it('ends within the time of a call, and the same append finds out later', async () => {
      const events = some(1);
      node.faults = { afterAppend: never };
      const began = performance.now();
      await expect(store.append(stream, 'no-stream', events)).rejects.toEqual(
        unavailable(/does not answer .* not known whether .* repeated, finds out/),
      );
      expect(performance.now() - began).toBeLessThan(CALL_MS + 200);
      node.faults = {};
      expect(await store.append(stream, 'no-stream', events)).toMatchObject({ revision: 0 });
    });
  });

  describe('a read without an answer', () => {
    it('is tried again with another client', async () => {
      await store.append(stream, 'no-stream', some(3));
      once('read', never);
      expect(await idsIn()).toHaveLength(3);
      once('read', async () => {
        throw failure(status.UNAVAILABLE, 'Server Is Not Ready');
      });
      expect(await idsIn()).toHaveLength(3);
    });

    describe('of the whole log', () => {
      const COUNT = 3_500;
      const category = () => stream.split('-')[0]!;
      const revisions = async (of: AsyncIterable<readonly { revision: number }[]>) => {
        const found: number[] = [];
        for await (const page of of) {
          expect(page.length).toBeLessThanOrEqual(1_000);
          found.push(...page.map(({ revision }) => revision));
        }
        return found;
      };
      const expected = Array.from({ length: COUNT }, (_, n) => n);
      /** Of its own, as so much, and what is no JSON, would be in the way of others. */
      let apart: StandIn;
      /** Gives a busy machine the time that so much takes. */
      let patient: KurrentDbEventStore;
      beforeAll(async () => {
        apart = await StandIn.start();
      });
      afterAll(() => apart.stop());
      beforeEach(async () => {
        node = apart.nodes[0]!;
        patient = await KurrentDbEventStore.open(apart.url, { attemptMs: 1_500 });
        opened.push(patient);
        await patient.append(stream, 'no-stream', some(COUNT));
      }, 20_000);

      it.each<[string, (events: number) => Promise<void>]>([
        ['nothing happens', async () => {}],
        ['the subscription that it goes through is never confirmed', async () => once('subscribe', never)],
        [
          'the server ends that subscription',
          async (events) => {
            if (events === 1_000) node.faults = { beforeEvent: async () => void setImmediate(() => node.endStreams()) };
            else node.faults = {};
          },
        ],
        ['the server dies', async (events) => (events === 2_000 ? (node.die(), await node.start()) : undefined)],
      ])(
        'has every event once, in order, although %s',
        async (_, happen) => {
          let events = 0;
          const pages = async function* () {
            for await (const page of patient.readPages({ categories: [category()] })) {
              await happen((events += page.length));
              yield page;
            }
          };
          expect(await revisions(pages())).toEqual(expected);
        },
        20_000,
      );

      it('refuses an event of ours that is no JSON, wherever it stands', async () => {
        const client = KurrentDBClient.connectionString(apart.url);
        await client.appendToStream(`${category()}-2`, binaryEvent({ type: 'Scanned', data: new Uint8Array([1]) }));
        await client.dispose();
        await expect(collect(patient.readAll({ categories: [category()] }))).rejects.toEqual(
          unavailable(/was not written by Para 71/),
        );
      });
    });

    it('ends within the time of a call', async () => {
      node.faults = { before: never };
      const began = performance.now();
      await expect(collect(store.read(stream))).rejects.toEqual(unavailable(/does not answer \(TimedOut/));
      await expect(collect(store.readAll())).rejects.toEqual(unavailable(/does not answer/));
      expect(performance.now() - began).toBeLessThan(2 * CALL_MS + 400);
    });

    it('ends, too, when it asks for a position that the server never gave', async () => {
      const { position } = await store.append(stream, 'no-stream', some(1));
      const [commit] = position.split('/').map(BigInt);
      const after = `${commit! - 1n}/${commit! - 1n}`;
      await expect(collect(store.readAll({ after }))).rejects.toEqual(unavailable(/does not answer/));
      await expect(collect(store.subscribe({ after }))).rejects.toEqual(unavailable(/refuses/));
    });

    it.each(['1', '1/', '/1', '1/2', '-1/-1', '1/1/1', '99999999999999999999/1', ' 1/1'])(
      'is not even begun for the position %j',
      async (after) => {
        await expect(collect(store.readAll({ after }))).rejects.toMatchObject({ code: 'bad-read' });
        await expect(collect(store.subscribe({ after }))).rejects.toMatchObject({ code: 'bad-read' });
      },
    );
  });

  describe('a subscription', () => {
    const follow = (of = store) => {
      const stop = new AbortController();
      const steps: (number | 'caught up')[] = [];
      const categories = [stream.split('-')[0]!];
      const ended = (async () => {
        for await (const step of of.subscribe({ categories, signal: stop.signal })) {
          steps.push('caughtUp' in step ? 'caught up' : step.revision);
        }
      })();
      return { steps, stop: () => (stop.abort(), ended) };
    };

    it.each<[string, () => Promise<void>]>([
      ['the server ends it', async () => node.endStreams()],
      ['the server dies and comes back', async () => (node.die(), node.start())],
    ])('goes on after its last event when %s', async (_, happen) => {
      const { steps, stop } = follow();
      await store.append(stream, 'no-stream', some(2));
      await until(() => steps.includes(1));
      await happen();
      await store.append(stream, 1, some(2));
      await until(() => steps.includes(3));
      await stop();
      expect(steps.filter((step) => step !== 'caught up')).toEqual([0, 1, 2, 3]);
    });

    it('is begun again when the server does not confirm it', async () => {
      await store.append(stream, 'no-stream', some(1));
      once('subscribe', never);
      const { steps, stop } = follow();
      await until(() => steps.includes('caught up'));
      await stop();
      expect(steps).toEqual([0, 'caught up']);
    });

    it('is begun again when it falls silent while the log has more', async () => {
      const { steps, stop } = follow();
      await until(() => steps.includes('caught up'));
      node.faults = { beforeEvent: never };
      await store.append(stream, 'no-stream', some(2));
      await delay(200);
      node.faults = {};
      await until(() => steps.includes(1));
      await stop();
      expect(steps.filter((step) => step !== 'caught up')).toEqual([0, 1]);
    });

    it('is begun again when its connection is dead without anyone saying so', async () => {
      const proxy = await Proxy.start(node.port);
      const behind = await open(`kurrentdb://127.0.0.1:${proxy.port}?tls=false`);
      const { steps, stop } = follow(behind);
      await until(() => steps.includes('caught up'));
      proxy.halfOpen();
      await store.append(stream, 'no-stream', some(2));
      await until(() => steps.includes(1), 5_000);
      await stop();
      await behind.close();
      await proxy.stop();
      expect(steps.filter((step) => step !== 'caught up')).toEqual([0, 1]);
    });

    it('has caught up only when all is read that the server sent before it said so', async () => {
      await store.append(stream, 'no-stream', some(1_500));
      let read = 0;
      for await (const step of store.subscribe({ categories: [stream.split('-')[0]!] })) {
        if ('caughtUp' in step) break;
        if (read++ % 100 === 0) await delay(20);
      }
      expect(read).toBe(1_500);
    });
  });

  describe('what others do on the server', () => {
    // It reads all that the tests before it have written.
    it('shows none of its own events', async () => {
      const client = tool();
      await store.append(stream, 'no-stream', some(2));
      await client.setStreamMetadata(stream, { owner: 'Example Registry' });
      await client.appendToStream(`$${stream}`, jsonEvent({ type: 'Elsewhere', data: {} }));
      await client.appendToStream(`${stream} elsewhere`, jsonEvent({ type: 'Elsewhere', data: {} }));
      const last = await store.append(stream, 1, some(1));
      await client.tombstoneStream(stream);
      await client.dispose();

      const log = await collect(store.readAll());
      expect(log.filter((event) => event.stream.includes(stream)).map(({ revision }) => revision)).toEqual([0, 1, 2]);
      expect(log.filter((event) => event.type !== 'SectionAnswered' && event.stream.includes(stream))).toEqual([]);
      expect(await collect(store.readAll({ after: last.position, categories: [stream.split('-')[0]!] }))).toEqual([]);
    }, 20_000);

    it('says that a stream was deleted for ever', async () => {
      const client = tool();
      await store.append(stream, 'no-stream', some(2));
      await client.tombstoneStream(stream);
      await client.dispose();
      const deleted = expect.objectContaining({ code: 'stream-deleted', stream });
      await expect(collect(store.read(stream))).rejects.toEqual(deleted);
      await expect(store.append(stream, 1, some(1))).rejects.toEqual(deleted);
    });

    it('refuses an event of ours that is no JSON', async () => {
      const client = tool();
      await client.appendToStream(stream, binaryEvent({ type: 'Scanned', data: new Uint8Array([1]) }));
      await client.dispose();
      const refused = unavailable(/was not written by Para 71/);
      await expect(collect(store.read(stream))).rejects.toEqual(refused);
      await expect(collect(store.subscribe({ categories: [stream.split('-')[0]!] }))).rejects.toEqual(refused);
    });
  });

  describe('opening', () => {
    it('leaves no trace in the record', async () => {
      const fresh = await StandIn.start();
      const first = await open(fresh.url);
      const second = await open(fresh.url);
      expect(await collect(first.readAll())).toEqual([]);
      await first.close();
      await second.close();
      await fresh.stop();
    });

    it('takes the older name of the scheme', async () => {
      await open(server.url.replace('kurrentdb:', 'esdb:'));
    });

    it('says that the server cannot be reached', async () => {
      await expect(open('kurrentdb://127.0.0.1:1?tls=false')).rejects.toEqual(
        unavailable(/^KurrentDB at 127\.0\.0\.1:1 cannot be used: .*reading a stream fails.*Check that it runs/),
      );
    });

    it('says that a server is too old that does not take appends in one stream', async () => {
      node.faults = { cannot: 'batchappend' };
      await expect(open()).rejects.toEqual(
        unavailable(/cannot be used: appending to a stream fails .*Use a server of 24\.10 or later/),
      );
    });

    it('says that the service user may not read the log, and which grant it needs', async () => {
      node.faults = {
        before: async (call) => {
          if (call === 'read-all') throw new Refusal('access-denied');
        },
      };
      await expect(open()).rejects.toEqual(
        unavailable(/cannot be used: reading the log fails \(access-denied.*set the metadata of \$all to/),
      );
    });

    it.each([
      ['read', 'reading a stream'],
      ['append', 'appending to a stream'],
    ] as const)('says that to %s is denied, and to check user and password', async (kind, what) => {
      node.faults = {
        before: async (call) => {
          if (call === kind) throw new Refusal('access-denied');
        },
      };
      await expect(open()).rejects.toEqual(
        unavailable(new RegExp(`cannot be used: ${what} fails \\(access-denied.*Check user and password`)),
      );
    });

    it('trusts the authority that it is given, and asks for one otherwise', async () => {
      const secure = await StandIn.start({ tls: true });
      const url = secure.url.replace('127.0.0.1', 'localhost');
      const trusting = await open(`${url}&tlsCaFile=${CA_FILE}`);
      await trusting.append(stream, 'no-stream', some(1));
      expect(await collect(trusting.read(stream))).toHaveLength(1);
      await expect(open(url)).rejects.toEqual(unavailable(/tlsCaFile=<path>/));
      await trusting.close();
      await secure.stop();
    });
  });

  it('closes although the server has ended its stream of appends', async () => {
    once('append', async () => {
      node.endStreams();
      await never();
    });
    const append = store.append(stream, 'no-stream', some(1));
    const began = performance.now();
    await store.close();
    await append;
    expect(performance.now() - began).toBeLessThan(CALL_MS + 1_200);
  });
});

const some = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => ({ id: randomUUID(), type: 'SectionAnswered', data: { n }, metadata: {} }));

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function until(condition: () => boolean, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Still not so after ${ms} ms: ${condition.toString()}`);
    await delay(5);
  }
}
