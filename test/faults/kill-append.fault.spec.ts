/// <reference lib="es2024.promise" />
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type RecordedEvent, SqliteEventStore } from '../../libs/event-store/src/index.js';

const ROUNDS = 30;
/** How long a slow disk may take to meet what is wrong with it. */
const PATIENCE_MS = 30_000;
const CHILD = [
  '--import',
  join(import.meta.dirname, '../support/typescript.mjs'),
  join(import.meta.dirname, 'append-child.ts'),
];

/** What a child has said was appended. */
interface Acknowledged {
  readonly stream: string;
  readonly revision: number;
  readonly ids: readonly string[];
}

describe('a process that is killed while it appends', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'para71-kill-'));
    file = join(folder, 'log.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it(`loses, doubles and reorders nothing that it acknowledged, ${ROUNDS} times in the same file`, async () => {
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const child = appending(file);
      await child.ready;
      // Every other one has acknowledged many, however busy the machine is.
      while (round % 2 && child.acknowledged.length < 25) await delay(5);
      await delay(randomInt(20, 300));
      acknowledged.push(...(await child.kill()));
      expect(faultsIn(await logOf(file), acknowledged)).toEqual([]);
    }
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * 10);
  }, 240_000);

  it('is caught when it acknowledges what it has not committed', async () => {
    const faults: string[] = [];
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < ROUNDS && faults.length === 0; round++) {
      const child = appending(file, ['hasty']);
      await child.firstAck;
      await delay(randomInt(20, 300));
      acknowledged.push(...(await child.kill()));
      faults.push(...faultsIn(await logOf(file), acknowledged));
    }
    expect(faults).toContainEqual(expect.stringMatching(/^lost /));
  }, 240_000);

  it('owns its file until then: a second process is refused, and told whose it is', async () => {
    const child = appending(file);
    await child.firstAck;
    expect(() => SqliteEventStore.open(file)).toThrow(new RegExp(`in use by process ${child.pid} on `));
    await child.kill();
    await SqliteEventStore.open(file).close();
  }, 90_000);
});

describe('a disk that fails', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'para71-disk-'));
    file = join(folder, 'log.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /**
   * strace makes the kernel answer as a broken disk does, or kills at the call (which it cannot with --seccomp-bpf, that
   * makes it fast). Node's SQLite syncs by `fsync`.
   */
  const under = (inject: string, ...options: readonly string[]) =>
    `strace -f -qq -o /dev/null -e trace=pwrite64,fsync -e inject=${inject}`.split(' ').concat(options);
  const hasStrace = spawnSync('strace', ['-V']).status === 0;
  if (!hasStrace && process.env['CI'] === 'true') throw new Error('strace is missing');
  const itWithStrace = hasStrace ? it : it.skip;

  itWithStrace.each([
    ['every 50th sync fails', 'fsync:error=EIO:when=20+50', /not known whether/],
    ['every 40th write fails', 'pwrite64:error=EIO:when=60+40', /not known whether/],
    ['every 20th write finds the disk full', 'pwrite64:error=ENOSPC:when=60+20', /disk is full/],
  ])(
    'loses, doubles and reorders nothing that was acknowledged when %s (needs strace)',
    async (_, inject, told) => {
      const child = appending(file, [], under(inject, '--seccomp-bpf'));
      await child.firstAck;
      await delay(1_500);
      const hasFailed = () => child.unavailable.some((line) => told.test(line)) && child.acknowledged.length > 10;
      for (const end = Date.now() + PATIENCE_MS; !hasFailed() && Date.now() < end;) await delay(50);
      const acknowledged = await child.kill();
      expect(child.unavailable).toContainEqual(expect.stringMatching(told));
      expect(faultsIn(await logOf(file), acknowledged)).toEqual([]);
      expect(acknowledged.length).toBeGreaterThan(10);
    },
    90_000,
  );

  itWithStrace(
    'leaves a good file behind when the process is killed at its 1st, 2nd, 4th … 32nd write and sync (needs strace)',
    async () => {
      for (const call of ['pwrite64', 'fsync']) {
        for (const n of [1, 2, 4, 8, 16, 32]) {
          const child = appending(file, [], under(`${call}:signal=SIGKILL:when=${n}`));
          const acknowledged = await child.exited();
          expect({ n, faults: faultsIn(await logOf(file), acknowledged) }).toEqual({ n, faults: [] });
          for (const left of ['', '-wal', '-shm', '-lock', '-journal']) rmSync(file + left, { force: true });
        }
      }
    },
    240_000,
  );
});

/** Starts a child that appends to the file, under another program where one is given. */
function appending(file: string, options: readonly string[] = [], under: readonly string[] = []) {
  const [program = '', ...args] = [...under, process.execPath, ...CHILD, file, ...options];
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const acknowledged: Acknowledged[] = [];
  const unavailable: string[] = [];
  const errors: string[] = [];
  const ready = Promise.withResolvers<void>();
  const firstAck = Promise.withResolvers<void>();
  const closed = once(child, 'close').then(([code]) => {
    if (code !== null && code !== 137) {
      const error = new Error(`The child ended by itself: ${errors.join('')}`);
      ready.reject(error);
      firstAck.reject(error);
      throw error;
    }
    return acknowledged;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  createInterface(child.stdout).on('line', (line) => {
    const [word, stream = '', revision, ids = ''] = line.split(' ');
    if (word === 'ready') ready.resolve();
    else if (word === 'unavailable') unavailable.push(line);
    // A line that was cut off in the middle acknowledges nothing.
    else if (word === 'ack' && ids.length % 37 === 36) {
      acknowledged.push({ stream, revision: Number(revision), ids: ids.split(',') });
      firstAck.resolve();
    }
  });
  return {
    pid: child.pid,
    ready: ready.promise,
    firstAck: firstAck.promise,
    acknowledged,
    unavailable,
    exited: () => closed,
    kill: () => {
      // The whole group: the child may run under another program.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      return closed;
    },
  };
}

async function logOf(file: string): Promise<RecordedEvent[]> {
  const store = SqliteEventStore.open(file);
  const log: RecordedEvent[] = [];
  for await (const page of store.readPages()) log.push(...page);
  await store.close();
  return log;
}

/** Everything in a log that contradicts what was acknowledged, in words. */
function faultsIn(log: readonly RecordedEvent[], acknowledged: readonly Acknowledged[]): string[] {
  const faults: string[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  const ids = new Set<string>();
  let position = 0n;
  for (const event of log) {
    const stream = streams.get(event.stream) ?? [];
    streams.set(event.stream, stream);
    if (BigInt(event.position) <= position) faults.push(`disordered position ${event.position}`);
    if (event.revision !== stream.length) faults.push(`gap before ${event.stream} ${event.revision}`);
    if (ids.has(event.id)) faults.push(`doubled ${event.id}`);
    position = BigInt(event.position);
    stream.push(event);
    ids.add(event.id);
  }

  let before = 0n;
  for (const { stream, revision, ids: expected } of acknowledged) {
    const events = streams.get(stream)?.slice(revision + 1 - expected.length, revision + 1) ?? [];
    if (events.map((event) => event.id).join() !== expected.join()) faults.push(`lost ${stream} ${revision}`);
    const last = BigInt(events.at(-1)?.position ?? before);
    if (last < before) faults.push(`reordered ${stream} ${revision}`);
    before = last;
  }

  for (const [stream, events] of streams) {
    for (const [i, { data, revision }] of events.entries()) {
      const first = events[i - Number(data['n'])];
      const last = events[i - Number(data['n']) + Number(data['of']) - 1];
      if (first?.data['batch'] !== data['batch'] || last?.data['batch'] !== data['batch']) {
        faults.push(`torn append at ${stream} ${revision}`);
      }
    }
  }
  return faults;
}
