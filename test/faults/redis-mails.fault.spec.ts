import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfiguration } from '#operation';
import { type RunningWorker, startWorker } from '../../apps/worker/src/worker.js';
import { StandIn } from '../stand-in/stand-in.js';
import { MailServer } from '../support/mail-server.js';
import { type RunningProduct, runProduct, temporaryFolder } from '../support/product.js';
import { hasRedis, RedisServer } from '../support/redis.js';

const DAY_MS = 86_400_000;
const WITHIN_MS = 60_000;
const ORGANIZATIONS = Array.from({ length: 30 }, (_, n) => `example-union-${n}`);

/** One day and no other, however near midnight it is begun. */
const BEGAN = Date.now();
const dayIn = (days: number) => new Date(BEGAN + days * DAY_MS).toISOString().slice(0, 10);

const TOLD_AFTER_MS = 2_500;
/** How many mails were taken when it happens: of the last of them its sender has not been told. */
const WHEN = [5, 15];

interface Way {
  readonly what: string;
  readonly options?: readonly string[];
  readonly query?: string;
  readonly happens: (redis: RedisServer) => Promise<void>;
}

async function killedAndStarted(redis: RedisServer): Promise<void> {
  await redis.kill();
  // Longer than a job is in the hands of a worker that is not heard of.
  await delay(1_500);
  await redis.start();
}

const WAYS: readonly Way[] = [
  { what: 'is emptied', happens: (redis) => redis.empty() },
  { what: 'is killed, and has kept what it was told', happens: killedAndStarted },
  {
    what: 'is killed, and has kept nothing',
    options: [],
    query: '?volatile=accepted',
    happens: killedAndStarted,
  },
];

const describeEachWithRedis = hasRedis ? describe.each(WAYS) : describe.skip.each(WAYS);

describeEachWithRedis('reminders while Redis $what, and two workers run (needs redis-server)', (way) => {
  const folders = [temporaryFolder(), temporaryFolder(), temporaryFolder()] as const;
  let server: StandIn;
  let redis: RedisServer;
  let mails: MailServer;
  let product: RunningProduct;
  const workers: RunningWorker[] = [];

  beforeAll(async () => {
    [server, redis, mails] = await Promise.all([StandIn.start(), RedisServer.start(way.options), MailServer.start()]);
    const contacts = join(folders[0], 'contacts.json');
    const addresses = ORGANIZATIONS.map((organization) => [organization, [`office@${organization}.example`]]);
    writeFileSync(contacts, JSON.stringify(Object.fromEntries(addresses)));
    const env = {
      EVENT_STORE_URL: server.url,
      REDIS_URL: `${redis.url}${way.query ?? ''}`,
      WORKER_PORT: '0',
      PEOPLE: 'off',
      MAIL_URL: mails.url,
      MAIL_CONTACTS: contacts,
      REMINDER_DAYS: '-1',
    };
    product = await runProduct({ dataDir: folders[0], env });
    await askAll();
    // To the workers it is noon in two days: what is planned for tomorrow is due.
    const now = () => Date.parse(`${dayIn(2)}T12:00:00Z`) + Date.now() - BEGAN;
    for (const folder of folders.slice(1)) {
      // So few at once that most of them wait in Redis when it happens; and who is not heard of is soon taken for dead.
      const queue = { concurrency: 2, lockMs: 1_000, stalledEveryMs: 500 };
      const options = { version: '0.0.0-test', now, queue };
      workers.push(await startWorker(readConfiguration({ ...env, DATA_DIR: folder }), options));
    }
  }, 60_000);

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await product?.remove();
    await Promise.all([server.stop(), redis.remove(), mails.close()]);
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  async function askAll(): Promise<void> {
    const sources = [{ title: 'Minutes of the example council', confidence: 'found' }];
    const cycle = '/api/cycles/ec-performance/2026';
    await product.api.record('PUT', '/api/organizations/example-secretariat', {
      name: 'Example Secretariat',
      profile: { kind: 'ACADEMIC', description: 'An example.' },
      sources,
    });
    await product.api.record('PUT', cycle, {
      title: 'Example round',
      requester: 'example-secretariat',
      opensOn: dayIn(-1),
      dueOn: dayIn(2),
      sources,
    });
    for (const organization of ORGANIZATIONS) {
      const at = `/api/organizations/${organization}`;
      const profile = { kind: 'ACADEMIC', description: 'An example.' };
      await product.api.record('PUT', at, { name: organization, profile, sources });
      await product.api.record('POST', `/api/reports/ec-performance/2026/${organization}/request`, {
        requester: 'example-secretariat',
        on: dayIn(0),
        confidence: 'found',
        deadline: dayIn(2),
        sources,
      });
    }
  }

  it(`go out once each, within ${WITHIN_MS / 1_000} s of the last time`, async () => {
    let end = Date.now() + WITHIN_MS;
    let happened = 0;
    mails.onTaken = async () => {
      if (!WHEN.includes(mails.taken.length)) return;
      await way.happens(redis);
      end = Date.now() + WITHIN_MS;
      // Its sender is told only after another one may have been given the same mail.
      await delay(TOLD_AFTER_MS);
      happened++;
    };
    while (mails.taken.length < ORGANIZATIONS.length) {
      if (Date.now() > end)
        throw new Error(`${mails.taken.length} of ${ORGANIZATIONS.length} mails in ${WITHIN_MS} ms`);
      await delay(5);
    }
    // Long enough for a second one of each: what was in the hands of a worker is given to another by then.
    await delay(3_000);
    const recipients = mails.taken.flatMap(({ to }) => to);
    expect(recipients.sort()).toEqual(ORGANIZATIONS.map((organization) => `office@${organization}.example`).sort());
    expect(happened).toBe(WHEN.length);
  }, 400_000);
});
