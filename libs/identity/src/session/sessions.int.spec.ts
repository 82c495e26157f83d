import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { attemptsAreCounted } from './attempts.contract.js';
import { FactsInFolder } from './facts-in-folder.contract.js';
import type { StoredSession } from './session-store.js';
import { sessionsAreKept } from './sessions.contract.js';
import { Sessions } from './sessions.js';

describe('In this process alone', () => {
  let here: FactsInFolder;
  beforeEach(() => void (here = new FactsInFolder()));
  afterEach(() => here.remove());

  describe('a session', () => sessionsAreKept(() => here.kept()));

  describe('who guesses', () => attemptsAreCounted((now) => here.attempts(now)));

  it('a session is 256 random bits, of which only the hash is kept', async () => {
    const sessions = await here.sessions();
    const erin = await here.somebody();
    const secret = await sessions.begin(erin, 'full');
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(await sessions.find(secret)).toMatchObject({ person: erin, level: 'full', isProven: false });
    expect(readFileSync(here.file).includes(secret)).toBe(false);
    expect(statSync(here.file).mode & 0o777).toBe(0o600);
  });

  it('a session goes on after a restart', async () => {
    const erin = await here.somebody();
    const secret = await (await here.sessions()).begin(erin, 'full');
    await here.close();
    expect(await (await here.sessions()).find(secret)).toMatchObject({ person: erin });
  });

  it('no file says in words which browser it is, and none says whose session it was once that is forgotten', async () => {
    const store = await here.store();
    const erin = await here.somebody();
    const agent = 'Canary Browser 4711';
    await new Sessions(store).begin(erin, 'full', { agent });
    const [{ hash }] = (await store.ofPerson(erin)) as [StoredSession];
    const holding = (text: string) =>
      readdirSync(here.folder, { withFileTypes: true })
        .filter((each) => each.isFile() && readFileSync(join(here.folder, each.name)).includes(text))
        .map(({ name }) => name);
    expect(holding(agent)).toEqual([]);
    expect([holding(erin), holding(hash)]).toEqual([['sessions.sqlite'], ['sessions.sqlite']]);
    await store.forget(erin);
    expect([holding(erin), holding(hash)]).toEqual([[], []]);
  });
});
