import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { compileProduct } from '../support/product-process.js';
import { composeFile, DOCKER, ROOT, stagesOf } from './files.js';

const NODE_USER = 1000;
const READY_MS = 60_000;
/** A package finds only its neighbours here, and not those of the project. */
const AS_FOLDERS = ['--preserve-symlinks', '--preserve-symlinks-main'];

/** Only root can be someone else; whoever else runs this is no root anyway. */
const asUser = process.getuid?.() === 0 ? { uid: NODE_USER, gid: NODE_USER } : {};

/**
 * What the Dockerfile puts together, without Docker: what is compiled, the files that it copies, and of the installed
 * packages those that the lock file does not call packages of development. Run as the user of the image, who owns none of
 * it and can write to `/data` alone.
 */
describe('What the image holds', () => {
  let folder: string;
  let root: string;
  let data: string;
  let child: ChildProcess | undefined;
  let output = '';
  let port: number;

  beforeAll(async () => {
    compileProduct();
    folder = mkdtempSync(join(tmpdir(), 'para71-image-'));
    execFileSync('chmod', ['755', folder]);
    root = join(folder, 'para71');
    data = join(folder, 'data');
    mkdirSync(root);
    mkdirSync(data, { mode: 0o700 });
    if (asUser.uid !== undefined) chownSync(data, asUser.uid, asUser.gid);
    cpSync(join(ROOT, 'dist'), join(root, 'dist'), { recursive: true });
    copyAsDockerfileDoes(root);
    linkProductionPackages(root);

    const environment = composeFile('compose.single.yml').services['para71']?.environment ?? {};
    const given = Object.entries(environment).map(([name, value]) => [name, value.replace(/^\$\{\w+:-(.*)\}$/, '$1')]);
    const env = { ...Object.fromEntries(given), NODE_ENV: 'production', DATA_DIR: data, PORT: '0', HOST: '127.0.0.1' };
    child = spawn(process.execPath, [...AS_FOLDERS, 'dist/apps/api/src/main.js'], { ...asUser, cwd: root, env });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
    port = await listening(child);
  }, READY_MS + 60_000);
  afterAll(async () => {
    if (child?.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true });
  });

  async function listening(started: ChildProcess): Promise<number> {
    for (const end = Date.now() + READY_MS; Date.now() < end; await delay(50)) {
      const found = /Ready: http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
      if (found !== undefined) return Number(found);
      if (started.exitCode !== null) break;
    }
    throw new Error(`It did not become ready: ${output}`);
  }

  const askHealth = (...args: string[]) =>
    spawnSync(process.execPath, ['docker/ask-health.mjs', ...args], { cwd: root, encoding: 'utf8' });

  it('starts without any package of development, and loads the record', async () => {
    for (const [name, status] of [
      ['fastify', 0],
      ['typescript', 1],
    ] as const) {
      const script = `await import('${name}')`;
      expect(spawnSync(process.execPath, [...AS_FOLDERS, '-e', script], { cwd: root })).toMatchObject({ status });
    }
    const answer = await fetch(`http://127.0.0.1:${port}/api/organizations/icann/timeline`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toHaveProperty('entries');
  });

  it('is asked for its health as Docker asks', () => {
    expect(askHealth('live', String(port))).toMatchObject({ status: 0, stdout: expect.stringMatching(/^200 /) });
    expect(askHealth('ready', String(port))).toMatchObject({ status: 0, stdout: expect.stringMatching(/^200 /) });
    expect(askHealth('nothing', String(port))).toMatchObject({ status: 1, stdout: expect.stringMatching(/^404 /) });
    expect(askHealth('live', '1')).toMatchObject({ status: 1, stdout: expect.stringMatching(/^No answer at port 1/) });
  });

  it('has all that its pages are made of', async () => {
    const page = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    const [style] = /\/assets\/style\.[0-9a-f]+\.css/.exec(page) ?? [];
    expect((await fetch(`http://127.0.0.1:${port}${style}`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/api/docs`)).status).toBe(200);
  });

  it('has the client of KurrentDB, with its native part', () => {
    const script = "await import('@kurrent/kurrentdb-client').then(({ KurrentDBClient }) => KurrentDBClient.name)";
    expect(spawnSync(process.execPath, [...AS_FOLDERS, '-e', script], { cwd: root, encoding: 'utf8' })).toMatchObject({
      status: 0,
    });
  });

  it('ends when it is told to, with nothing written but its data', async () => {
    const ended = once(child!, 'exit');
    child!.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(globSync('**/*', { cwd: data })).toContain('events.sqlite');
  });
});

/** Files and folders; what comes of an earlier stage is made otherwise here. */
function copyAsDockerfileDoes(root: string): void {
  const { stages } = stagesOf(readFileSync(join(DOCKER, 'Dockerfile'), 'utf8'));
  for (const { name, rest } of stages.at(-1) ?? []) {
    if (name !== 'COPY' || rest.startsWith('--from')) continue;
    const paths = rest.split(' ');
    const to = paths.pop() ?? '';
    for (const path of paths) {
      const target = to.endsWith('/') ? join(root, to, path.slice(path.lastIndexOf('/') + 1)) : join(root, to);
      cpSync(join(ROOT, path), target, { recursive: true });
    }
  }
}

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

/**
 * As links, which Node is told to take for the folders themselves. What lies below a package in a `node_modules` of its own
 * is there for its sake.
 */
function linkProductionPackages(root: string): void {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as LockFile;
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    const isNested = path.lastIndexOf('node_modules/') > 0;
    if (path === '' || isNested || dev || devOptional || !existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(root, path));
  }
}
