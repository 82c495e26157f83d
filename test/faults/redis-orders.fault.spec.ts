import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RecordingClock } from '#commands';
import { openEventStore } from '#event-store';
import { type Mail, Outbox } from '#jobs';
import { recordAsSteps } from '#reference-data';
import { StandIn } from '../stand-in/stand-in.js';
import type { Api } from '../support/api.js';
import { MailServer } from '../support/mail-server.js';
import {
  contactsOf,
  ended,
  expectAskedOnce,
  officeOf,
  openRound,
  orderImport,
  orderRequests,
  organizationsNamed,
  underWay,
} from '../support/many-requests.js';
import { temporaryFolder } from '../support/product.js';
import { type App, compileProduct, ProductProcess } from '../support/product-process.js';
import { hasRedis, RedisServer } from '../support/redis.js';

const WITHIN_MS = 60_000;
const MANY = 60;
const NAMES = ['emptied', 'killed', 'lost', 'away'] as const;

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('an order whose queue forgets it (needs redis-server)', () => {
  const folders = [temporaryFolder(), temporaryFolder(), temporaryFolder()] as const;
  let server: StandIn;
  let redis: RedisServer;
  let mails: MailServer;
  let env: NodeJS.ProcessEnv;
  let node: ProductProcess & { api: Api };
  let workers: ProductProcess[] = [];

  beforeAll(async () => {
    compileProduct();
    [server, redis, mails] = await Promise.all([StandIn.start(), RedisServer.start([]), MailServer.start()]);
    const contacts = join(folders[0], 'contacts.json');
    writeFileSync(contacts, contactsOf(NAMES.flatMap((name) => organizationsNamed(name, MANY))));
    env = {
      EVENT_STORE_URL: server.url,
      REDIS_URL: `${redis.url}?volatile=accepted`,
      RECORD: 'none',
      MAIL_URL: mails.url,
      MAIL_CONTACTS: contacts,
    };
    node = await start('api', folders[0]);
    await openRound(node.api);
  }, 240_000);
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.signal('SIGKILL')));
    workers = [];
    mails.taken.length = 0;
  });
  afterAll(async () => {
    await node?.signal('SIGKILL');
    await Promise.all([server.stop(), redis.remove(), mails.close()]);
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  const start = (app: App, folder: string) => ProductProcess.start({ ...env, DATA_DIR: folder }, app);

  async function startWorkers(count = 2): Promise<void> {
    const started = folders.slice(1, 1 + count).map((folder) => start('worker', folder));
    workers.push(...(await Promise.all(started)));
  }

  async function killAndStart(): Promise<void> {
    await redis.kill();
    await delay(1_000);
    await redis.start();
  }

  /** All that Redis held is gone, and so is who was at it. */
  async function loseQueueAndWorkers(): Promise<void> {
    await Promise.all([redis.kill(), ...workers.map((worker) => worker.signal('SIGKILL'))]);
    workers = [];
    await redis.start();
  }

  /** As often as each was written to, by the time at which all were, and a while later. */
  async function expectWrittenOnce(organizations: readonly string[], end: number): Promise<void> {
    const taken = () => mails.taken.flatMap(({ to }) => to).sort();
    while (taken().length < organizations.length && Date.now() < end) await delay(20);
    // Long enough for a second one of each.
    await delay(3_000);
    expect(taken()).toEqual(organizations.map(officeOf).sort());
  }

  it.each<[string, (typeof NAMES)[number], () => Promise<void>]>([
    ['while it is under way', 'emptied', () => redis.empty()],
    ['because Redis dies and has kept nothing', 'killed', killAndStart],
  ])(
    '%s: all are asked once, and each letter goes once',
    async (_, name, happens) => {
      const organizations = organizationsNamed(name, MANY);
      await startWorkers();
      const job = await orderRequests(node.api, organizations);
      await underWay(node.api, job);
      await happens();
      const end = Date.now() + WITHIN_MS;
      expect(await ended(node.api, job, WITHIN_MS)).toMatchObject({
        state: 'completed',
        result: { asked: MANY, refused: 0 },
      });
      await expectAskedOnce(node.api, organizations);
      await expectWrittenOnce(organizations, end);
    },
    400_000,
  );

  it('together with all who were at it: others go on with it from the log', async () => {
    const organizations = organizationsNamed('lost', MANY);
    await startWorkers();
    const job = await orderRequests(node.api, organizations);
    await underWay(node.api, job);
    await loseQueueAndWorkers();
    const end = Date.now() + WITHIN_MS;
    await startWorkers();
    const status = await ended(node.api, job, WITHIN_MS);
    expect(status).toMatchObject({ state: 'completed', result: { asked: MANY, refused: 0 } });
    expect(status.attempt).toBeGreaterThan(1);
    await expectAskedOnce(node.api, organizations);
    // A letter whose sender died when the mail server may have had its end is not sent again, and says so.
    const letters = await lettersTo(organizations);
    const certain = letters.filter(({ phase }) => phase === 'sent');
    expect(letters).toHaveLength(MANY);
    expect(letters.every(({ phase }) => phase === 'sent' || phase === 'handed-over')).toBe(true);
    const taken = mails.taken.flatMap(({ to }) => to);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken).toEqual(expect.arrayContaining(certain.map(({ to }) => officeOf(organizationOf(to)))));
    expect(Date.now()).toBeLessThan(end);
  }, 400_000);

  it('is taken while there is no queue, and done once there is one', async () => {
    const organizations = organizationsNamed('away', MANY);
    await startWorkers();
    await redis.kill();
    const job = await orderRequests(node.api, organizations);
    await redis.start();
    expect(await ended(node.api, job, WITHIN_MS)).toMatchObject({ state: 'completed', result: { asked: MANY } });
    await expectAskedOnce(node.api, organizations);
  }, 400_000);

  it('is an import: others go on with it from the log, and what it recorded is counted once', async () => {
    await startWorkers(1);
    const job = await orderImport(node.api);
    await underWay(node.api, job);
    await loseQueueAndWorkers();
    await startWorkers(1);
    const total = recordAsSteps().length;
    expect(await ended(node.api, job, WITHIN_MS)).toMatchObject({
      state: 'completed',
      result: { total, recorded: total, repeated: 0, refused: 0 },
    });
  }, 400_000);

  /** Once each of them was sent, or may have been. */
  async function lettersTo(organizations: readonly string[]): Promise<readonly Mail[]> {
    const wanted = new Set(organizations);
    const store = await openEventStore(server.url);
    const outbox = new Outbox(store, new RecordingClock());
    try {
      for (const end = Date.now() + WITHIN_MS; ; await delay(100)) {
        const letters = (await outbox.all()).filter(({ to }) => wanted.has(organizationOf(to)));
        const isSettled = letters.length === MANY && letters.every(({ phase }) => phase !== 'prepared');
        if (isSettled || Date.now() > end) return letters;
      }
    } finally {
      await store.close();
    }
  }
});

const organizationOf = (to: Mail['to']) => ('organization' in to ? to.organization : '');
