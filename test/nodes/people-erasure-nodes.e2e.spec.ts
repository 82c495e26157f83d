import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openEventStore } from '#event-store';
import type { Api } from '../support/api.js';
import { compileProduct } from '../support/product-process.js';
import { hasRedis } from '../support/redis.js';
import { eventually } from '../support/eventually.js';
import { Nodes } from './nodes.js';
import { ADDRESS, CANARY, Office, TALKATIVE } from './office.js';
import { filesWith, holds } from './traces.js';
import { PASSWORD, Visitor } from './visitor.js';

beforeAll(compileProduct, 120_000);

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('Erasing a person, where there are two nodes and a worker (needs redis-server)', () => {
  let nodes: Nodes;
  let one: Api;
  let other: Api;
  let office: Office;
  let before: Awaited<ReturnType<Office['record']>>;

  beforeAll(async () => {
    nodes = await Nodes.start(['api', 'api', 'worker'], TALKATIVE);
    [one, other] = nodes.apis as [Api, Api];
    office = new Office(one, other, nodes.mail);
    await office.begin(nodes.said);
    before = await office.record(one);
  }, 180_000);
  afterAll(() => nodes.remove(), 30_000);

  /** All events there are, of whatever kind, as they come over the wire. */
  async function inStore(): Promise<{ mails: string[]; bytes: Buffer }> {
    const store = await openEventStore(nodes.server.url);
    try {
      const events = [];
      for await (const event of store.readAll()) events.push(event);
      const mails = events.filter(({ stream }) => stream.startsWith('mail-')).map(({ type }) => type);
      return { mails, bytes: Buffer.from(JSON.stringify(events)) };
    } finally {
      await store.close();
    }
  }

  /** All that Redis answers with. What it has written to its disk is among the files. */
  async function inRedis(): Promise<Buffer> {
    return nodes.redis.asked(async (client) => {
      const keys = await client.keys('*');
      const dumped = await Promise.all(keys.map((key) => client.dumpBuffer(key)));
      // One that has run out since is not there any more.
      return Buffer.concat([Buffer.from(keys.join('\n')), ...dumped.flatMap((text) => text ?? [])]);
    });
  }

  const files = () =>
    [...nodes.folders, nodes.shared, nodes.redis.folder, nodes.mail].flatMap((folder) =>
      filesWith(folder, CANARY).map((name) => join(folder, name)),
    );

  it('they stand in the mails that were sent to them, and nowhere else', async () => {
    const found = files();
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((file) => !file.startsWith(nodes.mail))).toEqual([]);
    expect(holds((await inStore()).bytes, CANARY)).toBe(false);
    expect(holds(await inRedis(), CANARY)).toBe(false);
  });

  it('on one of them, is so on the other at once, though it had them in memory', async () => {
    await nodes.without(2, async () => {
      // This one reaches the worker when they are not there any more.
      await office.ada.post(one, `/api/persons/${office.canary.person}/invitation`);
      await office.erase();
    });
    for (const api of [one, other]) {
      const { body } = await office.shown(api);
      expect(body).toEqual({ person: office.canary.person, phase: 'erased' });
      expect((await office.canary.get(api, '/api/me')).status).toBe(401);
      const answer = await new Visitor().send(api, 'POST', '/api/sign-in', { address: ADDRESS, password: PASSWORD });
      expect(answer.status).toBe(401);
    }
    expect(readdirSync(join(nodes.shared, 'keys'))).not.toContain(`${office.canary.person}.key`);
  });

  it('is so on the worker, which writes to them no more and takes back what it wrote', async () => {
    await eventually(async () => (await inStore()).mails.includes('MailFailed'));
    await eventually(() => filesWith(nodes.mail, CANARY).length === 0);
    expect((await inStore()).mails.filter((type) => type === 'MailSent')).toHaveLength(2);
    expect(readdirSync(nodes.mail)).toHaveLength(1);
  }, 120_000);

  it('leaves no trace of them in any file, in the store, in Redis, nor in what was said', async () => {
    expect(files()).toEqual([]);
    expect(holds((await inStore()).bytes, CANARY)).toBe(false);
    expect(holds(await inRedis(), CANARY)).toBe(false);
    expect(holds(Buffer.from(nodes.said), CANARY)).toBe(false);
  });

  it('changes nothing of the public record, its order, and what is told of it', async () => {
    for (const api of [one, other]) expect(await office.record(api)).toEqual(before);
  });
});
