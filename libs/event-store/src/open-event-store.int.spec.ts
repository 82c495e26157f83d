import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoLogYet } from './errors.js';
import { nameSameLog, openEventStore } from './open-event-store.js';
import { SqliteEventStore } from './sqlite/sqlite-event-store.js';

describe('openEventStore', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'para71-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('opens a file', async () => {
    const store = await openEventStore(`sqlite:${join(folder, 'events.sqlite')}`);
    expect(store).toBeInstanceOf(SqliteEventStore);
    await store.close();
  });

  it('begins a log where there is none, its folder only where that is said, and none where that is said', async () => {
    const path = join(folder, 'new', 'events.sqlite');
    const url = `sqlite:${path}`;
    await expect(openEventStore(url)).rejects.toThrow('ENOENT');
    await expect(openEventStore(url, { ifNone: 'refuse' })).rejects.toEqual(new NoLogYet(`There is no log in ${path}`));
    expect(existsSync(join(folder, 'new'))).toBe(false);
    await (await openEventStore(url, { ifNone: 'begin-in-new-folder' })).close();
    await (await openEventStore(url, { ifNone: 'refuse' })).close();
  });

  it('knows a log by another name', () => {
    const path = join(process.cwd(), 'data', 'events.sqlite');
    expect(nameSameLog(`sqlite:${path}`, 'sqlite:data/../data/events.sqlite')).toBe(true);
    expect(nameSameLog(`sqlite:${path}`, 'sqlite:events.sqlite')).toBe(false);
    expect(nameSameLog('kurrentdb://a', 'kurrentdb://a')).toBe(true);
    expect(nameSameLog(`sqlite:${path}`, 'kurrentdb://a')).toBe(false);
  });

  it.each([
    ['sqlite:', /names no file/],
    ['postgres://localhost', /no event store for postgres:/],
    ['/var/lib/para71', /a URL without a scheme/],
    ['', /a URL without a scheme/],
    ['kurrentdb://', /names no server/],
    ['esdb+discover://a?nodePreference=follower', /nodePreference must be leader/],
  ])('refuses %j, and says what it takes', async (url, message) => {
    await expect(openEventStore(url)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(message),
    });
  });
});
