import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { Proxy } from '../../../../test/stand-in/proxy.js';
import { hasRedis, RedisServer } from '../../../../test/support/redis.js';
import { BullQueue } from './bull-queue.js';
import { RedisUnfit } from './redis-check.js';
import { recordingJob, until, untilState } from './job-queue.contract.js';

/** Also on a busy machine a Redis that is there answers within it. */
const PATIENCE_MS = 2_000;

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('a Redis that is opened (needs redis-server)', () => {
  let redis: RedisServer | undefined;
  let queue: BullQueue | undefined;
  let told: string[] = [];
  afterEach(async () => {
    jest.restoreAllMocks();
    await queue?.close();
    await redis?.remove();
    queue = redis = undefined;
    told = [];
  });

  const open = async (url: string) => {
    const tell = (line: string) => void told.push(line);
    return (queue = await BullQueue.open(url, { patienceMs: PATIENCE_MS, keepSchedulesMs: 200, tell }));
  };

  it.each([
    ['is there', async () => undefined],
    ['is away', () => redis?.kill()],
  ])('keeps no process that has closed it, where it %s', async (_, before) => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    redis = await RedisServer.start();
    await delay(300);
    const others = timers();
    const opened = await open(redis.url);
    await opened.work([recordingJob()]);
    await opened.depth();
    await before();
    await opened.close();
    // Sooner than BullMQ would let go of it: see below.
    await until('there are no other timers', () => timers() <= others, 5_000);
  });

  // Before those that take longer: for six seconds afterwards BullMQ waits for what does not come, and keeps this process.
  it('closes in time though Redis is away', async () => {
    redis = await RedisServer.start();
    queue = await BullQueue.open(redis.url, { patienceMs: 500, drainMs: 300 });
    await queue.work([recordingJob()]);
    await delay(100);
    await redis.kill();
    const began = Date.now();
    await queue.close();
    // Waiting for BullMQ would take the six seconds.
    expect(Date.now() - began).toBeLessThan(5_500);
  });

  it('with an append-only file and noeviction is taken without a word', async () => {
    redis = await RedisServer.start();
    await open(redis.url);
    expect(told).toEqual([]);
  });

  it.each([
    [
      'that evicts',
      ['--appendonly', 'yes', '--maxmemory-policy', 'allkeys-lru'],
      '',
      /allkeys-lru.*CONFIG SET maxmemory-policy noeviction/s,
    ],
    ['that keeps nothing', [], '', /nothing on disk.*appendonly yes.*\?volatile=accepted/s],
    ['that wants a password', ['--requirepass', 'example', '--appendonly', 'yes'], '', /user or the password/],
    ['that has no such database', ['--appendonly', 'yes'], '/99', /database that is there/],
  ])('%s is refused, with the mend', async (_, options, path, words) => {
    redis = await RedisServer.start(options);
    const error: unknown = await open(redis.url + path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RedisUnfit);
    expect(String(error)).toMatch(words);
    expect(String(error)).not.toContain('example');
  });

  it('that keeps nothing is taken with a warning where that is accepted', async () => {
    redis = await RedisServer.start([]);
    await open(`${redis.url}/0?volatile=accepted`);
    expect(told).toEqual([expect.stringMatching(/nothing on disk/)]);
    await queue?.add('example', 'a', {});
    expect(await queue?.status('a')).toMatchObject({ state: 'waiting' });
  });

  it('that is away is waited for: nobody hangs, and its jobs run when it is there', async () => {
    redis = await RedisServer.start();
    await redis.kill();
    const began = Date.now();
    const opened = await open(redis.url);
    expect(opened.trouble).toMatch(/cannot be reached/);
    const job = recordingJob();
    await opened.work([job]);
    await opened.every('scheduled', 60_000);
    await expect(opened.add('example', 'a', {})).rejects.toMatchObject({ code: 'queue-unavailable' });
    await expect(opened.depth()).rejects.toMatchObject({ code: 'queue-unavailable' });
    // Each of the four questions is given up in time.
    expect(Date.now() - began).toBeLessThan(4 * PATIENCE_MS + 5_000);
    await redis.start();
    await until('it is found', () => opened.trouble === undefined);
    await opened.add('example', 'a', {});
    await untilState(opened, 'a', 'completed');
    expect(told.filter((line) => /cannot be reached/.test(line))).toHaveLength(1);
    expect(told.at(-1)).toMatch(/there again/);
  });

  it('that comes back as one that evicts is told of, and given no work until that is mended', async () => {
    const onConsole = jest.spyOn(console, 'warn');
    redis = await RedisServer.start();
    await redis.kill();
    const opened = await open(redis.url);
    const job = recordingJob();
    await opened.work([job]);
    await redis.start(['--maxmemory-policy', 'allkeys-lru']);
    await until('it is told', () => /allkeys-lru/.test(opened.trouble ?? ''));
    await opened.add('example', 'a', {});
    await delay(500);
    expect(job.runs).toEqual([]);
    expect(told.filter((line) => /allkeys-lru/.test(line))).toHaveLength(1);
    expect(onConsole).not.toHaveBeenCalled();
    await redis.asked((client) => client.config('SET', 'maxmemory-policy', 'noeviction'));
    await untilState(opened, 'a', 'completed');
    expect(opened.trouble).toBeUndefined();
  });

  it('that falls silent without a word is connected to anew', async () => {
    redis = await RedisServer.start();
    const proxy = await Proxy.start(redis.port);
    const opened = await open(`redis://127.0.0.1:${proxy.port}`);
    const job = recordingJob();
    await opened.work([job]);
    proxy.halfOpen();
    await expect(opened.add('example', 'a', {})).rejects.toMatchObject({ code: 'queue-unavailable' });
    await until('it answers again', () => opened.depth().then(Boolean, () => false));
    await opened.add('example', 'b', {});
    await until('its jobs run again', () => job.runs.length > 0);
    await opened.close();
    await proxy.stop();
  }, 60_000);
});
