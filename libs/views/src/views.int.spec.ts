import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReadAllOptions, StoreUnavailable } from '#event-store';
import { actionCited, inStream, opened, RecordInFolder, recorded, registered, requested, sourceAdded } from '#testing';
import { ALL_VIEWS } from './all-views.js';
import { ViewFile } from './engine/view-file.js';
import type { View } from './view.js';
import type { Progress, ViewsOptions } from './views.js';
import { Views, ViewsBehind } from './views.js';

/** Each event of an organization, as often as it was told something. */
const tellings: View<{ told: number }> = {
  name: 'tellings',
  version: 1,
  keysOf: ({ subject }) => (subject.category === 'organization' ? [subject.organization] : []),
  apply: (before) => ({ told: (before?.told ?? 0) + 1 }),
};

describe('Views', () => {
  let record: RecordInFolder;
  let all: Views[];
  const folder = () => join(record.folder, 'views');
  const files = () => readdirSync(folder()).filter((name) => name.endsWith('.sqlite'));
  const open = (options: Partial<ViewsOptions> = {}) => {
    const views = new Views({ folder: folder(), store: record.store, views: ALL_VIEWS, ...options });
    all.push(views);
    return views;
  };
  const started = async (options: Partial<ViewsOptions> = {}) => {
    const views = open(options);
    await views.start();
    return views;
  };
  const bodyOf = (views: Views, view: string, key: string) =>
    JSON.parse(views.document(view, key)?.body ?? 'null') as Record<string, unknown> | null;

  beforeEach(() => {
    record = new RecordInFolder();
    all = [];
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const views of all) await views.close();
    await record.close();
  });

  describe('while all goes well', () => {
    it('tell the record as soon as they have started, and whatever is recorded then', async () => {
      await record.tell('organization-example-registry', registered());
      const views = await started();
      expect(bodyOf(views, 'organizations', 'example-registry')).toMatchObject({ name: 'Example Registry' });
      expect(views.trouble).toBeUndefined();
      const position = await record.tell('action-act-0001', recorded());
      expect(await views.passedPosition(position, 30_000)).toBe(1);
      expect(views.head).toMatchObject({ sequence: 1, position, recordedAt: '2026-01-15T09:00:02.000Z' });
      expect(views.count('actions')).toBe(1);
    });

    it('start on an empty record', async () => {
      const views = await started();
      expect(views.head).toEqual({ sequence: -1, recordedAt: '' });
      expect(views.range('organizations', '')).toEqual([]);
      expect(views.sequenceAt('2030-01-01T00:00:00.000Z')).toBe(-1);
    });

    it('count only the public record', async () => {
      await record.tell('person-1', { type: 'PersonRegistered', data: { sealed: '…' } });
      await record.tell('organization-example-registry', registered());
      expect((await started()).head.sequence).toBe(0);
    });

    it('go on where they were when they are opened again', async () => {
      await record.tell('organization-example-registry', registered());
      const first = await started();
      await first.close();
      await record.tell('action-act-0001', recorded());
      const progress: Progress[] = [];
      const views = await started({ onProgress: (each) => progress.push(each) });
      expect(progress.map(({ phase }) => phase)).toEqual(['catching-up']);
      expect(views.head.sequence).toBe(1);
      expect(files()).toHaveLength(1);
    });

    it('tell each commit to who listens, until they are asked to stop', async () => {
      const views = await started();
      const heads: number[] = [];
      const stop = views.onMove(({ sequence }) => heads.push(sequence));
      await views.passedPosition(await record.tell('organization-example-registry', registered()), 30_000);
      stop();
      await views.passedPosition(await record.tell('action-act-0001', recorded()), 30_000);
      expect(heads).toEqual([0]);
    });

    it('have their folder for themselves', async () => {
      const first = await started();
      const second = open();
      await expect(second.start()).rejects.toMatchObject({
        code: 'views-in-use',
        message: expect.stringMatching(/DATA_DIR/),
      });
      await first.close();
      await second.start();
      expect(second.trouble).toBeUndefined();
    });

    it('refuse to begin a second time, and go on as they were', async () => {
      const views = await started();
      await expect(views.start()).rejects.toThrow('started already');
      await views.passedPosition(await record.tell('action-act-0001', recorded()), 30_000);
      expect(views.head.sequence).toBe(0);
      expect(views.trouble).toBeUndefined();
    });

    it('refuse two views of one name, and a question about one that is not there', async () => {
      expect(() => open({ views: [tellings, { ...tellings, version: 2 }] })).toThrow('Two views have the same name');
      const views = await started({ views: [tellings] });
      expect(() => views.document('timeline', 'x')).toThrow('There is no view timeline');
    });
  });

  describe('for those who wait', () => {
    it('know the position of an event that was passed long ago', async () => {
      const positions: string[] = [];
      for (let n = 0; n < 12; n++) positions.push(await record.tell(`action-act-${n}`, recorded()));
      const views = await started();
      for (const [sequence, position] of positions.entries()) {
        expect(await views.passedPosition(position, 0)).toBe(sequence);
        expect(views.mark(sequence)).toMatchObject({ position });
      }
      expect(views.mark(12)).toBeUndefined();
    });

    it('say that they are behind when the time is over', async () => {
      await record.tell('organization-example-registry', registered());
      const views = await started();
      await expect(views.passedPosition('999', 10)).rejects.toThrow(ViewsBehind);
      await expect(views.passedSequence(1, 10)).rejects.toMatchObject({ at: 0, waitedMs: expect.any(Number) });
      expect(await views.passedSequence(0, 0)).toBe(0);
    });

    it('answer when the build that runs has passed it', async () => {
      const views = await started();
      const built = views.rebuild();
      const position = await record.tell('organization-example-registry', registered());
      expect(await views.passedPosition(position, 30_000)).toBe(0);
      await built;
    });
  });

  describe('as of a time', () => {
    it('know the last event that was recorded by then, also where several were at once', async () => {
      await record.tell('organization-example-registry', registered());
      record.setClock('2026-01-15T09:00:01.000Z');
      await record.tell('action-act-0001', recorded());
      await record.tell('action-act-0002', recorded());
      const views = await started();
      expect(views.sequenceAt('2026-01-15T09:00:00.999Z')).toBe(-1);
      expect(views.sequenceAt('2026-01-15T09:00:01.000Z')).toBe(1);
      expect(views.sequenceAt('2026-01-15T09:00:01.999Z')).toBe(1);
      expect(views.sequenceAt('2026-01-15T09:00:02.000Z')).toBe(2);
    });

    it('never go back, though a clock did', async () => {
      await record.tell('organization-example-registry', registered());
      record.setClock('2020-01-01T00:00:00.000Z');
      await record.tell('action-act-0001', recorded());
      const views = await started();
      expect(views.mark(1)?.recordedAt).toBe('2026-01-15T09:00:01.000Z');
      expect(views.sequenceAt('2025-01-01T00:00:00.000Z')).toBe(-1);
    });
  });

  describe('of another edition', () => {
    it('are built beside the old ones, which answer until then', async () => {
      for (let n = 0; n < 3; n++) await record.tell('organization-example-registry', registered());
      await (await started({ views: [tellings] })).close();
      const doubled: View<{ told: number }> = {
        ...tellings,
        version: 2,
        apply: (before) => ({ told: (before?.told ?? 0) + 2 }),
      };
      const seen: unknown[] = [];
      const other = { ...tellings, name: 'another' };
      const views = open({
        views: [other, doubled],
        progressEveryMs: 0,
        onProgress: () => seen.push(bodyOf(views, 'tellings', 'example-registry'), views.trouble),
      });
      await views.start();
      expect(seen[0]).toEqual({ told: 3 });
      expect(seen[1]).toMatchObject({ reason: 'building', progress: { phase: 'building', events: 3 } });
      expect(bodyOf(views, 'tellings', 'example-registry')).toEqual({ told: 6 });
      expect(views.trouble).toBeUndefined();
      expect(files()).toHaveLength(1);
    });

    it('answer for the views that they know, by name', async () => {
      await record.tell('organization-example-registry', registered());
      await (await started({ views: [tellings] })).close();
      const views = open({
        views: [{ ...tellings, name: 'another' }, tellings],
        onProgress: () => expect(() => views.document('another', 'example-registry')).toThrow(ViewsBehind),
      });
      await views.start();
      expect(bodyOf(views, 'another', 'example-registry')).toEqual({ told: 1 });
      expect.assertions(2);
    });
  });

  describe('built anew', () => {
    it('are the same, and answer meanwhile', async () => {
      await record.tell('organization-example-registry', registered());
      await record.tell('action-act-0001', recorded(), sourceAdded());
      const views = await started();
      const before = views.digest();
      const built = views.rebuild();
      expect(views.rebuild()).toBe(built);
      expect(views.count('actions')).toBe(1);
      await built;
      expect(views.digest()).toBe(before);
      expect(views.trouble).toBeUndefined();
      await views.passedPosition(await record.tell('action-act-0002', recorded()), 30_000);
      expect(views.count('actions')).toBe(2);
      expect(files()).toHaveLength(1);
    });

    it('are the same from a deleted folder, and from events that came one by one', async () => {
      const one = await started();
      for (let n = 0; n < 20; n++) {
        await one.passedPosition(await record.tell(`action-act-${n % 3}`, n < 3 ? recorded() : sourceAdded()), 30_000);
      }
      const live = one.digest();
      await one.close();
      const views = await started({ folder: join(record.folder, 'elsewhere') });
      expect(views.digest()).toBe(live);
    });
  });

  describe('in trouble', () => {
    it('stop at an event that no rule knows, and name it', async () => {
      const views = await started();
      const position = await record.tell('organization-example-registry', { type: 'OrganizationDreamtOf', data: {} });
      await expect(views.passedPosition(position, 60_000)).rejects.toThrow(ViewsBehind);
      expect(views.trouble).toMatchObject({
        reason: 'failed',
        detail: expect.stringContaining('OrganizationDreamtOf'),
      });
      expect(views.head.sequence).toBe(-1);
    });

    it('do not start on one, whether it is built from or caught up with', async () => {
      await record.tell('organization-example-registry', registered());
      await (await started()).close();
      await record.tell('organization-example-registry', { type: 'OrganizationDreamtOf', data: {} });
      const late = open();
      await expect(late.start()).rejects.toThrow('OrganizationDreamtOf');
      expect(late.trouble?.reason).toBe('failed');
      const anew = open({ folder: join(record.folder, 'elsewhere') });
      await expect(anew.start()).rejects.toThrow('OrganizationDreamtOf');
      expect(readdirSync(join(record.folder, 'elsewhere'))).toEqual([]);
    });

    it('keep documents and place together when a commit fails, and are mended by a rebuild', async () => {
      await record.tell('organization-example-registry', registered());
      const views = await started();
      const cut = jest.spyOn(ViewFile.prototype, 'write').mockImplementationOnce(function (this: ViewFile, changes) {
        const [first] = changes.versions;
        // The second row of the same key and sequence is refused in the midst of the transaction.
        ViewFile.prototype.write.call(this, { ...changes, versions: [first!, { ...first!, id: first!.id + 1 }] });
      });
      const position = await record.tell('action-act-0001', recorded());
      await expect(views.passedPosition(position, 60_000)).rejects.toThrow(ViewsBehind);
      cut.mockRestore();
      expect(views.trouble).toMatchObject({ reason: 'failed', detail: expect.stringContaining('UNIQUE') });
      expect(views.count('actions')).toBe(0);
      await views.rebuild();
      expect(views.trouble).toBeUndefined();
      expect(views.count('actions')).toBe(1);
    });

    it('say so when the store is closed under them', async () => {
      const views = await started();
      const waiting = views.passedSequence(7, 60_000).catch((error: unknown) => error);
      await record.store.close();
      expect(await waiting).toBeInstanceOf(ViewsBehind);
      expect(views.trouble).toMatchObject({ reason: 'failed', detail: expect.stringContaining('store was closed') });
      await record.reopen();
    });

    it('are built from the log when their file is damaged, or was never finished', async () => {
      await record.tell('organization-example-registry', registered());
      await (await started()).close();
      writeFileSync(join(folder(), files()[0]!), 'no database');
      expect((await started()).count('organizations')).toBe(1);
      await all.at(-1)!.close();
      const path = join(folder(), files()[0]!);
      ViewFile.remove(path);
      new ViewFile(path, 'building', ['organizations']).leave();
      expect((await started()).count('organizations')).toBe(1);
      expect(files()).toHaveLength(1);
    });

    it('are built anew when the log is another than the one they told', async () => {
      await record.tell('organization-example-registry', registered());
      await record.tell('action-act-0001', recorded());
      await (await started()).close();
      const restored = new RecordInFolder();
      await restored.tell('organization-example-council', registered());
      for (const longer of [false, true]) {
        if (longer) await restored.tell('cycle-ec-performance-2008', opened(), opened());
        const views = await started({ store: restored.store });
        expect(views.range('organizations', '').map(({ key }) => key)).toEqual(['example-council']);
        await views.close();
      }
      await restored.close();
    });

    it('are built anew when the log does not know the place where they stood, and only then', async () => {
      await record.tell('organization-example-registry', registered());
      await record.tell('action-act-0001', recorded());
      await (await started()).close();
      const readPages = record.store.readPages.bind(record.store);
      let isAway = true;
      // As KurrentDB answers, which does not say that it never gave a position.
      record.store.readPages = (options?: ReadAllOptions) => {
        if (isAway || options?.after !== undefined) throw new StoreUnavailable('It does not answer');
        return readPages(options);
      };
      const phases: string[] = [];
      const told = { progressEveryMs: 0, onProgress: ({ phase }: Progress) => void phases.push(phase) };
      await expect(open(told).start()).rejects.toThrow('It does not answer');
      await all.at(-1)!.close();
      expect(files()).toHaveLength(1);
      isAway = false;
      expect((await started(told)).head.sequence).toBe(1);
      expect(phases).toContain('building');
    });
  });

  describe('closed', () => {
    it('in the midst of a build leave no file that would be taken for a whole one', async () => {
      for (let n = 0; n < 5; n++) await record.tell('organization-example-registry', registered());
      const views = open({ progressEveryMs: 0, onProgress: () => void views.close() });
      await expect(views.start()).rejects.toThrow('The views were closed');
      await views.close();
      expect(readdirSync(folder())).toEqual([]);
      expect(views.trouble?.reason).not.toBe('failed');
    });

    it('tell those who wait that it is over, and cannot be started', async () => {
      const views = await started();
      const waiting = views.passedSequence(7, 60_000).catch((error: unknown) => error);
      await views.close();
      expect(await waiting).toBeInstanceOf(ViewsBehind);
      await expect(views.start()).rejects.toThrow('The views were closed');
      expect(() => views.document('actions', 'x')).toThrow(ViewsBehind);
    });
  });

  it('follow a stream of which they have forgotten everything', async () => {
    const report = inStream('report-ec-performance-2008-example-registry')(requested(), actionCited());
    for (const { stream, event } of report) await record.tell(stream, event);
    await (await started()).close();
    const views = await started();
    await views.passedPosition(await record.tell(report[0]!.stream, actionCited({ claims: [] })), 30_000);
    const key = 'example-registry/ec-performance/2008/cites/ACT-0001';
    expect(views.document('year-facts', key, 1)?.since).toBe(1);
    expect(bodyOf(views, 'year-facts', key)).toMatchObject({ action: 'ACT-0001', claims: [], why: [2] });
  });
});
