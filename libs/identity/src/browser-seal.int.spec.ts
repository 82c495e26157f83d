import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserSeal } from './browser-seal.js';
import { KeyFolder } from './keys/key-folder.js';

describe('What a browser holds sealed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'para71-seal-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let now = Date.parse('2026-02-01T09:00:00Z');
  const sealOf = (installation: string) => new BrowserSeal(new KeyFolder(join(folder, installation)), () => now);
  const seal = sealOf('one');
  const data = { codes: ['abcd-efgh'] };

  it('opens on every server of the installation, for what it was made for', async () => {
    const text = await seal.seal('codes', 'session-1', data, 60_000);
    expect(text).toMatch(/^[\w.-]+$/);
    expect(text).not.toContain('abcd');
    expect(await sealOf('one').open('codes', 'session-1', text)).toEqual(data);
  });

  it('opens neither for another session, nor as something else, nor elsewhere, nor changed, nor too late', async () => {
    const text = await seal.seal('codes', 'session-1', data, 60_000);
    expect(await seal.open('codes', 'session-2', text)).toBeUndefined();
    expect(await seal.open('token', 'session-1', text)).toBeUndefined();
    expect(await sealOf('two').open('codes', 'session-1', text)).toBeUndefined();
    const place = text.length - 30;
    const changed = text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);
    expect(await seal.open('codes', 'session-1', changed)).toBeUndefined();
    for (const junk of ['', '.', 'a.b', 'x'.repeat(4_000)]) {
      expect(await seal.open('codes', 'session-1', junk)).toBeUndefined();
    }
    now += 60_000;
    expect(await seal.open('codes', 'session-1', text)).toBeUndefined();
  });
});
