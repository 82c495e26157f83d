import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FolderAttachmentStore } from './folder-attachment-store.js';
import { UploadTokens } from './upload-tokens.js';

let folder: string;
let store: FolderAttachmentStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'para71-documents-'));
  store = await FolderAttachmentStore.open(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const TEXT = { name: 'report.txt', type: 'text/plain' };
const put = (content: string, declared = TEXT) => store.put(Readable.from([Buffer.from(content)]), declared);
const placeOf = (sha256: string) => join(folder, 'content', sha256.slice(0, 2), sha256.slice(2));
const filesIn = (name: string) =>
  readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((each) => each.isFile());

/** As somebody who changes the file itself does. */
function damage(sha256: string, change: (path: string) => void): void {
  chmodSync(placeOf(sha256), 0o600);
  change(placeOf(sha256));
}

describe('a file', () => {
  it('is kept under its hash, and read as it was', async () => {
    const text = 'An example. '.repeat(50_000);
    const kept = await put(text);
    expect(kept).toEqual({ sha256: hash('sha256', text), bytes: text.length, ...TEXT });
    expect(readFileSync(placeOf(kept.sha256), 'utf8')).toBe(text);
    const { content, bytes } = (await store.open(kept.sha256))!;
    expect(bytes).toBe(text.length);
    expect((await buffer(content)).toString()).toBe(text);
    expect(await store.has(kept.sha256)).toBe(true);
  });

  it('that is not there is not there, and nothing else can be named', async () => {
    for (const name of ['a'.repeat(64), '../upload-key', '', 'A'.repeat(64), `${'a'.repeat(64)}\n`]) {
      expect(await store.has(name)).toBe(false);
      expect(await store.open(name)).toBeUndefined();
    }
  });

  it('that comes fifty times at once is kept once', async () => {
    const text = 'The same. '.repeat(20_000);
    const kept = await Promise.all(Array.from({ length: 50 }, (_, n) => put(text, { ...TEXT, name: `copy ${n}.txt` })));
    expect(new Set(kept.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(kept[49]?.name).toBe('copy 49.txt');
    expect(filesIn('content')).toHaveLength(1);
    expect(filesIn('incoming')).toEqual([]);
  });

  it('that is too large is refused before its end, and leaves its stream to be answered over', async () => {
    let sent = 0;
    const endless = Readable.from(
      (async function* () {
        await Promise.resolve();
        for (;;) yield Buffer.alloc(((sent += 65_536), 65_536), 'x');
      })(),
    );
    await expect(store.put(endless, TEXT)).rejects.toMatchObject({ code: 'attachment-too-large' });
    expect(sent).toBeLessThan(27 * 1024 * 1024);
    expect(endless.destroyed).toBe(false);
    endless.destroy();
    expect([...filesIn('content'), ...filesIn('incoming')]).toEqual([]);
  }, 30_000);

  it('whose sender goes away leaves nothing', async () => {
    const cut = Readable.from(
      (async function* () {
        yield Buffer.from('half of ');
        await Promise.resolve();
        throw new Error('The connection broke');
      })(),
    );
    await expect(store.put(cut, TEXT)).rejects.toThrow('The connection broke');
    expect([...filesIn('content'), ...filesIn('incoming')]).toEqual([]);
  });

  it('is not kept where its name or its type says no', async () => {
    await expect(put('x', { ...TEXT, name: '../x.txt' })).rejects.toMatchObject({ code: 'attachment-name-malformed' });
    await expect(put('x', { ...TEXT, type: 'application/pdf' })).rejects.toMatchObject({
      code: 'attachment-type-disagrees',
    });
    expect([...filesIn('content'), ...filesIn('incoming')]).toEqual([]);
  });
});

describe('a file that was damaged', () => {
  const text = 'An example. '.repeat(30_000);

  it.each<[string, (path: string) => void]>([
    ['in one bit', (path) => writeFileSync(path, text.replace('An', 'Am'))],
    ['by being cut off', (path) => truncateSync(path, 100_000)],
    ['by being emptied', (path) => truncateSync(path, 0)],
  ])('%s is never given in full, and is named by a check of all', async (_, change) => {
    const { sha256 } = await put(text);
    const sound = await put('Another.');
    damage(sha256, change);
    const { content } = (await store.open(sha256))!;
    let read = 0;
    const reading = (async () => {
      for await (const part of content) read += (part as Buffer).length;
    })();
    await expect(reading).rejects.toThrow(/is damaged/);
    expect(read).toBeLessThan(text.length);
    expect(await Array.fromAsync(store.verifyAll())).toEqual([{ sha256, what: 'content' }]);
    expect((await buffer((await store.open(sound.sha256))!.content)).toString()).toBe('Another.');
  });

  it('is whole again when it is uploaded again', async () => {
    const { sha256 } = await put(text);
    damage(sha256, (path) => truncateSync(path, 7));
    await put(text);
    expect(await Array.fromAsync(store.verifyAll())).toEqual([]);
    expect((await buffer((await store.open(sha256))!.content)).toString()).toBe(text);
  });
});

describe('the folder', () => {
  it('is cleared of what a crash left, and of nothing that may still arrive', async () => {
    const left = (name: string, ageMs = 0) => {
      const path = join(folder, 'incoming', name);
      writeFileSync(path, 'half');
      const at = new Date(Date.now() - ageMs);
      utimesSync(path, at, at);
      return path;
    };
    const id = '00000000-0000-4000-8000-000000000000';
    // 2^22 is above the highest number of a process.
    const gone = [
      left(`4194305-${id}@${hostname()}`),
      left(`${process.pid}-${id}@${hostname()}`),
      left(`1-${id}@elsewhere`, 3_700_000),
    ];
    const arriving = [left(`1-${id.replaceAll('0', '1')}@elsewhere`), left(`${process.ppid}-${id}@${hostname()}`)];
    await FolderAttachmentStore.open(folder);
    expect(gone.filter((path) => existsSync(path))).toEqual([]);
    expect(arriving.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('the proof of an upload', () => {
  const [sha256, other] = ['a'.repeat(64), 'b'.repeat(64)];

  it('holds for its content, for an hour, on every server with the same folder', async () => {
    let now = Date.UTC(2026, 0, 1);
    const tokens = await UploadTokens.open(folder, () => now);
    const elsewhere = await UploadTokens.open(folder, () => now);
    const token = tokens.issue(sha256);
    expect(elsewhere.proves(token, sha256)).toBe(true);
    expect(tokens.proves(token, other)).toBe(false);
    now += 3_599_000;
    expect(tokens.proves(token, sha256)).toBe(true);
    now += 1_000;
    expect(tokens.proves(token, sha256)).toBe(false);
  });

  it('cannot be made up, lengthened, or brought from another installation', async () => {
    const tokens = await UploadTokens.open(folder);
    const strange = await UploadTokens.open(join(folder, 'strange'));
    const [, signature] = tokens.issue(sha256).split('.');
    for (const token of [
      undefined,
      '',
      'x',
      strange.issue(sha256),
      `zzzzzzzzz.${signature}`,
      `zzzzzzzzz.${'A'.repeat(43)}`,
    ])
      expect(tokens.proves(token, sha256)).toBe(false);
  });
});
