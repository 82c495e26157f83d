import { hasRedis, RedisServer } from '../support/redis.js';
import { alternating } from './measuring/alternating.js';
import { type Bench, compared, notMeasured, type Row } from './measuring/rows.js';
import { Side } from './measuring/side.js';

const CONCURRENCY = [1, 50] as const;
const TARGET = { atLeast: 0.9 };
/** About a second and a half of work. */
const JOBS = { 1: 2_000, 50: 6_000 } as const;

type Jobs = { perSecond: (asked: { readonly count: number }) => Promise<number> };

const sideOf = (kind: 'ours' | 'bare', redisUrl: string, concurrency: number) =>
  Side.start<Jobs>(new URL(`sides/jobs-${kind}.ts`, import.meta.url), { args: [redisUrl, String(concurrency)] });

/** Jobs that are added and run in one process, on a Redis with an append-only file: our queue against BullMQ alone. */
export async function* jobs({ rounds }: Bench): AsyncGenerator<Row> {
  const nameOf = (concurrency: number) => `jobs added and run, ${concurrency} at once : BullMQ`;
  if (!hasRedis) {
    for (const concurrency of CONCURRENCY) yield notMeasured(nameOf(concurrency), TARGET, 'redis-server is missing');
    return;
  }
  const redis = await RedisServer.start();
  try {
    for (const concurrency of CONCURRENCY) {
      const ours = await sideOf('ours', redis.url, concurrency);
      const bare = await sideOf('bare', redis.url, concurrency);
      const count = JOBS[concurrency];
      await ours.ask('perSecond', { count });
      await bare.ask('perSecond', { count });
      const result = await alternating(
        // A job goes through three processes: more rounds than elsewhere until the median stands still.
        rounds * 3,
        () => ours.ask('perSecond', { count }),
        () => bare.ask('perSecond', { count }),
      );
      yield compared(nameOf(concurrency), result, TARGET);
      await ours.end();
      await bare.end();
    }
  } finally {
    await redis.remove();
  }
}
