import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { openEventStore } from '#event-store';
import { openBriefFacts, openJobQueue, tryBriefFacts } from '#jobs';
import { readConfiguration, VARIABLES, type Variable } from '#operation';
import { hasRedis, RedisServer } from '../support/redis.js';
import { StandIn } from '../stand-in/stand-in.js';
import { type Compose, composeFile, DOCKER, upon } from './files.js';

const several = composeFile('compose.yml');
const secure = upon(several, composeFile('compose.tls.yml'));

let folder: string;
const make = (name: string, ...args: string[]) => {
  const secrets = join(folder, name);
  execFileSync(join(DOCKER, 'make-secrets.sh'), args, { env: { ...process.env, SECRETS: secrets } });
  return (file: string) => join(secrets, file);
};
const textOf = (file: string) => readFileSync(file, 'utf8').trim();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What has to be given from outside. */
const GIVEN: Record<string, string> = {
  OIDC_ISSUER: 'https://id.example.org',
  OIDC_CLIENT_ID: 'para71',
  OIDC_NAME: 'Example ID',
};

/** What a service is given, with its secrets where they are here, and from outside no more than what has to be. */
function environmentOf(compose: Compose, name: string, secret: (file: string) => string): NodeJS.ProcessEnv {
  const given = Object.entries(compose.services[name]?.environment ?? {}).map(([variable, value]) => {
    const [, mounted] = /^\/run\/secrets\/(.*)$/.exec(value) ?? [];
    const file = mounted === undefined ? undefined : compose.secrets?.[mounted]?.file.replace('./secrets/', '');
    const otherwise = value
      .replace(/^\$\{\w+:-(.*)\}$/, '$1')
      .replace(/^\$\{(\w+):\?.*\}$/, (_, needed: string) => GIVEN[needed] ?? '');
    return [variable, file === undefined ? otherwise : secret(file)];
  });
  return Object.fromEntries(given) as NodeJS.ProcessEnv;
}

describe('docker/make-secrets.sh', () => {
  it('makes every secret that the compose files take, where nobody else looks', () => {
    const secret = make('all', '--tls');
    const files = Object.values(secure.secrets ?? {}).map(({ file }) => file.replace('./secrets/', ''));
    for (const file of files) expect(statSync(secret(file)).mode & 0o777).toBe(0o644);
    expect(statSync(secret('.')).mode & 0o777).toBe(0o700);
    expect(statSync(secret('ca.key')).mode & 0o777).toBe(0o600);
  });

  it('keeps what is there', () => {
    const secret = make('kept', '--tls');
    const before = ['redis_acl', 'kurrentdb_admin', 'kurrentdb.crt', 'event_store_url'].map((file) =>
      textOf(secret(file)),
    );
    writeFileSync(secret('mail_url'), 'smtp://mail.example.org:587\n');
    make('kept', '--tls');
    make('kept');
    const after = ['redis_acl', 'kurrentdb_admin', 'kurrentdb.crt', 'event_store_url'].map((file) =>
      textOf(secret(file)),
    );
    expect(after).toEqual(before);
    expect(textOf(secret('mail_url'))).toBe('smtp://mail.example.org:587');
  });

  it.each([
    ['several processes', several, []],
    ['several processes with TLS', secure, ['--tls']],
    ['one process', composeFile('compose.single.yml'), []],
  ])('makes, for %s, a configuration of which nothing is refused', (name, compose, args) => {
    const secret = make(name.replaceAll(' ', '-'), ...args);
    const ours = Object.keys(compose.services).filter((service) => /^(api-|worker|para71)/.test(service));
    expect(ours.length).toBeGreaterThan(0);
    for (const service of ours) {
      const configuration = readConfiguration(environmentOf(compose, service, secret));
      expect(configuration).toMatchObject({ host: '0.0.0.0', dataDir: '/data', record: 'wsis' });
      const isOfSeveral = compose === several || compose === secure;
      expect(configuration.metricsToken).toEqual(isOfSeveral ? expect.stringMatching(/^[0-9a-f]{48}$/) : undefined);
      expect(configuration.redisUrl?.startsWith('redis://para71:')).toBe(isOfSeveral || undefined);
    }
  });

  it('leaves to whoever has a provider what the provider gave them', () => {
    const compose = upon(several, composeFile('compose.oidc.yml'));
    const secret = make('provider');
    writeFileSync(secret('oidc_client_secret'), 'given-by-the-provider\n');
    const oidcOf = (name: string) => readConfiguration(environmentOf(compose, name, secret)).oidc;
    for (const api of ['api-1', 'api-2'])
      expect(oidcOf(api)).toEqual({
        issuer: 'https://id.example.org',
        clientId: 'para71',
        clientSecret: 'given-by-the-provider',
        name: 'Example ID',
        secondFactor: 'local',
      });
    expect(oidcOf('worker')).toBeUndefined();
  });

  it('says in the compose files what is so without them', () => {
    const defaults: readonly Variable[] = VARIABLES;
    const text = readFileSync(join(DOCKER, 'compose.yml'), 'utf8');
    for (const [, name, otherwise] of text.matchAll(/\$\{(\w+):-([^}]*)\}/g)) {
      const { fallback = '' } = defaults.find((variable) => variable.name === name) ?? {};
      expect(fallback.replace('<PORT>', '7171')).toContain(otherwise);
    }
  });

  it('makes certificates that both halves of the client of KurrentDB trust', async () => {
    const secret = make('certificates', '--tls');
    const server = await StandIn.start({
      tls: true,
      certificateFile: secret('kurrentdb.crt'),
      keyFile: secret('kurrentdb.key'),
    });
    const url = textOf(secret('event_store_url'))
      .replace('kurrentdb:2113', `localhost:${server.nodes[0]?.port}`)
      .replace('/run/secrets/kurrentdb_ca', secret('ca.crt'));
    expect(url).toMatch(/^kurrentdb:\/\/para71:[0-9a-f]{48}@localhost:\d+\?tls=true&tlsCaFile=\//);
    const store = await openEventStore(url);
    await store.close();
    await server.stop();
  }, 30_000);
});

const withRedis = hasRedis ? describe : describe.skip;

withRedis('Redis as docker/compose.yml has it', () => {
  let redis: RedisServer;
  let secret: (file: string) => string;
  beforeAll(async () => {
    secret = make('redis');
    const [, , ...command] = several.services['redis']?.command ?? [];
    redis = await RedisServer.start(command.map((each) => each.replace('/run/secrets/redis_acl', secret('redis_acl'))));
  });
  afterAll(() => redis.remove());

  it('answers whoever asks for its health, and nothing else', async () => {
    expect(await redis.asked((client) => client.ping())).toBe('PONG');
    await expect(redis.asked((client) => client.get('x'))).rejects.toThrow(/^NOPERM/);
    await expect(redis.asked((client) => client.info())).rejects.toThrow(/^NOPERM/);
  });

  it('takes our jobs, and there is nothing to warn of', async () => {
    const told: string[] = [];
    const url = textOf(secret('redis_url')).replace('redis:6379', `127.0.0.1:${redis.port}`);
    const queue = await openJobQueue(url, { tell: (line) => told.push(line) });
    await queue.add('example', 'example-1', { a: 1 }, { notBefore: new Date(Date.now() + 60_000) });
    expect(await queue.depth()).toMatchObject({ delayed: 1 });
    await queue.close();
    expect(told).toEqual([]);
  });

  it('keeps our sessions', async () => {
    const url = textOf(secret('redis_url')).replace('redis:6379', `127.0.0.1:${redis.port}`);
    expect(await tryBriefFacts(url)).toBe(true);
    const facts = await openBriefFacts(url, { file: '', tell: () => undefined });
    await facts.put({ key: 'session:example', text: '{}', lastsMs: 1_000 });
    expect(await facts.count({ key: 'attempts:example', free: 1, withinMs: 1_000 })).toBe(0);
    expect(await facts.take('session:example')).toBe('{}');
    await facts.close();
    const client = new Redis(url);
    await expect(client.get('another')).rejects.toThrow(/^NOPERM/);
    client.disconnect();
  });
});
