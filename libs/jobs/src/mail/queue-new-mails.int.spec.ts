import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { RecordingClock } from '#commands';
import { type EventStore, StoreUnavailable } from '#event-store';
import { MortalStore, RecordInFolder } from '#testing';
import { InProcessQueue } from '../queue/in-process-queue.js';
import { type Job, QueueUnavailable } from '../queue/job-queue.js';
import { until } from '../queue/job-queue.contract.js';
import { Outbox } from './outbox.js';
import { queueNewMails } from './queue-new-mails.js';

let record: RecordInFolder;
let queue: SometimesAway;
/** Mails, by their ids. */
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

class SometimesAway extends InProcessQueue {
  isAway = false;
  /** The mails that it was asked to take. */
  private readonly asked: unknown[] = [];
  askedFor = (...mails: readonly unknown[]) => this.asked.filter((mail) => mails.includes(mail)).length;
  override async add(...given: Parameters<InProcessQueue['add']>): Promise<void> {
    this.asked.push(given[2]['mail']);
    if (this.isAway) throw new QueueUnavailable('It does not answer');
    return super.add(...given);
  }
}

/** Once so many follow: what is prepared before that is not for them. */
async function followed(by = 1): Promise<void> {
  let turn = 0;
  await until(`${by} follow`, async () => {
    const id = await prepare(`example/begin-${turn++}`);
    await delay(50);
    return queue.askedFor(id) >= by;
  });
}

/** Of these, what was sent, in its order. */
const sentOf = (...mails: readonly unknown[]) => sent.filter((mail) => mails.includes(mail));

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
    const ids = [await prepare('example/1'), await prepare('example/2')];
    expect(await prepare('example/1')).toBe(ids[0]);
    await until('both followers give both', () => queue.askedFor(...ids) >= 4);
    await until('both are sent', () => sentOf(...ids).length >= 2);
    await delay(100);
    expect(sentOf(...ids)).toHaveLength(2);
    expect(new Set(sentOf(...ids))).toEqual(new Set(ids));
    // It is for those who look through the log.
    expect(sent).not.toContain(before);
    await record.store.close();
    await Promise.all(following);
    expect(faults).toEqual([]);
  });

  it('is given to them again after the log could not be followed', async () => {
    void follow(outboxOver(new OnceDeaf(record.store)));
    await until('it is told', () => faults.length === 1);
    expect(faults).toEqual([expect.any(StoreUnavailable)]);
    await followed();
    const id = await prepare('example/1');
    await until('it is sent', () => sentOf(id).length > 0);
  });

  it('waits for the next look where the queue is away, and those after it do not', async () => {
    void follow();
    await followed();
    queue.isAway = true;
    const first = await prepare('example/1');
    await until('the queue is asked', () => queue.askedFor(first) > 0);
    queue.isAway = false;
    const second = await prepare('example/2');
    await until('the second is sent', () => sentOf(second).length > 0);
    expect([sentOf(first), faults]).toEqual([[], []]);
  });
});
