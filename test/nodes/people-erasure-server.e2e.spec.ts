import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventStore } from '#event-store';
import { StandIn } from '../stand-in/stand-in.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { eventually } from '../support/eventually.js';
import type { Node } from './nodes.js';
import { CANARY, Office, TALKATIVE } from './office.js';
import { expectToBeSearched } from './searched.js';
import { filesWith, holds } from './traces.js';
import type { Visitor } from './visitor.js';

// The log is on a server, and two processes read it. They share nothing else: each has keys of its own, as where a folder
// is copied from one machine to another instead of being mounted on both.

describe('Erasing a person, where the log is on a server and each node has its own copy of the keys', () => {
  let server: StandIn;
  let folders: readonly string[];
  let nodes: readonly Node[] = [];
  let office: Office;
  let adaThere: Visitor;
  let before: Awaited<ReturnType<Office['record']>>;

  const run = (folder: string) => ProductProcess.start({ DATA_DIR: folder, EVENT_STORE_URL: server.url, ...TALKATIVE });
  const keyIn = (folder: string) => join(folder, 'keys', `${office.canary.person}.key`);
  const said = () => nodes.map(({ output, errors }) => output + errors).join('');

  beforeAll(async () => {
    compileProduct();
    server = await StandIn.start();
    folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'para71-')));
    const [here, there] = folders as [string, string];
    const one = await run(here);
    nodes = [one];
    office = new Office(one.api, one.api, join(here, 'mail'));
    await office.begin(one.output);
    cpSync(join(here, 'keys'), join(there, 'keys'), { recursive: true });
    const other = await run(there);
    nodes = [one, other];
    adaThere = await office.adaAnew(other.api);
    before = await office.record(one.api);
  }, 240_000);
  afterAll(async () => {
    for (const node of nodes) await node.signal('SIGKILL');
    await server.stop();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  /** All events there are, of whatever kind, as they come over the wire. */
  async function overTheWire(): Promise<Buffer> {
    const store = await openEventStore(server.url);
    try {
      const events = [];
      for await (const event of store.readAll()) events.push(event);
      return Buffer.from(JSON.stringify(events));
    } finally {
      await store.close();
    }
  }

  const shownThere = () => adaThere.get(nodes[1]!.api, `/api/persons/${office.canary.person}`);

  it('both can read who they are before it, each by its own key', async () => {
    for (const folder of folders) expect([folder, existsSync(keyIn(folder))]).toEqual([folder, true]);
    expect(holds(Buffer.from((await shownThere()).text), CANARY)).toBe(true);
  });

  it('is looked for in what the server keeps, where they never stood', async () => {
    expectToBeSearched(server.folder, { 'the log of the server': /^log\.db(-wal)?$/ }, CANARY);
    expect(filesWith(server.folder, CANARY)).toEqual([]);
    expect(holds(await overTheWire(), CANARY)).toBe(false);
  });

  it('destroys the key on every node, also on the one on which nobody asked for it', async () => {
    await office.erase();
    expect(existsSync(keyIn(folders[0]!))).toBe(false);
    await eventually(() => !existsSync(keyIn(folders[1]!)));
    expect((await shownThere()).body).toEqual({ person: office.canary.person, phase: 'erased' });
  }, 60_000);

  it('leaves no trace of them in any file of either, on the server, nor in what was said', async () => {
    await eventually(() => folders.every((folder) => filesWith(folder, CANARY).length === 0));
    expect(filesWith(server.folder, CANARY)).toEqual([]);
    expect(holds(await overTheWire(), CANARY)).toBe(false);
    expect(holds(Buffer.from(said()), CANARY)).toBe(false);
  }, 60_000);

  it('changes nothing of the public record, its order, and what is told of it', async () => {
    expect(await office.record(nodes[0]!.api)).toEqual(before);
    expect((await nodes[1]!.api.get('/api/events')).text).toBe(before.events);
    expect((await adaThere.get(nodes[1]!.api, '/health/digest')).body).toEqual(before.digest);
  });
});
