import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { KurrentDbEventStore } from '#event-store';
import { readConfiguration } from '#operation';
import { byHand, eventByHand } from '../../../../test/stand-in/by-hand.js';
import { StandIn } from '../../../../test/stand-in/stand-in.js';
import { Refusal } from '../../../../test/stand-in/stand-in-log.js';
import type { StandInNode } from '../../../../test/stand-in/stand-in-node.js';
import { examineLog } from './log.js';

let server: StandIn;
let node: StandInNode;
beforeEach(async () => {
  server = await StandIn.start();
  node = server.nodes[0]!;
  node.faults = { version: '26.0.3' };
});
afterEach(() => server.stop());

async function examine(EVENT_STORE_URL = server.url) {
  const signal = new AbortController().signal;
  const { found } = await examineLog({
    configuration: readConfiguration({ EVENT_STORE_URL }),
    talk: { io: { signal }, progress: () => undefined } as unknown as Parameters<typeof examineLog>[0]['talk'],
    isQuick: false,
  });
  return found;
}

const statuses = async () => (await examine()).map((finding) => finding.status);
const fault = (what: RegExp, mend: RegExp) => ({
  about: 'log',
  status: 'fault',
  what: expect.stringMatching(what),
  mend: expect.stringMatching(mend),
});

const renamed = (recordedAt = '2026-01-15T09:30:00.000Z') => ({
  id: randomUUID(),
  type: 'OrganizationRenamed',
  data: { name: 'Example Registry', reason: 'Example' },
  metadata: { recordedAt, v: '1' },
});

async function append(...events: ReturnType<typeof renamed>[]): Promise<void> {
  const store = await KurrentDbEventStore.open(server.url);
  await store.append('organization-a', 'no-stream', events);
  await store.close();
}

describe('para71 doctor, of a log on KurrentDB', () => {
  it('reads it through, and names server and version', async () => {
    await append(renamed(), renamed());
    expect(await examine()).toEqual([
      {
        about: 'log',
        status: 'ok',
        what: `KurrentDB or EventStoreDB 26.0.3 at 127.0.0.1:${node.port}: can be read and written`,
      },
      { about: 'log', status: 'ok', what: '2 events of 1 stream read' },
    ]);
  });

  it.each(['24.10', '24.10.14', '26.0.0', '26.0.3'])('is content with the LTS %s', async (version) => {
    node.faults = { version };
    expect(await statuses()).toEqual(['ok', 'ok']);
  });

  it.each(['23.10.1', '24.6.0', '25.0.1', '25.1.0', '26.1.0', '27.0.0'])(
    'warns of %s, which is no LTS that is supported, and names those that are',
    async (version) => {
      node.faults = { version };
      expect(await examine()).toEqual([
        {
          about: 'log',
          status: 'warning',
          what: expect.stringContaining(`EventStoreDB ${version} at`),
          mend: 'Use 24.10 LTS or 26.0 LTS',
        },
        expect.objectContaining({ status: 'ok' }),
      ]);
    },
  );

  it('says that it does not answer', async () => {
    node.die();
    expect(await examine()).toEqual([
      fault(/cannot be used: .*Check that it runs and can be reached/, /^Do what it says/),
    ]);
    await node.start();
  }, 30_000);

  it('says which grant its user lacks', async () => {
    node.faults = {
      before: async (call) => {
        if (call === 'read-all') throw new Refusal('access-denied');
      },
    };
    expect(await examine()).toEqual([
      fault(/reading the log fails .*set the metadata of \$all to/, /^Do what it says/),
    ]);
  });

  it('says that a server is too old to be used at all', async () => {
    node.faults = { cannot: 'batchappend' };
    expect(await examine()).toEqual([fault(/Use a server of 24\.10 or later/, /^Do what it says/)]);
  });

  it.each([
    ['a password that would have to be encoded', 'kurrentdb://para71:p%40ss@one', /Give the user such a password/],
    ['an authority whose file is not there', 'kurrentdb://one?tlsCaFile=/nowhere/ca.pem', /no file \/nowhere\/ca\.pem/],
  ])('says what is wrong with %s', async (_, url, what) => {
    expect(await examine(url)).toEqual([fault(what, /^Do what it says/)]);
  });

  it('says that the log breaks off while it is read', async () => {
    await append(renamed());
    let calls = 0;
    node.faults = {
      before: async (call) => {
        // The first is the trial at the start, the second looks for keys of persons.
        if (call === 'read-all' && ++calls > 1) throw new Refusal('access-denied');
      },
    };
    expect(await examine()).toEqual([
      fault(/^The log cannot be read through: KurrentDB refuses \$all to this user/, /^See to where it is kept/),
    ]);
  });

  it('finds events that others have put into a stream of ours: its own, and of types that nobody knows', async () => {
    const events = [eventByHand('$by-hand'), eventByHand('By hand')];
    await byHand(server.url, (client) => client.appendToStream('organization-a', events));
    expect((await examine()).slice(2)).toEqual([
      fault(/Events are missing: organization-a goes from revision -1 to 1/, /^Restore the log from a backup/),
      fault(/^By hand: /, /^Run the edition that wrote it/),
    ]);
  });

  it('finds an event that no edition of ours can have written', async () => {
    const scanned = eventByHand('Scanned', new Uint8Array([1]));
    await byHand(server.url, (client) => client.appendToStream('organization-a', scanned));
    expect(await examine()).toEqual([fault(/was not written by Para 71: it is not JSON/, /^See to where it is kept/)]);
  });

  it('finds times that go back', async () => {
    await append(renamed(), renamed('2025-01-15T09:30:00.000Z'));
    expect((await examine()).slice(2)).toEqual([
      {
        about: 'log',
        status: 'warning',
        what: expect.stringMatching(/^1 event recorded earlier than one before/),
        mend: expect.stringMatching(/NTP/),
      },
    ]);
  });
});
