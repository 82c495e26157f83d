import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Expected, openEventStore, WrongExpectedRevision } from '#event-store';
import { type Job, openJobQueue } from '#jobs';

/**
 * Runs jobs until it is killed. Each writes one event to a stream that must not be there: what the log allows once. With
 * `careless` it writes after whatever is there: the planted bug.
 */
const [redisUrl = '', storeUrl = '', careless] = process.argv.slice(2);

const store = await openEventStore(storeUrl);

const effect: Job = {
  name: 'effect',
  attempts: 20,
  backOffMs: 50,
  run: async ({ key }) => {
    await delay(randomInt(0, 60));
    const stream = `effect-${key as string}`;
    const expected = careless === undefined ? 'no-stream' : await headOf(stream);
    const event = { id: randomUUID(), type: 'EffectDone', data: {}, metadata: { actor: 'example', v: '1' } };
    try {
      await store.append(stream, expected, [event]);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
    // Killed here, it has done its work, and nobody knows.
    await delay(randomInt(0, 60));
  },
};

async function headOf(stream: string): Promise<Expected> {
  let head: Expected = 'no-stream';
  for await (const { revision } of store.readIfAny(stream)) head = revision;
  return head;
}

const queue = await openJobQueue(redisUrl, { lockMs: 1_000, stalledEveryMs: 500, concurrency: 4 });
await queue.work([effect]);
process.stdout.write('ready\n');
