import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { RecordInFolder, registered, renamed } from '#testing';
import { ALL_VIEWS } from './all-views.js';
import type { View } from './view.js';
import { viewFilesIn } from './view-files.js';
import { Views, ViewsBehind } from './views.js';

const REGISTRY = 'organization-example-registry';

describe('What the views were told a moment ago', () => {
  let record: RecordInFolder;
  let views: Views;
  let opened: Views[];

  beforeEach(async () => {
    record = new RecordInFolder();
    opened = [];
    views = await started('views');
  });
  afterEach(async () => {
    for (const each of opened) await each.close();
    await record.close();
  });

  const pathOf = (name: string) => join(record.folder, name);
  const started = async (name: string, of: readonly View[] = ALL_VIEWS) => {
    const all = new Views({ folder: pathOf(name), store: record.store, views: of });
    opened.push(all);
    await all.start();
    return all;
  };
  const shown = async (position: string) => views.passedPosition(position, 30_000);
  /** Resolves once the views have failed. */
  const failureOf = (each: Views) =>
    expect(each.passedSequence(Number.MAX_SAFE_INTEGER, 60_000)).rejects.toThrow(ViewsBehind);
  const inFile = () => viewFilesIn(pathOf('views'), ALL_VIEWS)[0]?.head?.sequence;

  it('is read at once, and stands in the file soon after', async () => {
    await shown(await record.tell(REGISTRY, registered()));
    expect(views.document('organizations', 'example-registry')).toMatchObject({ since: 0 });
    expect(inFile()).toBe(-1);
    await expect(until(() => inFile() === 0)).resolves.toBe(true);
  });

  it('is in the file that they leave', async () => {
    await shown(await record.tell(REGISTRY, registered(), renamed()));
    await views.close();
    expect(inFile()).toBe(1);
  });

  it('is in a digest that is made aside', async () => {
    await shown(await record.tell(REGISTRY, registered(), renamed()));
    expect(await views.digestAside()).toEqual({ sequence: 1, digest: views.digest() });
  });

  it('is folded again by whoever finds the file without it, as after a kill', async () => {
    await shown(await record.tell(REGISTRY, registered()));
    await expect(until(() => inFile() === 0)).resolves.toBe(true);
    await shown(await record.tell(REGISTRY, renamed()));
    cpSync(pathOf('views'), pathOf('left'), { recursive: true });
    expect(viewFilesIn(pathOf('left'), ALL_VIEWS)[0]?.head?.sequence).toBe(0);
    const again = await started('left');
    expect(again.head.sequence).toBe(1);
    expect(again.digest()).toBe(views.digest());
  });

  it('is undone with what could not be written after it, and claimed no more, until they are built anew', async () => {
    let unwritable = true;
    // No file takes a document twice into the same list.
    const brittle: View<{ type: string }> = {
      name: 'brittle',
      version: 1,
      keysOf: () => ['one'],
      apply: (_, { type }) => ({ type }),
      listsOf: ({ type }) => (unwritable && type === 'OrganizationRenamed' ? ['a=b', 'a=b'] : []),
    };
    views = await started('brittle', [...ALL_VIEWS, brittle]);
    const position = await record.tell(REGISTRY, registered());
    await shown(position);
    const failed = failureOf(views);
    await record.tell(REGISTRY, renamed());
    await failed;
    expect(views.trouble).toMatchObject({ reason: 'failed', detail: expect.stringMatching(/UNIQUE/) });
    expect(views.head.sequence).toBe(-1);
    expect(views.document('organizations', 'example-registry')).toBeUndefined();
    await expect(views.passedPosition(position, 10)).rejects.toThrow(ViewsBehind);
    unwritable = false;
    await views.rebuild();
    expect(await shown(position)).toBe(0);
    expect(views.document('organizations', 'example-registry')).toMatchObject({ since: 1 });
  });
});

async function until(isSo: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}
