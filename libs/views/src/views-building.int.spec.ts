import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RecordInFolder, recorded, registered, renamed, revised } from '#testing';
import { ALL_VIEWS } from './all-views.js';
import { ViewFile } from './engine/view-file.js';
import type { View } from './view.js';
import { Views, ViewsBehind } from './views.js';

const REGISTRY = 'organization-example-registry';
const [organizations, ...others] = ALL_VIEWS as readonly [View, ...View[]];

/** The views of the next edition: of one of them the documents are others, and one is new. */
const NEXT: readonly View[] = [
  { ...organizations, version: 2, apply: (...told) => ({ ...organizations.apply(...told), edition: 2 }) },
  ...others,
  { ...organizations, name: 'newcomers' },
];

describe('While views are built', () => {
  let record: RecordInFolder;
  let opened: Views[];

  beforeEach(async () => {
    record = new RecordInFolder();
    opened = [];
    await record.tell(REGISTRY, registered());
    await record.tell('action-act-0001', recorded(), revised());
    await record.tell(REGISTRY, renamed());
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const views of opened) await views.close();
    await record.close();
  });

  const folder = () => join(record.folder, 'views');
  const files = () => readdirSync(folder()).filter((name) => name.endsWith('.sqlite'));
  const open = (views: readonly View[] = ALL_VIEWS) => {
    const all = new Views({ folder: folder(), store: record.store, views });
    opened.push(all);
    return all;
  };
  const started = async (views?: readonly View[]) => {
    const all = open(views);
    await all.start();
    return all;
  };
  const everythingIn = (views: Views) =>
    ALL_VIEWS.map(({ name }) => [-1, 0, 1, 2, 3].map((asOf) => views.range(name, '', { asOf })));

  /** Holds the log back from builds after its first page, until it is let go. */
  const heldBack = () => {
    const { promise: letGo, resolve: release } = Promise.withResolvers<void>();
    const { promise: held, resolve: isHeld } = Promise.withResolvers<void>();
    const readPages = record.store.readPages.bind(record.store);
    jest.spyOn(record.store, 'readPages').mockImplementation(async function* (options) {
      for await (const page of readPages(options)) {
        yield page;
        if (options?.limit !== undefined) continue;
        isHeld();
        await letGo;
      }
    });
    return { held, release };
  };

  it('of another edition, those of the old one answer as before, and trouble says so', async () => {
    const old = await started();
    const before = everythingIn(old);
    await old.close();
    const { held, release } = heldBack();
    const next = open(NEXT);
    const starting = next.start();
    await held;
    expect(everythingIn(next)).toEqual(before);
    expect(next.listed('actions', ['participant=example-registry'])).toHaveLength(1);
    expect(next.head.sequence).toBe(3);
    expect(next.trouble).toMatchObject({ reason: 'building' });
    expect(() => next.document('newcomers', 'example-registry')).toThrow(ViewsBehind);
    release();
    await starting;
    expect(next.trouble).toBeUndefined();
    expect(next.document('organizations', 'example-registry')?.body).toContain('"edition":2');
    expect(next.document('newcomers', 'example-registry')).toBeDefined();
    expect(files()).toHaveLength(1);
  });

  it('of another edition for the first time, nothing answers until they are there', async () => {
    const { held, release } = heldBack();
    const views = open();
    const starting = views.start();
    await held;
    expect(() => views.range('actions', '')).toThrow(ViewsBehind);
    expect(() => views.sequenceAt('2030-01-01T00:00:00.000Z')).toThrow(ViewsBehind);
    expect(views.head.sequence).toBe(-1);
    expect(views.trouble).toMatchObject({ reason: 'building' });
    release();
    await starting;
    expect(views.count('actions')).toBe(1);
  });

  it('anew, the old documents answer, and what is recorded meanwhile is told afterwards', async () => {
    const views = await started();
    const [before, digest] = [everythingIn(views), views.digest()];
    const { held, release } = heldBack();
    const rebuilt = views.rebuild();
    await held;
    expect(everythingIn(views)).toEqual(before);
    expect(views.digest()).toBe(digest);
    expect(views.trouble).toMatchObject({ reason: 'building' });
    const position = await record.tell('action-act-0002', recorded());
    await expect(views.passedPosition(position, 20)).rejects.toMatchObject({ at: 3 });
    const waiting = views.passedPosition(position, 30_000);
    expect(views.document('actions', 'ACT-0002')).toBeUndefined();
    release();
    expect(await waiting).toBe(4);
    await rebuilt;
    expect(views.trouble).toBeUndefined();
    expect(views.document('actions', 'ACT-0002')).toMatchObject({ since: 4 });
    expect(files()).toHaveLength(1);
  });

  it('anew without anything new, the digest stays', async () => {
    const views = await started();
    const digest = views.digest();
    await Promise.all([views.rebuild(), views.rebuild()]);
    await views.rebuild();
    expect(views.digest()).toBe(digest);
    expect(files()).toHaveLength(1);
  });

  it('closing leaves the old file, and nothing of the new one', async () => {
    await (await started()).close();
    const [file] = files();
    const { held, release } = heldBack();
    const next = open(NEXT);
    const starting = next.start();
    await held;
    const closing = next.close();
    release();
    await expect(starting).rejects.toThrow('The views were closed');
    await closing;
    expect(files()).toEqual([file]);
    expect(next.trouble?.reason).not.toBe('failed');
    expect((await started()).document('organizations', 'example-registry')?.body).not.toContain('edition');
  });

  describe('dying', () => {
    /** As a process leaves it that ended in the midst of a build. */
    const leaveUnfinished = (path: string) =>
      new ViewFile(
        path,
        'building',
        ALL_VIEWS.map(({ name }) => name),
      ).leave();

    it('leaves a file that does not take the place of one that is finished', async () => {
      const views = await started();
      const digest = views.digest();
      await views.close();
      const [file] = files();
      leaveUnfinished(join(folder(), file!.replace(/-(\d+)\.sqlite$/, '-99.sqlite')));
      expect(files()).toHaveLength(2);
      expect((await started()).digest()).toBe(digest);
      expect(files()).toEqual([file]);
    });

    it('leaves a file that answers nothing, though there is no other', async () => {
      const views = await started();
      await views.close();
      const path = join(folder(), files()[0]!);
      ViewFile.remove(path);
      leaveUnfinished(path);
      const { held, release } = heldBack();
      const again = open();
      const starting = again.start();
      await held;
      expect(() => again.range('actions', '')).toThrow(ViewsBehind);
      release();
      await starting;
      expect(again.count('actions')).toBe(1);
    });
  });
});
