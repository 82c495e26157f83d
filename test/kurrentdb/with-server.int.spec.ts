import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..', '..');
const DOCKER_STAND_IN = join(import.meta.dirname, 'docker-stand-in');
const COMPOSE = 'docker compose -f docker/compose.kurrentdb.yml';
const BOTH_WAYS = /let Docker Compose start one[^]*or name one[^]*KURRENTDB_URL=kurrentdb:\/\//;

let folder: string;
let calls: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-'));
  calls = join(folder, 'calls');
});
afterEach(() => rmSync(folder, { recursive: true }));

const called = () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []);

/** Runs it as the script of package.json does, with a command that notes its turn in place of the tests. */
function withServer({ tests = 'true', docker = DOCKER_STAND_IN, env = {} }) {
  const wrapper = ['--import', './test/support/typescript.mjs', 'test/kurrentdb/with-server.ts'];
  const command = ['/bin/sh', '-c', `echo "tests on $KURRENTDB_URL" >>"$CALLS"; ${tests}`];
  const child = spawn(process.execPath, [...wrapper, ...command], {
    cwd: ROOT,
    env: { PATH: `${docker}:/usr/bin:/bin`, CALLS: calls, DOCKER_FAILS_AT: '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, told }));
  return { child, ended };
}

describe('npm run test:kurrentdb', () => {
  it('goes through what is tested here', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts['test:kurrentdb']).toMatch(
      /^node --import \.\/test\/support\/typescript\.mjs test\/kurrentdb\/with-server\.ts node .*jest\.js .*server\\\.real\\\.ts/,
    );
  });

  it('tests the server that it is given, and starts none', async () => {
    const given = { KURRENTDB_URL: 'kurrentdb://one:2113?tls=false' };
    expect(await withServer({ env: given }).ended).toEqual({ code: 0, told: '' });
    expect(called()).toEqual(['tests on kurrentdb://one:2113?tls=false']);
  });

  it.each([
    ['on the usual port', {}, 2113],
    ['on a port that is chosen', { KURRENTDB_PORT: '2114' }, 2114],
  ])('otherwise starts one %s, tests it, and removes it with what it keeps', async (_, env, port) => {
    expect(await withServer({ env }).ended).toEqual({ code: 0, told: '' });
    expect(called()).toEqual([
      'docker compose version',
      `${COMPOSE} up -d --wait`,
      `tests on kurrentdb://127.0.0.1:${port}?tls=false`,
      `${COMPOSE} down -v`,
    ]);
  });

  it('ends as the tests end, and removes the server however that is', async () => {
    expect(await withServer({ tests: 'exit 3' }).ended).toMatchObject({ code: 3 });
    expect(called().at(-1)).toBe(`${COMPOSE} down -v`);
  });

  it('removes the server when it is told to end meanwhile', async () => {
    const { child, ended } = withServer({ tests: 'exec sleep 60' });
    while (called().length < 3) await delay(10);
    child.kill('SIGTERM');
    expect((await ended).code).not.toBe(0);
    expect(called().at(-1)).toBe(`${COMPOSE} down -v`);
  });

  it('removes what did not become a server, tests nothing, and names both ways to have one', async () => {
    const { code, told } = await withServer({ env: { DOCKER_FAILS_AT: 'up' } }).ended;
    expect({ code, told }).toEqual({ code: 1, told: expect.stringMatching(BOTH_WAYS) });
    expect(called()).toEqual(['docker compose version', `${COMPOSE} up -d --wait`, `${COMPOSE} down -v`]);
  });

  it('says how to remove what could not be removed', async () => {
    const { told } = await withServer({ env: { DOCKER_FAILS_AT: 'down' } }).ended;
    expect(told).toContain(`Remove it: ${COMPOSE} down -v`);
  });

  it.each([
    ['Docker', '/nowhere', ''],
    ['Compose', DOCKER_STAND_IN, 'version'],
  ])('without %s names both ways to have a server, in one error', async (_, docker, fails) => {
    const env = { PATH: docker, DOCKER_FAILS_AT: fails };
    const { code, told } = await withServer({ env }).ended;
    expect({ code, told }).toEqual({ code: 1, told: expect.stringMatching(BOTH_WAYS) });
    expect(told.match(/There is no KurrentDB to test/g)).toHaveLength(1);
    expect(called().filter((call) => call !== 'docker compose version')).toEqual([]);
  });
});
