import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { FolderAttachmentStore } from '#documents';

const ROUNDS = 15;
const CHILD = [
  '--import',
  join(import.meta.dirname, '../support/typescript.mjs'),
  join(import.meta.dirname, 'upload-child.ts'),
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-uploads-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const filesIn = (name: string) =>
  readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((each) => each.isFile());

/** A child that uploads to the folder, under another program where one is given. */
class Uploading {
  errors = '';
  private output = '';
  readonly ended: Promise<unknown>;

  private constructor(private readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    this.ended = once(child, 'close');
  }

  static begin(options: readonly string[] = [], under: readonly string[] = []): Uploading {
    const [program = '', ...args] = [...under, process.execPath, ...CHILD, folder, ...options];
    return new Uploading(spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  lines(word: string): string[][] {
    const whole = this.output.slice(0, this.output.lastIndexOf('\n')).split('\n');
    return whole.map((line) => line.split(' ')).filter(([first]) => first === word);
  }

  async said(word: string, times = 1): Promise<void> {
    while (this.lines(word).length < times && this.child.exitCode === null) await delay(10);
    if (this.child.exitCode !== null) throw new Error(this.errors);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

describe('a process that is killed while files arrive', () => {
  it(`keeps whole what it acknowledged, and nothing that is not whole, ${ROUNDS} times in the same folder`, async () => {
    const acknowledged: string[][] = [];
    let leftBehind = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const child = Uploading.begin();
      // Every other one has kept some before, however busy the machine is.
      await (round % 2 ? child.said('ack', 4) : child.said('ready'));
      await delay(randomInt(20, 250));
      await child.kill();
      acknowledged.push(...child.lines('ack'));
      leftBehind += filesIn('incoming').length;
      const store = await FolderAttachmentStore.open(folder);
      expect(filesIn('incoming')).toEqual([]);
      expect(await Array.fromAsync(store.verifyAll())).toEqual([]);
      for (const [, sha256 = '', bytes] of child.lines('ack')) {
        const path = join(folder, 'content', sha256.slice(0, 2), sha256.slice(2));
        expect(statSync(path).size).toBe(Number(bytes));
      }
    }
    expect(acknowledged.length).toBeGreaterThan(ROUNDS);
    // It was killed in the middle of something, or this shows nothing.
    expect(leftBehind).toBeGreaterThan(0);
  }, 240_000);
});

describe('the largest upload', () => {
  it('takes less than 64 MiB of memory', async () => {
    const child = Uploading.begin(['measure']);
    await child.ended;
    expect(child.errors).toBe('');
    const [[, grown] = []] = child.lines('grown');
    expect(Number(grown)).toBeGreaterThan(0);
    expect(Number(grown)).toBeLessThan(64 * 1024 * 1024);
  }, 120_000);
});

describe('a disk that is full', () => {
  const hasStrace = spawnSync('strace', ['-V']).status === 0;
  if (!hasStrace && process.env['CI'] === 'true') throw new Error('strace is missing');
  const itWithStrace = hasStrace ? it : it.skip;

  itWithStrace(
    'is told as such, and nothing of the upload is left (needs strace)',
    async () => {
      const inject = 'inject=fsync:error=ENOSPC:when=3+';
      const child = Uploading.begin([], `strace -f -qq -o /dev/null -e trace=fsync -e ${inject}`.split(' '));
      await child.ended;
      expect(child.errors).toMatch(/StorageFull: There is no room for the file/);
      const store = await FolderAttachmentStore.open(folder);
      expect(await Array.fromAsync(store.verifyAll())).toEqual([]);
    },
    120_000,
  );
});
