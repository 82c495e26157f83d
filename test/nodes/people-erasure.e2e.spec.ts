import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import type { Node } from './nodes.js';
import { ADDRESS, CANARY, Office, TALKATIVE } from './office.js';
import { expectToBeSearched } from './searched.js';
import { filesWith, holds } from './traces.js';
import { PASSWORD, Visitor } from './visitor.js';

beforeAll(compileProduct, 120_000);

const PLACES = {
  'the events file, with its free pages': /^events\.sqlite$/,
  'its write-ahead log': /^events\.sqlite-wal$/,
  'the views': /^views\/views-[^/]*$/,
  'the search index': /^views\/search-[^/]*$/,
  'the sessions': /^sessions\.sqlite/,
  'the keys': /^keys\/.*\.key$/,
  'the mails': /^mail\/.*\.eml$/,
};

describe('Erasing a person, where there is one process', () => {
  let folder: string;
  let backup: string;
  let node: Node;
  let office: Office;
  let before: Awaited<ReturnType<Office['record']>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
    backup = mkdtempSync(join(tmpdir(), 'para71-backup-'));
    node = await ProductProcess.start({ DATA_DIR: folder, ...TALKATIVE });
    office = new Office(node.api, node.api, join(folder, 'mail'));
    await office.begin(node.output);
    before = await office.record(node.api);
  }, 120_000);
  afterAll(async () => {
    await node.signal('SIGKILL');
    for (const each of [folder, backup]) rmSync(each, { recursive: true });
  });

  it('they stand in mails before it, and nowhere else', () => {
    const found = filesWith(folder, CANARY).map((name) => name.split('/')[0]);
    // So it is looked for in the right way: there it has to be, until then.
    expect(new Set(found)).toEqual(new Set(['mail']));
    for (const name of readdirSync(folder).filter((each) => each.startsWith('events.sqlite')))
      cpSync(join(folder, name), join(backup, name));
  });

  it('is looked for in every place where something is kept', () => {
    expectToBeSearched(folder, PLACES, CANARY);
    // Their sign-in that failed is in the log, as all that they did is: there they would stand.
    expect(node.output + node.errors).toMatch(/"route":"\/api\/sign-in".*"status":401/);
  });

  it('leaves no trace of them in any file, nor in what was said', async () => {
    await office.erase();
    expect(filesWith(folder, CANARY)).toEqual([]);
    expect(holds(Buffer.from(node.output + node.errors), CANARY)).toBe(false);
    expect(readdirSync(join(folder, 'keys'))).not.toContain(`${office.canary.person}.key`);
  });

  it('changes nothing of the public record, its order, and what is told of it', async () => {
    expect(await office.record(node.api)).toEqual(before);
    expect(before.events).toContain(office.canary.person);
  });

  it('leaves nobody who can come in', async () => {
    expect((await office.canary.get(node.api, '/api/me')).status).toBe(401);
    const answer = await new Visitor().send(node.api, 'POST', '/api/sign-in', { address: ADDRESS, password: PASSWORD });
    expect(answer.status).toBe(401);
    const { items } = (await office.ada.get<{ items: { person: string }[] }>(node.api, '/api/persons')).body;
    expect(items.map(({ person }) => person).toSorted()).toEqual([office.ada.person, office.bea.person].toSorted());
  });

  it('is still so after a restart', async () => {
    expect((await node.signal('SIGTERM')).code).toBe(0);
    expect(filesWith(folder, CANARY)).toEqual([]);
    node = await ProductProcess.start({ DATA_DIR: folder, ...TALKATIVE });
    expect(await office.record(node.api)).toEqual(before);
    expect(filesWith(folder, CANARY)).toEqual([]);
  }, 30_000);

  it('holds for a backup of the log from before it, with the keys of today', async () => {
    cpSync(join(folder, 'keys'), join(backup, 'keys'), { recursive: true });
    const restored = await ProductProcess.start({ DATA_DIR: backup, ...TALKATIVE });
    try {
      const { api } = restored;
      expect((await api.get('/api/events')).text).toBe(before.events);
      const ada = await office.adaAnew(api);
      const { items } = (await ada.get<{ items: { name: string }[] }>(api, '/api/persons')).body;
      expect(items.map(({ name }) => name).toSorted()).toEqual(['Ada Example', 'Bea Example']);
      const { text } = await ada.get(api, `/api/persons/${office.canary.person}`);
      expect(holds(Buffer.from(text), CANARY)).toBe(false);
      const answer = await new Visitor().send(api, 'POST', '/api/sign-in', { address: ADDRESS, password: PASSWORD });
      expect(answer.status).toBe(401);
    } finally {
      await restored.signal('SIGTERM');
    }
    expect(filesWith(backup, CANARY)).toEqual([]);
    expect(holds(Buffer.from(restored.output + restored.errors), CANARY)).toBe(false);
  }, 60_000);
});
