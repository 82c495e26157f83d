import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { hasRedis, RedisServer } from '../../../../test/support/redis.js';
import { examineQueue } from './queue.js';

const AOF = ['--appendonly', 'yes'];
const fine = { about: 'queue', status: 'ok', what: expect.any(String) };
const finding = (status: 'warning' | 'fault', what: RegExp, mend: RegExp) => ({
  about: 'queue',
  status,
  what: expect.stringMatching(what),
  mend: expect.stringMatching(mend),
});

it('para71 doctor has nothing to say of a queue in the process of the server', async () => {
  expect(await examineQueue(undefined)).toEqual([{ ...fine, what: expect.stringMatching(/REDIS_URL is not set/) }]);
});

(hasRedis ? describe : describe.skip)('para71 doctor, of a Redis (needs redis-server)', () => {
  let redis: RedisServer;
  afterEach(() => redis.remove());
  const examined = async (options: readonly string[], ofUrl = (url: string) => url) => {
    redis = await RedisServer.start(options);
    return examineQueue(ofUrl(redis.url));
  };

  it('finds nothing wrong with one that keeps what it is told', async () => {
    expect(await examined(AOF)).toEqual([
      { ...fine, what: expect.stringMatching(/^Redis \d+\.\d+/) },
      { ...fine, what: expect.stringMatching(/evicted/) },
      { ...fine, what: expect.stringMatching(/append-only/) },
    ]);
  });

  it('finds a version that is too old', async () => {
    redis = await RedisServer.start(AOF);
    const older = await anOlder(redis);
    expect(await examineQueue(older.url)).toEqual([
      finding('fault', /^Redis is of version 5\./, /^Use 6\.2 or later\.$/),
      fine,
      fine,
    ]);
    older.end();
  });

  it('finds that it would throw jobs away', async () => {
    expect(await examined([...AOF, '--maxmemory-policy', 'allkeys-lru'])).toEqual([
      fine,
      finding('fault', /allkeys-lru/, /CONFIG SET maxmemory-policy noeviction/),
      fine,
    ]);
  });

  it('finds that it keeps nothing, which may be accepted', async () => {
    expect(await examined([])).toEqual([
      fine,
      fine,
      finding('fault', /nothing on disk/, /appendonly yes.*\?volatile=accepted/),
    ]);
    expect((await examineQueue(`${redis.url}?volatile=accepted`))[2]).toEqual(
      finding('warning', /nothing on disk/, /appendonly yes/),
    );
  });

  it('warns where it saves snapshots only', async () => {
    expect((await examined(['--save', '60 1']))[2]).toEqual(finding('warning', /snapshots only/, /appendonly yes/));
  });

  it.each<[string, readonly string[], (url: string) => string, RegExp, RegExp]>([
    ['that wants a password', ['--requirepass', 'example'], (url) => url, /user or the password/, /^Give both/],
    ['that has no such database', AOF, (url) => `${url}/99`, /DB index is out of range/, /Name a database/],
  ])('finds one %s', async (_, options, ofUrl, what, mend) => {
    expect(await examined(options, ofUrl)).toEqual([finding('fault', what, mend)]);
  });

  it('finds what its user may not do', async () => {
    redis = await RedisServer.start(AOF);
    await redis.asked((client) => client.acl('SETUSER', 'narrow', 'on', '>secret', '~bull:*', '+@all', '-select'));
    expect(await examineQueue(redis.url.replace('//', '//narrow:secret@'))).toEqual([
      finding('fault', /NOPERM/, /^Grant it: ACL SETUSER/),
    ]);
  });

  it('finds that it is away', async () => {
    redis = await RedisServer.start(AOF);
    await redis.kill();
    expect(await examineQueue(redis.url)).toEqual([finding('fault', /does not answer/, /^Start Redis, or correct/)]);
  });
});

/** The same Redis, but that it says of itself that it is of a version 5. */
async function anOlder({ port }: RedisServer): Promise<{ url: string; end(): void }> {
  const server = createServer((client) => {
    const real = connect(port, '127.0.0.1');
    client.pipe(real);
    real.on('data', (answer: Buffer) => {
      // As long as it was: before it stands how long it is.
      client.write(answer.toString('latin1').replace(/(redis_version:)\d\./, '$15.'), 'latin1');
    });
    for (const socket of [client, real]) socket.on('error', () => undefined).on('close', () => real.destroy());
    real.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, end: () => void server.close() };
}
