import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventStore } from './open-event-store.js';
import { SqliteEventStore } from './sqlite/sqlite-event-store.js';

describe('openEventStore', () => {
  it('opens a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'para71-'));
    const store = await openEventStore(`sqlite:${join(folder, 'events.sqlite')}`);
    expect(store).toBeInstanceOf(SqliteEventStore);
    await store.close();
    rmSync(folder, { recursive: true });
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
