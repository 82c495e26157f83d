import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '#event-store';
import type { ReportingEvent } from '#reporting';
import {
  actionCited,
  actionUncited,
  answeredByLetter,
  figureReported,
  milestoneReached,
  opened,
  partnerConfirmed,
  recorded,
  RecordInFolder,
  registered,
  renamed,
  requested,
  revised,
  sectionAnswered,
  started,
  statusChanged,
  submitted,
  synthesisIssued,
} from '#testing';
import { ALL_VIEWS } from './all-views.js';
import { Folding } from './engine/folding.js';
import { type Found, ViewFile } from './engine/view-file.js';
import { Views } from './views.js';

/** How a stream may begin, and what may be told of it then, in any order: more than the rules would let happen. */
const LIVES: readonly { streams: readonly string[]; first: ReportingEvent; later: readonly ReportingEvent[] }[] = [
  {
    streams: ['organization-example-registry', 'organization-example-union'],
    first: registered(),
    later: [renamed(), renamed({ name: 'Example Union', on: '2009' })],
  },
  { streams: ['cycle-ec-performance-2008'], first: opened(), later: [synthesisIssued()] },
  {
    streams: ['report-ec-performance-2008-example-registry', 'report-ec-performance-2009-example-registry'],
    first: requested(),
    later: [
      started(),
      sectionAnswered(),
      sectionAnswered({ text: 'Open to all, and free.' }),
      figureReported(),
      actionCited(),
      actionUncited(),
      answeredByLetter({ cites: ['ACT-0001', 'ACT-0002'] }),
      submitted(),
    ],
  },
  {
    streams: ['action-act-0001', 'action-act-0002', 'action-act-0003'],
    first: recorded(),
    later: [
      revised({ changes: { partners: [], startedOn: { date: '2006' } } }),
      revised({ changes: { partners: ['example-council'], issues: ['ACCESS'] } }),
      revised({ changes: { partners: ['example-union'], issues: ['DNS', 'ACCESS'] } }),
      statusChanged(),
      milestoneReached(),
      partnerConfirmed(),
    ],
  },
];

const STREAMS = LIVES.flatMap((life) => life.streams.map((stream) => ({ ...life, stream })));

const anyHistory = fc
  .array(fc.record({ at: fc.nat(STREAMS.length - 1), next: fc.nat(20) }), { minLength: 1, maxLength: 60 })
  .map((steps) => {
    const begun = new Map<string, number>();
    return steps.map(({ at, next }, n): RecordedEvent => {
      const { stream, first, later } = STREAMS[at]!;
      const revision = (begun.get(stream) ?? -1) + 1;
      begun.set(stream, revision);
      const { type, data } = revision ? later[next % later.length]! : first;
      const recordedAt = new Date(Date.UTC(2026, 0, 15, 9, 0, n)).toISOString();
      const place = { stream, revision, position: String(n + 1), id: `event-${n}` };
      return {
        type,
        data: data as unknown as RecordedEvent['data'],
        metadata: { actor: 'example', recordedAt },
        ...place,
      };
    });
  });

const LISTS: readonly [string, string][] = [
  ['actions', 'participant=example-union'],
  ['actions', 'participant=example-council'],
  ['actions', 'issue=ACCESS'],
  ['reports', 'organization=example-registry'],
];

describe('Documents as of an event', () => {
  let folder: string;
  let files = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Folds the events in steps of some length, with room for so many characters of documents. */
  function folded(events: readonly RecordedEvent[], step: number, room: number, mode: ViewFile['mode']): ViewFile {
    const path = join(folder, `${++files}.sqlite`);
    const names = ALL_VIEWS.map(({ name }) => name);
    const building = new ViewFile(path, 'building', names);
    if (mode === 'serving') building.finish('none');
    const file = mode === 'serving' ? new ViewFile(path, mode) : building;
    const folding = new Folding(file, ALL_VIEWS, room);
    for (let n = 0; n < events.length; n += step) {
      for (const event of events.slice(n, n + step)) folding.fold(event);
      folding.flush({ keepOpen: mode === 'building' });
    }
    if (mode === 'serving') return file;
    folding.finish();
    file.finish('none');
    return new ViewFile(path, 'serving');
  }

  const versionsOf = (file: ViewFile) =>
    ALL_VIEWS.flatMap((_, view) => [...file.versions(view)].map(({ id: _id, ...version }) => version));

  const said = (file: ViewFile, asOf: number) => ({
    ranges: ALL_VIEWS.map((_, view) => file.range(view, '', asOf, '', -1).map(withoutId)),
    lists: LISTS.map(([name, list]) => {
      const view = ALL_VIEWS.findIndex((each) => each.name === name);
      return file.listed(view, [list], asOf, '', -1).map(withoutId);
    }),
    registry: file.document(0, 'example-registry', asOf)?.body,
  });

  it('are what the events up to there, folded by themselves, say', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(), (events, cut) => {
        const asOf = cut % events.length;
        const whole = folded(events, 7, 1_000_000, 'building');
        const part = folded(events.slice(0, asOf + 1), 7, 1_000_000, 'building');
        expect(said(whole, asOf)).toEqual(said(part, Number.MAX_SAFE_INTEGER));
        for (const file of [whole, part]) file.delete();
      }),
      { numRuns: 25 },
    );
  });

  it('are the same however many events are written at once, and however few documents find room', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 1, max: 9 }), fc.nat(4_000), (events, step, room) => {
        const files = [
          folded(events, events.length, 1_000_000, 'building'),
          folded(events, step, room, 'building'),
          folded(events, step, room, 'serving'),
        ];
        const [whole, ...others] = files.map(versionsOf);
        for (const other of others) expect(other).toEqual(whole);
        for (const file of files) {
          expect(said(file, events.length)).toEqual(said(files[0]!, events.length));
          expect(file.marks.head()).toEqual(files[0]!.marks.head());
        }
        for (const file of files) file.delete();
      }),
      { numRuns: 25 },
    );
  });

  it('are in a list from the event that put them there until just before the one that took them out', () => {
    const partners = (...names: string[]) => revised({ changes: { partners: names } });
    const told = [
      recorded({ partners: [] }),
      partners('example-union'),
      partners(),
      partners('example-union'),
      partners(),
    ];
    const events = told.map(({ type, data }, revision): RecordedEvent => {
      const place = { stream: 'action-act-0001', revision, position: String(revision + 1), id: `event-${revision}` };
      return { type, data: data as unknown as RecordedEvent['data'], metadata: {}, ...place };
    });
    for (const step of [1, 2, 3, 5]) {
      const file = folded(events, step, 1_000_000, 'serving');
      const listed = events.map((_, asOf) => file.listed(5, ['participant=example-union'], asOf, '', -1).length);
      expect(listed).toEqual([0, 1, 0, 1, 0]);
      file.delete();
    }
  });
});

describe('Views as of an event', () => {
  let record: RecordInFolder;
  let views: Views;
  beforeAll(async () => {
    record = new RecordInFolder();
    for (const n of [3, 1, 2]) await record.tell(`action-act-${n}`, recorded({ issues: n > 1 ? ['DNS'] : ['ACCESS'] }));
    await record.tell('action-act-2', revised({ changes: { title: 'Another', issues: ['DNS', 'ACCESS'] } }));
    views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
    await views.start();
  });
  afterAll(async () => {
    await views.close();
    await record.close();
  });

  const keys = (found: readonly { key: string }[]) => found.map(({ key }) => key);

  it('page through a range and through lists in the order of the keys', () => {
    expect(keys(views.range('actions', 'ACT-', { limit: 2 }))).toEqual(['ACT-1', 'ACT-2']);
    expect(keys(views.range('actions', 'ACT-', { after: 'ACT-2' }))).toEqual(['ACT-3']);
    expect(keys(views.range('actions', 'ACT-3'))).toEqual(['ACT-3']);
    expect(keys(views.listed('actions', ['issue=DNS'], { after: 'ACT-2', limit: 5 }))).toEqual(['ACT-3']);
  });

  it('join lists, and filter by a member of the documents', () => {
    expect(keys(views.listed('actions', ['issue=DNS', 'issue=ACCESS']))).toEqual(['ACT-2']);
    expect(keys(views.listed('actions', ['issue=DNS'], { where: { title: 'Another' } }))).toEqual(['ACT-2']);
    expect(keys(views.range('actions', '', { where: { track: 'EC', 'scope.test': 'POLICY' } }))).toHaveLength(3);
    expect(() => views.range('actions', '', { where: { "x' OR 1 --": 'y' } })).toThrow('no member to filter by');
  });

  it('do not know what was told later', () => {
    expect(keys(views.range('actions', '', { asOf: 1 }))).toEqual(['ACT-1', 'ACT-3']);
    expect(keys(views.listed('actions', ['issue=ACCESS'], { asOf: 2 }))).toEqual(['ACT-1']);
    expect(views.document('actions', 'ACT-2', 1)).toBeUndefined();
    expect(views.document('actions', 'ACT-2', 2)).toMatchObject({ since: 2 });
    expect(views.document('actions', 'ACT-2', -1)).toBeUndefined();
  });
});

const withoutId = ({ key, since, body }: Found) => ({ key, since, body });
