import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordingClock } from '#commands';
import { FrozenClock, RecordInFolder } from '#testing';
import { BrowserSeal } from '../browser-seal.js';
import { Identity } from '../identity.js';
import { KeyFolder } from '../keys/key-folder.js';
import { PersonPost } from '../person/person-post.js';
import { type Flow, openFlow, sealFlow } from './flow.js';

const MINUTE = 60_000;

class NoPost extends PersonPost {
  override async send(): Promise<void> {}
}

describe('A flow in the cookie of a browser', () => {
  const flow: Flow = { purpose: { kind: 'sign-in', next: '/account' }, state: 's', nonce: 'n', verifier: 'v' };
  let folder: string;
  let clock: FrozenClock;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
    clock = new FrozenClock('2026-02-01T09:00:00Z');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const sealOf = (keys: string) => new BrowserSeal(new KeyFolder(join(folder, keys)), clock.now);

  it('is read by every node of the installation that wrote it, and by no other one', async () => {
    const sealed = await sealFlow(sealOf('keys'), flow);
    expect(sealed).toMatch(/^[\w.-]{1,3000}$/);
    expect(await openFlow(sealOf('keys'), sealed)).toEqual(flow);
    expect(await openFlow(sealOf('other'), sealed)).toBeUndefined();
    for (const noise of ['', '.', `${sealed}A`, sealed.slice(0, -2), 'A'.repeat(500)])
      expect(await openFlow(sealOf('keys'), noise)).toBeUndefined();
  });

  it('is none that was made for something else', async () => {
    const other = await sealOf('keys').seal('handed-over', '', { ...flow, purpose: {} }, MINUTE);
    expect(await openFlow(sealOf('keys'), other)).toBeUndefined();
  });

  it('is over after ten minutes', async () => {
    const sealed = await sealFlow(sealOf('keys'), flow);
    clock.pass(10 * MINUTE - 1);
    expect(await openFlow(sealOf('keys'), sealed)).toEqual(flow);
    clock.pass(1);
    expect(await openFlow(sealOf('keys'), sealed)).toBeUndefined();
  });
});

describe('An account at a provider', () => {
  const subject = { issuer: 'https://id.example.org', subject: 'erin' };
  let record: RecordInFolder;
  let nodes: Identity[];
  const clock = new FrozenClock('2026-02-01T09:00:00Z');
  const open = () =>
    Identity.open({
      store: record.store,
      clock: new RecordingClock(clock.now),
      dataDir: record.folder,
      post: new NoPost(),
      now: clock.now,
    });
  beforeEach(async () => {
    record = new RecordInFolder();
    nodes = [await open(), await open()];
  });
  afterEach(async () => {
    for (const node of nodes) await node.close();
    await record.close();
  });

  const joined = async (name: string) => {
    const { people } = nodes[0]!;
    const person = await people.register(name, `${name}@registry.example`);
    await people.joinAtOnce(person);
    return person;
  };
  const holders = () =>
    Promise.all(
      nodes.map(async ({ directory }) => {
        await directory.catchUp();
        return directory.withSubject(subject);
      }),
    );

  it('belongs to the one who is first on the log, where two linked it at once on two nodes', async () => {
    const persons = [await joined('erin'), await joined('dana')];
    const both = await Promise.allSettled(
      nodes.map(({ credentials }, n) => credentials.linkSubject(persons[n]!, subject)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const winner = persons[both.findIndex(({ status }) => status === 'fulfilled')];
    nodes.push(await open());
    expect(await holders()).toEqual([winner, winner, winner]);
  });

  it('is of another one at another provider, and of nobody once it is unlinked or replaced', async () => {
    const person = await joined('erin');
    const { credentials, directory } = nodes[0]!;
    await credentials.setPassword(person, 'the cow jumps over my green lamp');
    await credentials.linkSubject(person, subject);
    expect(await directory.withSubject({ ...subject, issuer: 'https://other.example.org' })).toBeUndefined();
    await credentials.linkSubject(person, { ...subject, subject: 'another' });
    expect(await holders()).toEqual([undefined, undefined]);
    await credentials.linkSubject(person, subject);
    await credentials.unlinkSubject(person);
    nodes.push(await open());
    expect(await holders()).toEqual([undefined, undefined, undefined]);
  });
});
