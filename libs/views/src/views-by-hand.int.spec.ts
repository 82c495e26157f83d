import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RecordedEvent } from '#event-store';
import type { ReportingEvent } from '#reporting';
import { PUBLIC_CATEGORIES, recognise, subjectOf } from '#reporting';
import { actionCited, actionUncited, RecordInFolder, revised, sourceAdded } from '#testing';
import { realisticRecord } from '../../../test/bench/realistic-record.js';
import { ALL_VIEWS } from './all-views.js';
import type { Document, Placed } from './view.js';
import { Views } from './views.js';

/** About two years of ten organizations, in which facts are also corrected and citations taken back. */
const EVENTS = 600;

let record: RecordInFolder;
let log: RecordedEvent[];
let views: Views;

beforeAll(async () => {
  record = new RecordInFolder();
  for (const { stream, events } of livelyRecord()) await record.tell(stream, ...events);
  log = [];
  for await (const event of record.store.readAll({ categories: PUBLIC_CATEGORIES })) log.push(event);
  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
});

afterAll(async () => {
  await views.close();
  await record.close();
});

describe('As of any sequence', () => {
  const runs = { numRuns: 25 };
  const sequences = fc.nat(10_000).map((n) => n % log.length);

  it('each document reads as the events up to there tell it, since the last of them that changed it, or is gone', () =>
    fc.assert(
      fc.property(sequences, (asOf) => {
        for (const [view, documents] of foldedByHand(asOf)) {
          for (const [key, { since, document }] of documents) {
            const expected = document && { key, since, document };
            expect(plain(views.document(view, key, asOf))).toEqual(expected);
            expect(plain(views.document(view, key, since))).toEqual(expected);
          }
        }
      }),
      runs,
    ));

  it('a range holds the documents that there were, in the order of their keys', () =>
    fc.assert(
      fc.property(
        sequences,
        fc.constantFrom('', 'example-00001', 'ec-performance/2006/', 'EX-2007'),
        (asOf, prefix) => {
          for (const { name } of ALL_VIEWS) {
            expect(views.range(name, prefix, { asOf }).map(plain)).toEqual(
              inOrder(foldedByHand(asOf).get(name)!).filter(({ key }) => key.startsWith(prefix)),
            );
          }
        },
      ),
      runs,
    ));

  it('a list holds the documents that stood in it then', () =>
    fc.assert(
      fc.property(sequences, (asOf) => {
        const documents = inOrder(foldedByHand(asOf).get('actions')!);
        for (const list of new Set(documents.flatMap(listsOf))) {
          expect(views.listed('actions', [list], { asOf }).map(plain)).toEqual(
            documents.filter((each) => listsOf(each).includes(list)),
          );
        }
      }),
      runs,
    ));

  it('a document in two lists at once is found by both', () => {
    const both = ['participant=example-00003', 'issue=INF-06'] as const;
    expect(views.listed('actions', both).length).toBeGreaterThan(2);
    fc.assert(
      fc.property(sequences, (asOf) => {
        expect(views.listed('actions', both, { asOf }).map(plain)).toEqual(
          inOrder(foldedByHand(asOf).get('actions')!).filter((each) =>
            both.every((list) => listsOf(each).includes(list)),
          ),
        );
      }),
      runs,
    );
  });

  it('the pages of a list make up the list, also under a condition', () =>
    fc.assert(
      fc.property(sequences, fc.integer({ min: 1, max: 9 }), (asOf, limit) => {
        const where = { status: 'COMPLETED', kind: 'AGREEMENT' };
        const ways = [
          (after = '') => views.range('actions', 'EX-', { asOf, limit, after, where }),
          (after = '') => views.listed('actions', ['issue=INF-05'], { asOf, limit, after, where }),
        ];
        const [range, listed] = ways.map((page) => {
          const keys: string[] = [];
          for (let found = page(); found.length > 0; found = page(keys.at(-1))) {
            expect(found.length).toBeLessThanOrEqual(limit);
            keys.push(...found.map(({ key }) => key));
          }
          return keys;
        });
        const completed = inOrder(foldedByHand(asOf).get('actions')!).filter(
          ({ document }) => (document as { status: string }).status === 'COMPLETED',
        );
        expect(range).toEqual(completed.map(({ key }) => key));
        expect(listed).toEqual(
          completed.filter((each) => listsOf(each).includes('issue=INF-05')).map(({ key }) => key),
        );
      }),
      runs,
    ));

  it('the place and the time of the event are known, and the time leads back to the sequence', async () => {
    const recordedAt = log.map(({ metadata }) => metadata['recordedAt']!);
    expect(log.map((_, sequence) => views.mark(sequence))).toEqual(
      log.map(({ position }, sequence) => ({ position, recordedAt: recordedAt[sequence] })),
    );
    expect(recordedAt.filter((time, sequence) => views.sequenceAt(time) !== sequence)).toEqual([]);
    expect(await Promise.all(log.map(({ position }) => views.passedPosition(position, 0)))).toEqual([...log.keys()]);
    expect(views.sequenceAt('9999-12-31T23:59:59.999Z')).toBe(log.length - 1);
    expect(views.mark(log.length)).toBeUndefined();
    expect(views.mark(-1)).toBeUndefined();
  });

  it('before the first event there was nothing', () => {
    for (const { name } of ALL_VIEWS) expect(views.range(name, '', { asOf: -1 })).toEqual([]);
  });

  it('beyond the head reads as now', () => {
    expect(views.range('timeline', '', { asOf: log.length + 7 })).toEqual(views.range('timeline', ''));
  });
});

interface Told {
  readonly key: string;
  readonly since: number;
  /** Absent once it was taken away. */
  readonly document: Document | undefined;
}

/** The documents as of `asOf`, inclusive, as the definition of a view has it: without the engine, into maps. */
function foldedByHand(asOf: number): ReadonlyMap<string, ReadonlyMap<string, Told>> {
  const told = new Map(ALL_VIEWS.map(({ name }) => [name, new Map<string, Told>()]));
  const see = (view: string, key: string) => told.get(view)!.get(key)?.document;
  for (const [since, stored] of log.slice(0, asOf + 1).entries()) {
    const event = { ...stored, ...recognise(stored), sequence: since, subject: subjectOf(stored.stream) } as Placed;
    const changes = ALL_VIEWS.flatMap((view) =>
      view.keysOf(event, see).map((key) => {
        const before = see(view.name, key);
        return { documents: told.get(view.name)!, key, before, document: view.apply(before, event, key, see) };
      }),
    );
    for (const { documents, key, before, document } of changes) {
      if (document !== before) documents.set(key, { key, since, document });
    }
  }
  return told;
}

const inOrder = (documents: ReadonlyMap<string, Told>) =>
  [...documents.values()]
    .flatMap(({ key, since, document }) => (document ? { key, since, document } : []))
    .sort((a, b) => (a.key < b.key ? -1 : 1));

const listsOf = ({ document }: { readonly document: Document }) =>
  ALL_VIEWS.find(({ name }) => name === 'actions')!.listsOf!(document);

function plain(found: { key: string; since: number; body: string } | undefined) {
  return found && { key: found.key, since: found.since, document: JSON.parse(found.body) as Document };
}

/** A realistic record, and in it what moves documents between lists and keys, and takes them away. */
function* livelyRecord(): Generator<{ stream: string; events: readonly ReportingEvent[] }> {
  let corrections = 0;
  for (const { stream, events } of realisticRecord(EVENTS)) {
    const told = events as unknown as readonly ReportingEvent[];
    yield { stream, events: told };
    for (const { type, data } of told) {
      if (type === 'ActionRecorded' && corrections++ % 2) {
        const partners = [`example-0000${corrections % 10}`, 'example-00003'].filter((each) => each !== data.lead);
        const changes = { partners: [...new Set(partners)], issues: ['INF-06'], startedOn: { date: '2005-12-01' } };
        yield {
          stream,
          events: [revised({ changes }), sourceAdded(), revised({ changes: { issues: ['INF-05', 'INF-06'] } })],
        };
      }
      if (type === 'ActionCited' && corrections++ % 5 === 0) {
        const { action } = data;
        yield { stream, events: [actionUncited({ action }), actionCited({ action }), actionUncited({ action })] };
      }
    }
  }
}
