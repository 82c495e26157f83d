import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type EventStore,
  KurrentDbEventStore,
  type NewEvent,
  type RecordedEvent,
  SqliteEventStore,
} from '#event-store';
import { markedRelevant, profileRevised, registered, renamed } from '#testing';
import { StandIn } from '../stand-in/stand-in.js';
import { type CliProcess, runCli } from '../support/cli-process.js';
import { compileProduct } from '../support/product-process.js';
import { temporaryFolder } from '../support/product.js';

const LONG = 300_000;

let folder: string;
let server: StandIn;
let source: string;
let original: Omit<RecordedEvent, 'position'>[];

beforeAll(async () => {
  folder = temporaryFolder();
  compileProduct();
  server = await StandIn.start();
  const env = { DATA_DIR: join(folder, 'source') };
  expect(await runCli(['import'], env).ended).toMatchObject({ code: 0 });
  source = `sqlite:${join(folder, 'source', 'events.sqlite')}`;
  await reviseSome();
  original = await inFile('source');
}, LONG);

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the record lacks: several events of one command, later ones of a stream that is there, a stream that is not public. */
async function reviseSome(): Promise<void> {
  const store = SqliteEventStore.open(join(folder, 'source', 'events.sqlite'));
  const told = ({ type, data }: { type: string; data: object }, commandId: string): NewEvent => ({
    id: randomUUID(),
    type,
    data: data as NewEvent['data'],
    metadata: { actor: 'example-secretariat', commandId, recordedAt: new Date().toISOString(), v: '1' },
  });
  const example = 'organization-example-registry';
  await store.append(example, 'no-stream', [told(registered(), 'first'), told(markedRelevant(), 'first')]);
  await store.append(`mail-${randomUUID()}`, 'no-stream', [
    told({ type: 'MailQueued', data: { to: 'nobody' } }, 'mail'),
  ]);
  await store.append(example, 1, [told(profileRevised(), 'second')]);
  await store.append(example, 2, [told(renamed(), 'third')]);
  await store.close();
}

async function all(store: EventStore): Promise<Omit<RecordedEvent, 'position'>[]> {
  try {
    const events: Omit<RecordedEvent, 'position'>[] = [];
    for await (const { position: _, ...event } of store.readAll()) events.push(event);
    return events;
  } finally {
    await store.close();
  }
}

const inFile = (name: string) => all(SqliteEventStore.open(join(folder, name, 'events.sqlite')));
const onServer = async () => all(await KurrentDbEventStore.open(server.url));

/** What views tell that are built of a log by themselves. */
async function toldBy(env: NodeJS.ProcessEnv): Promise<{ sequences: number; digest: string }> {
  const { output, errors } = await runCli(['rebuild', '--digest', '--json'], env).ended;
  if (output === '') throw new Error(errors);
  const { events, digest } = JSON.parse(output) as { events: number; digest: string };
  return { sequences: events, digest };
}

/** Does it to the process when the server is asked for the nth append from now on, the trial at its start not counted. */
function atAppend(n: number, running: CliProcess, what: (running: CliProcess) => void): void {
  let appends = 0;
  server.nodes[0]!.faults = {
    before: async (call) => {
      if (call === 'append' && ++appends === n + 1) what(running);
    },
  };
}

describe('para71 migrate', () => {
  it(
    'killed and interrupted on its way to a server goes on, and back in a file all is as it was',
    async () => {
      const there = ['migrate', '--from', source, '--to', server.url, '--json'];
      const told = await toldBy({ DATA_DIR: join(folder, 'source') });
      expect(told).toEqual({ sequences: expect.any(Number), digest: expect.stringMatching(/^[0-9a-f]{64}$/) });

      const killed = runCli(there);
      atAppend(100, killed, (running) => running.signal('SIGKILL'));
      expect(await killed.ended).toMatchObject({ code: null, output: '' });
      const afterKill = (await onServer()).length;
      expect(afterKill).toBeGreaterThanOrEqual(99);
      expect(afterKill).toBeLessThan(original.length);

      const interrupted = runCli(there);
      atAppend(100, interrupted, (running) => running.signal('SIGINT'));
      expect(await interrupted.ended).toMatchObject({
        code: 130,
        output: '',
        errors: expect.stringMatching(/goes on from there/),
      });
      const afterInterrupt = (await onServer()).length;
      expect(afterInterrupt).toBeGreaterThan(afterKill);
      expect(afterInterrupt).toBeLessThan(original.length);
      server.nodes[0]!.faults = {};

      const finished = await runCli(there).ended;
      expect(finished).toMatchObject({ code: 0 });
      const first = JSON.parse(finished.output) as { sha256: string };
      expect(first).toMatchObject({ ...told, events: original.length, alreadyThere: afterInterrupt, grown: false });
      expect(await onServer()).toEqual(original);
      expect(await toldBy({ DATA_DIR: join(folder, 'beside-server'), EVENT_STORE_URL: server.url })).toEqual(told);

      const back = `sqlite:${join(folder, 'back', 'events.sqlite')}`;
      const returned = await runCli(['migrate', '--from', server.url, '--to', back, '--json']).ended;
      expect(returned).toMatchObject({ code: 0 });
      const { sha256 } = first;
      expect(JSON.parse(returned.output)).toMatchObject({ ...told, sha256, events: original.length });
      expect(await inFile('back')).toEqual(original);
      expect(await toldBy({ DATA_DIR: join(folder, 'back') })).toEqual(told);
    },
    LONG,
  );

  it(
    'refuses a server that holds anything else, and leaves it as it is',
    async () => {
      const other = await StandIn.start();
      try {
        const store = await KurrentDbEventStore.open(other.url);
        const foreign = { id: randomUUID(), type: 'OrderPlaced', data: { of: 'somebody \u001b[2Jelse' }, metadata: {} };
        await store.append('order-1', 'no-stream', [foreign]);
        const refused = await runCli(['migrate', '--from', source, '--to', other.url]).ended;
        expect(refused).toMatchObject({ code: 1, output: '' });
        expect(refused.errors).toMatch(/holds another log, and nothing was written/);
        expect((await all(store)).map(({ id }) => id)).toEqual([foreign.id]);
      } finally {
        await other.stop();
      }
    },
    LONG,
  );

  it(
    'refuses a log that a server has, and says what to do',
    async () => {
      const owner = SqliteEventStore.open(join(folder, 'source', 'events.sqlite'));
      try {
        const refused = await runCli(['migrate', '--from', source, '--to', `sqlite:${join(folder, 'no.sqlite')}`])
          .ended;
        expect(refused).toMatchObject({
          code: 1,
          output: '',
          errors: expect.stringMatching(/in use by process \d+.*Stop it first/),
        });
      } finally {
        await owner.close();
      }
    },
    LONG,
  );
});
