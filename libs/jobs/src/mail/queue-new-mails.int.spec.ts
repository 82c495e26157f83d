import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { RecordingClock } from '#commands';
import { type EventStore, StoreUnavailable } from '#event-store';
import { MortalStore, RecordInFolder } from '#testing';
import { InProcessQueue } from '../queue/in-process-queue.js';
import { type Job, QueueUnavailable } from '../queue/job-queue.js';
import { Outbox } from './outbox.js';
import { queueNewMails } from './queue-new-mails.js';

const WITHIN_MS = 2_000;

let record: RecordInFolder;
let queue: SometimesAway;
let sent: unknown[];
let faults: unknown[];

beforeEach(async () => {
  record = new RecordInFolder();
  queue = new SometimesAway();
  sent = [];
  faults = [];
  const mail: Job = {
    name: 'mail',
    attempts: 1,
    backOffMs: 1,
    run: async ({ mail: id }) => void sent.push(id),
  };
  await queue.work([mail]);
});
afterEach(async () => {
  await queue.close();
  await record.close();
});

const outboxOver = (store: EventStore = record.store) => new Outbox(store, new RecordingClock());
const follow = (outbox = outboxOver()) => queueNewMails(outbox, queue, (error) => faults.push(error));
/** As another process does it. */
const prepare = (key: string) =>
  outboxOver().prepare({
    key,
    to: { person: 'person-erin' },
    template: 'example',
    facts: {},
    until: new Date(Date.now() + 60_000),
  });

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + WITHIN_MS; !holds(); await delay(5))
    if (Date.now() > end) throw new Error(`Not within ${WITHIN_MS} ms`);
}

class SometimesAway extends InProcessQueue {
  isAway = false;
  /** How often it was asked. */
  asked = 0;
  override async add(...given: Parameters<InProcessQueue['add']>): Promise<void> {
    this.asked++;
    if (this.isAway) throw new QueueUnavailable('It does not answer');
    return super.add(...given);
  }
}

/** Once so many follow: what is prepared before that is not for them. */
async function followed(by = 1): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    const { asked } = queue;
    await prepare(`example/begin-${turn}`);
    await delay(50);
    if (queue.asked < asked + by) continue;
    // One before it may be under way still.
    await delay(100);
    sent.length = 0;
    return;
  }
  throw new Error(`${by} do not follow`);
}

/** A log that cannot be followed the first time. */
class OnceDeaf extends MortalStore {
  private isDeaf = true;
  override subscribePages(...asked: Parameters<MortalStore['subscribePages']>) {
    if (!this.isDeaf) return super.subscribePages(...asked);
    this.isDeaf = false;
    throw new StoreUnavailable('It does not answer');
  }
}

describe('A mail that was prepared', () => {
  it('is given to whoever sends it at once, by whichever process it was prepared, and once', async () => {
    const before = await prepare('example/before');
    const following = [follow(), follow()];
    await followed(2);
    const ids = [await prepare('example/1'), await prepare('example/2'), await prepare('example/1')];
    await until(() => sent.length >= 2);
    await delay(100);
    expect(new Set(sent)).toEqual(new Set(ids));
    expect(sent).toHaveLength(2);
    // It is for those who look through the log.
    expect(sent).not.toContain(before);
    await record.store.close();
    await Promise.all(following);
    expect(faults).toEqual([]);
  });

  it('is given to them again after the log could not be followed', async () => {
    void follow(outboxOver(new OnceDeaf(record.store)));
    await until(() => faults.length === 1);
    expect(faults).toEqual([expect.any(StoreUnavailable)]);
    await followed();
    const id = await prepare('example/1');
    await until(() => sent.length === 1);
    expect(sent).toEqual([id]);
  });

  it('waits for the next look where the queue is away, and those after it do not', async () => {
    void follow();
    await followed();
    queue.isAway = true;
    const { asked } = queue;
    await prepare('example/1');
    await until(() => queue.asked > asked);
    queue.isAway = false;
    const second = await prepare('example/2');
    await until(() => sent.length === 1);
    expect([sent, faults]).toEqual([[second], []]);
  });
});
