import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RecordingClock } from '#commands';
import { SqliteEventStore } from '#event-store';
import { type Mail, Outbox } from '#jobs';
import { MailServer } from '../support/mail-server.js';
import { compileProduct } from '../support/product-process.js';

const KILLS = 8;
const BATCH = 20;
/** In which one that is planted is found: most rounds show it. */
const ROUNDS = 20;
const CHILD = [
  '--import',
  join(import.meta.dirname, '../support/typescript.mjs'),
  join(import.meta.dirname, 'mail-child.ts'),
];

describe('A process that is killed while it sends mail', () => {
  let folder: string;
  let file: string;
  let contacts: string;
  let server: MailServer;
  beforeAll(() => compileProduct(), 180_000);
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'para71-kill-mail-'));
    file = join(folder, 'log.db');
    contacts = join(folder, 'contacts.json');
    writeFileSync(contacts, JSON.stringify({ 'example-registry': ['reports@registry.example'] }));
    server = await MailServer.start();
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs children until one has sent the first so many mails, and returns how many were killed. */
  async function send(mails: number, ...how: readonly string[]): Promise<number> {
    for (let kills = 0; ; kills++) {
      const child = spawn(process.execPath, [...CHILD, file, contacts, server.url, String(mails), ...how], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit') as Promise<[number | null]>;
      await Promise.race([once(child.stdout, 'data'), exited]);
      const patience = new AbortController();
      const mortal = delay(randomInt(50, 600), undefined, patience).then(
        () => child.kill('SIGKILL'),
        () => false,
      );
      const [code] = await exited;
      patience.abort();
      await mortal;
      if (code !== null) {
        expect(code).toBe(0);
        return kills;
      }
    }
  }

  async function outcome(): Promise<{ mails: readonly Mail[]; taken: ReadonlyMap<string, number> }> {
    const store = SqliteEventStore.open(file);
    const mails = await new Outbox(store, new RecordingClock()).all();
    await store.close();
    const taken = new Map<string, number>();
    for (const { messageId } of server.taken) {
      const id = messageId.slice(1, messageId.indexOf('@'));
      taken.set(id, (taken.get(id) ?? 0) + 1);
    }
    return { mails, taken };
  }

  it('sends none twice, and says of each that is missing that it may not have arrived', async () => {
    let kills = 0;
    let prepared = 0;
    while (kills < KILLS) kills += await send((prepared += BATCH));
    const { mails, taken } = await outcome();
    expect(mails).toHaveLength(prepared);
    expect([...taken.values()].filter((times) => times > 1)).toEqual([]);
    for (const { id, phase } of mails) {
      expect(['sent', 'handed-over']).toContain(phase);
      if (phase === 'sent') expect(taken.get(id)).toBe(1);
    }
    // Three are sent at a time, so no kill can cut off more.
    expect(mails.filter(({ phase }) => phase === 'handed-over').length).toBeLessThanOrEqual(3 * kills);
  }, 600_000);

  it('is caught where it claims a mail only after it was sent', async () => {
    let twice = 0;
    for (let round = 0; round < ROUNDS && twice === 0; round++) {
      rmSync(file, { force: true });
      for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
      server.taken.length = 0;
      await send(BATCH, 'hasty');
      twice = [...(await outcome()).taken.values()].filter((times) => times > 1).length;
    }
    expect(twice).toBeGreaterThan(0);
  }, 600_000);
});
