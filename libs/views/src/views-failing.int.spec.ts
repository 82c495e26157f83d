import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recorded, RecordInFolder, registered, renamed, sourceAdded } from '#testing';
import { ALL_VIEWS } from './all-views.js';
import type { View } from './view.js';
import { Views, ViewsBehind } from './views.js';

const REGISTRY = 'organization-example-registry';

describe('Views that fail', () => {
  let record: RecordInFolder;
  let opened: Views[];

  beforeEach(() => {
    record = new RecordInFolder();
    opened = [];
  });
  afterEach(async () => {
    for (const views of opened) await views.close();
    await record.close();
  });

  const open = (views: readonly View[] = ALL_VIEWS, name = 'views') => {
    const all = new Views({ folder: join(record.folder, name), store: record.store, views });
    opened.push(all);
    return all;
  };
  const started = async (...args: Parameters<typeof open>) => {
    const views = open(...args);
    await views.start();
    return views;
  };
  /** Resolves once the views have failed. */
  const failureOf = (views: Views) =>
    expect(views.passedSequence(Number.MAX_SAFE_INTEGER, 60_000)).rejects.toThrow(ViewsBehind);

  describe('at an event that no rule knows, in the midst of others', () => {
    let views: Views;
    const unknown = { type: 'SomethingNew', data: {} };

    beforeEach(async () => {
      await record.tell(REGISTRY, registered());
      views = await started();
      const failed = failureOf(views);
      // One append is one page to those who follow the log.
      await record.tell('action-act-0001', recorded(), unknown, sourceAdded());
      await failed;
    });

    it('say so, and name it', () =>
      expect(views.trouble).toEqual({
        reason: 'failed',
        detail: expect.stringMatching(/SomethingNew .*newer edition/),
      }));

    it('go on answering what they told until then, and claim no more', async () => {
      expect(views.document('organizations', 'example-registry')).toMatchObject({ since: 0 });
      expect(views.document('actions', 'ACT-0001')).toBeUndefined();
      expect(views.head.sequence).toBe(0);
      await expect(views.passedSequence(1, 10)).rejects.toMatchObject({ at: 0 });
    });

    it('stay there, whatever is recorded after it', async () => {
      const position = await record.tell(REGISTRY, renamed());
      await expect(views.passedPosition(position, 50)).rejects.toThrow(ViewsBehind);
      expect(views.trouble?.reason).toBe('failed');
    });

    it('fail again when they are built anew, and answer as before', async () => {
      await expect(views.rebuild()).rejects.toThrow('SomethingNew');
      expect(views.trouble?.reason).toBe('failed');
      expect(views.document('organizations', 'example-registry')).toMatchObject({ since: 0 });
      expect(filesIn('views')).toHaveLength(1);
    });

    it('refuse to start again, and answer as before', async () => {
      await views.close();
      const again = open();
      await expect(again.start()).rejects.toThrow('SomethingNew');
      expect(again.document('organizations', 'example-registry')).toMatchObject({ since: 0 });
      expect(again.head.sequence).toBe(0);
    });
  });

  describe('within a fold', () => {
    let broken: boolean;
    const folded: number[] = [];
    /** As often as an organization was told of, which shows what is folded twice or never. */
    const tellings: View<{ told: number }> = {
      name: 'tellings',
      version: 1,
      keysOf: ({ subject }) => (subject.category === 'organization' ? [subject.organization] : []),
      apply: (before, { sequence, type }) => {
        if (broken && type === 'OrganizationRenamed') throw new Error('The fold is broken');
        folded.push(sequence);
        return { told: (before?.told ?? 0) + 1 };
      },
      listsOf: ({ told }) => [`told=${told}`],
    };
    const views = [ALL_VIEWS[0]!, tellings];

    beforeEach(async () => {
      broken = true;
      const first = await started(views);
      await first.passedPosition(await record.tell(REGISTRY, registered()), 30_000);
      const failed = failureOf(first);
      await record.tell(REGISTRY, registered(), renamed(), renamed());
      await failed;
      expect(first.trouble).toEqual({ reason: 'failed', detail: 'The fold is broken' });
      await first.close();
      broken = false;
      folded.length = 0;
    });

    it('go on at the checkpoint when they are opened again, and leave nothing out', async () => {
      const again = await started(views);
      expect(folded).toEqual([1, 2, 3]);
      expect(again.document('tellings', 'example-registry')).toMatchObject({ since: 3, body: '{"told":4}' });
      expect(again.listed('tellings', ['told=4'])).toHaveLength(1);
      expect(again.listed('tellings', ['told=2'])).toEqual([]);
    });

    it('tell then what views tell that never failed', async () => {
      const again = await started(views);
      const whole = await started(views, 'elsewhere');
      expect(again.digest()).toBe(whole.digest());
      for (let asOf = -1; asOf <= 3; asOf++) {
        for (const list of ['told=1', 'told=2', 'told=3', 'told=4'] as const) {
          const keysIn = (each: Views) => each.listed('tellings', [list], { asOf }).map(({ key }) => key);
          expect(keysIn(again)).toEqual(asOf + 1 === Number(list.slice(-1)) ? ['example-registry'] : []);
          expect(keysIn(whole)).toEqual(keysIn(again));
        }
      }
    });
  });

  it('because a listener threw have told the commit that it was told of', async () => {
    const views = await started();
    views.onMove(() => {
      throw new Error('The listener is broken');
    });
    const failed = failureOf(views);
    const position = await record.tell(REGISTRY, registered());
    await failed;
    expect(views.trouble).toEqual({ reason: 'failed', detail: 'The listener is broken' });
    expect(views.head).toMatchObject({ sequence: 0, position });
    expect(views.count('organizations')).toBe(1);
  });

  it.each<[string, (file: string) => void]>([
    ['garbage', (file) => writeFileSync(file, Buffer.alloc(readFileSync(file).length, 0xa5))],
    ['nothing', (file) => truncateSync(file)],
    ['half a file', (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2))],
    ['a header that is whole, and garbage', (file) => writeFileSync(file, wholeHeaderOf(file))],
  ])('because their file is %s are built from the log', async (_, damage) => {
    await record.tell(REGISTRY, registered(), renamed());
    const before = await started();
    const digest = before.digest();
    await before.close();
    const [file] = filesIn('views');
    damage(join(record.folder, 'views', file!));
    expect((await started()).digest()).toBe(digest);
    expect(filesIn('views')).toHaveLength(1);
  });

  const filesIn = (name: string) => readdirSync(join(record.folder, name)).filter((each) => each.endsWith('.sqlite'));

  function wholeHeaderOf(file: string): Buffer {
    const bytes = readFileSync(file);
    return bytes.fill(0xa5, 100);
  }
});
