import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { RecordingClock } from '#commands';
import { FolderAttachmentStore } from '#documents';
import { SqliteEventStore } from '#event-store';
import { Identity, PersonPost } from '#identity';
import { hasRedis, RedisServer } from '../../../../test/support/redis.js';
import { run } from '../run.js';
import type { Finding } from './finding.js';

let dataDir: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'para71-'));
  env = { DATA_DIR: dataDir };
});
afterEach(() => rmSync(dataDir, { recursive: true }));

async function doctor(...args: string[]) {
  let out = '';
  let err = '';
  const code = await run(['doctor', '--json', ...args], {
    env,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    colours: false,
    isTerminal: false,
    signal: new AbortController().signal,
  });
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  const about = (subject: Finding['about']) => findings.filter((each) => each.about === subject);
  return { code, err, about };
}

class NoPost extends PersonPost {
  override async send(): Promise<void> {}
}

/** As a first start does. */
async function nameKeys(): Promise<void> {
  const store = SqliteEventStore.open(join(dataDir, 'events.sqlite'));
  const identity = await Identity.open({ store, clock: new RecordingClock(), dataDir, post: new NoPost() });
  await identity.close();
  await store.close();
}

describe('para71 doctor, of the keys of persons', () => {
  it('has nothing to say before anybody has an account', async () => {
    const { code, about } = await doctor();
    expect(code).toBe(0);
    expect(about('people')).toEqual([
      expect.objectContaining({ status: 'ok', what: expect.stringMatching(/^There are no/) }),
    ]);
  });

  it('warns where nobody has to sign in, and says the mend', async () => {
    env = { ...env, PEOPLE: 'off' };
    const { code, about } = await doctor();
    expect(code).toBe(0);
    expect(about('people')[1]).toEqual({
      about: 'people',
      status: 'warning',
      what: expect.stringMatching(/PEOPLE is off/),
      mend: expect.stringMatching(/^Leave PEOPLE out/),
    });
  });

  it('finds them to be those of the log', async () => {
    await nameKeys();
    const { code, about } = await doctor();
    expect(code).toBe(0);
    expect(about('people')).toEqual([
      expect.objectContaining({ status: 'ok', what: expect.stringMatching(/those that the log names$/) }),
    ]);
  });

  it.each(['--quick', '--json'])('finds a folder that no other process has, with the mend (%s)', async (option) => {
    await nameKeys();
    const away = join(dataDir, 'away');
    renameSync(join(dataDir, 'keys'), away);
    const gone = await doctor(option);
    expect(gone.code).toBe(1);
    expect(gone.about('people')).toEqual([
      expect.objectContaining({ status: 'fault', mend: expect.stringMatching(/^Share one folder/) }),
    ]);
    renameSync(away, join(dataDir, 'keys'));
    writeFileSync(join(dataDir, 'keys', 'folder.id'), 'another\n');
    expect((await doctor(option)).about('people')[0]?.what).toMatch(/other ones than those that the log names/);
  });
});

(hasRedis ? describe : describe.skip)('para71 doctor, of sessions (needs redis-server)', () => {
  it('tries whether Redis keeps them, and tells what its user may not', async () => {
    const redis = await RedisServer.start();
    try {
      env = { ...env, REDIS_URL: redis.url };
      expect((await doctor()).about('people').map(({ status }) => status)).toEqual(['ok', 'ok']);
      await redis.asked((client) => client.acl('SETUSER', 'narrow', 'on', '>secret', '~bull:*', '+@all'));
      env = { ...env, REDIS_URL: redis.url.replace('//', '//narrow:secret@') };
      const { code, about } = await doctor();
      expect(code).toBe(1);
      expect(about('people')[1]).toMatchObject({ status: 'fault', what: expect.stringMatching(/~para71:\*/) });
    } finally {
      await redis.remove();
    }
  }, 30_000);
});

describe('para71 doctor, of the disk', () => {
  const disk = (what: string) => expect.objectContaining({ status: 'ok', what: expect.stringContaining(what) });

  it('finds nothing wrong with a folder that is there, or can be made', async () => {
    expect((await doctor()).about('disk')).toEqual([disk(`${dataDir} can be written to`), disk('GiB are free')]);
    const data = join(dataDir, 'new', 'data');
    env = { DATA_DIR: data };
    expect((await doctor()).about('disk')).toEqual([disk(`${data} will be made`), disk('GiB are free')]);
  });

  it('finds one in which nothing can be made, with the mend', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    env = { DATA_DIR: join(file, 'data') };
    const { code, about } = await doctor();
    expect(code).toBe(1);
    expect(about('disk')[0]).toEqual({
      about: 'disk',
      status: 'fault',
      what: `${file} cannot be written to`,
      mend: expect.stringMatching(/^Give it to the user of this process: chown/),
    });
    // Nor can what would be in it, which keeps nothing else from being told.
    expect(about('people')).toContainEqual({
      about: 'people',
      status: 'fault',
      what: expect.stringMatching(/^They cannot be looked at .*ENOTDIR/),
      mend: expect.stringMatching(/^Let the user of this process read them/),
    });
    expect(about('mail')).toHaveLength(2);
  });
});

describe('para71 doctor --attachments', () => {
  const put = async (...texts: string[]) => {
    const store = await FolderAttachmentStore.open(join(dataDir, 'attachments'));
    const kept: string[] = [];
    for (const text of texts) {
      const { sha256 } = await store.put(Readable.from([Buffer.from(text)]), { name: 'a.txt', type: 'text/plain' });
      kept.push(sha256);
    }
    return kept;
  };

  it('reads each, and finds nothing where nothing is wrong', async () => {
    expect((await doctor('--attachments')).about('attachments')[0]?.what).toMatch(/^There are no attachments/);
    await put('one', 'another');
    const { code, about } = await doctor('--attachments');
    expect(code).toBe(0);
    expect(about('attachments')[0]?.what).toMatch(/^2 attachments read/);
  });

  it('names what is damaged, with the mend; nothing of it without being asked', async () => {
    const [sha256 = ''] = await put('one', 'another');
    const file = join(dataDir, 'attachments', 'content', sha256.slice(0, 2), sha256.slice(2));
    chmodSync(file, 0o600);
    writeFileSync(file, 'two');
    const { code, about } = await doctor('--attachments');
    expect(code).toBe(1);
    expect(about('attachments')).toEqual([
      {
        about: 'attachments',
        status: 'fault',
        what: expect.stringContaining(`${sha256} is not what was put there`),
        mend: expect.stringMatching(/^Bring them back from a backup/),
      },
    ]);
    expect((await doctor()).about('attachments')).toEqual([]);
    expect(readdirSync(join(dataDir, 'attachments', 'incoming'))).toEqual([]);
  });
});
