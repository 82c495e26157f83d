import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { briefFactsContract } from './brief-facts.contract.js';
import { OwnFacts } from './own-facts.js';

briefFactsContract('This process', async () => [new OwnFacts({ file: ':memory:' })]);

describe('facts of this process in a file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
    file = join(folder, 'facts.sqlite');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are there after a restart, for as long as they last by the clock that is given', async () => {
    let now = 1_000;
    let facts = new OwnFacts({ file, now: () => now });
    await facts.putIfAbsent({ key: 'a', text: '', lastsMs: 600 });
    await facts.close();
    facts = new OwnFacts({ file, now: () => now });
    now = 1_599;
    expect(await facts.putIfAbsent({ key: 'a', text: '', lastsMs: 600 })).toBe(false);
    now = 1_600;
    expect(await facts.putIfAbsent({ key: 'a', text: '', lastsMs: 600 })).toBe(true);
    await facts.close();
  });

  it('leave nothing there when they are over, or those of an earlier edition', async () => {
    const earlier = new DatabaseSync(file);
    earlier.exec("create table session (agent text) strict; insert into session values ('Canary Browser 4711')");
    earlier.close();
    let now = 0;
    const facts = new OwnFacts({ file, now: () => now });
    await facts.put({ key: 'a', text: 'Canary Vogel 4712', lastsMs: 600 });
    now = 600;
    await facts.put({ key: 'b', text: '', lastsMs: 600 });
    const written = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    for (const canary of ['4711', '4712']) expect(written.some((text) => text.includes(canary))).toBe(false);
    await facts.close();
  });
});
