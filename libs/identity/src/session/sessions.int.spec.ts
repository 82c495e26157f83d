import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sessions } from './sessions.js';
import { sessionsAreKept } from './sessions.contract.js';
import { SqliteSessionStore } from './sqlite-session-store.js';

const erin = 'person-1';

function openIn(folder: string) {
  const store = new SqliteSessionStore(join(folder, 'sessions.sqlite'));
  return {
    store,
    persons: [erin, 'person-2'] as const,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const temporary = () => mkdtempSync(join(tmpdir(), 'para71-'));

describe('A session', () => sessionsAreKept(async () => openIn(temporary())));

describe('A session in a file', () => {
  let folder: string;
  let opened: ReturnType<typeof openIn>;
  let sessions: Sessions;
  beforeEach(() => {
    folder = temporary();
    opened = openIn(folder);
    sessions = new Sessions(opened.store);
  });
  afterEach(() => opened.close());

  it('is 256 random bits, of which only the hash is kept', async () => {
    const secret = await sessions.begin(erin, 'full');
    const file = join(folder, 'sessions.sqlite');
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(await sessions.find(secret)).toMatchObject({ person: erin, level: 'full', isProven: false });
    expect(readFileSync(file).includes(secret)).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing in any file when the person is forgotten', async () => {
    const canary = 'Canary Browser 4711';
    await sessions.begin(erin, 'full', { agent: canary });
    const holds = () => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(canary));
    expect(holds()).toEqual(['sessions.sqlite']);
    await opened.store.forget(erin);
    expect(holds()).toEqual([]);
  });

  it('remembers what was used up for as long as it has to, also after a restart', async () => {
    const file = join(folder, 'again.sqlite');
    let store = new SqliteSessionStore(file);
    expect(await store.useOnce('a', 1_000, 600)).toBe(true);
    await store.close();
    store = new SqliteSessionStore(file);
    expect(await store.useOnce('a', 1_599, 600)).toBe(false);
    expect(await store.useOnce('a', 1_600, 600)).toBe(true);
    await store.close();
  });
});
