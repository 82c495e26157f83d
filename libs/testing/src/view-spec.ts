import { expect } from '@jest/globals';
import type { ReportingEvent } from '#reporting';
import { subjectOf } from '#reporting';
import type { Document, Placed, View } from '#views';
import { deepFrozen } from './deep-frozen.js';

/** An event as the record holds it: in a stream, recorded at a time (RFC 3339, UTC, milliseconds). */
export interface Told {
  readonly stream: string;
  readonly event: ReportingEvent;
  readonly recordedAt: string;
}

export interface ViewAfter<Doc> {
  /** Exactly these keys, in their order. */
  thenKeys(...keys: readonly string[]): void;
  /** At least these members, and no more in what they hold; dates as plain text. One named as `undefined` is absent. */
  thenDocument(key: string, expected: { readonly [Member in keyof Doc]?: unknown }): void;
  thenNoDocument(key: string): void;
  /** The lists that the document stands in, as `field=value`. */
  thenLists(key: string, ...lists: readonly string[]): void;
}

const RECORDED = '2026-01-15T09:00:00.000Z';

/** The tellings of one stream: `inStream('action-act-0001')(recorded(), sourceAdded())`. */
export function inStream(stream: string, recordedAt = RECORDED) {
  return (...events: readonly ReportingEvent[]): readonly Told[] =>
    events.map((event) => ({ stream, event, recordedAt }));
}

/**
 * Given events, then documents: `given(inStream('cycle-ec-performance-2008')(opened())).thenDocument('…', { … })`.
 * `seen` are the views that the one at hand looks into. Fails where a view changes what it was handed, names a key
 * twice, or touches a document that another stream tells.
 */
export function specForView<Doc extends Document>(
  view: View<Doc>,
  ...seen: readonly View[]
): (...history: readonly (readonly Told[])[]) => ViewAfter<Doc> {
  const views = [...seen, view as unknown as View];
  return (...history) => {
    const documents = fold(views, history.flat()).get(view.name) as ReadonlyMap<string, Doc>;
    const documentAt = (key: string): Doc => {
      const document = documents.get(key);
      if (!document) throw new Error(`There is no ${view.name} ${key}, but ${[...documents.keys()].join(', ')}`);
      return document;
    };
    return {
      thenKeys: (...keys) => expect([...documents.keys()].sort()).toEqual(keys),
      thenDocument(key, expected) {
        const document = documentAt(key);
        const members = Object.keys(expected) as (keyof Doc)[];
        expect(Object.fromEntries(members.map((member) => [member, document[member]]))).toEqual(expected);
        expect(JSON.parse(JSON.stringify(document))).toStrictEqual(document);
      },
      thenNoDocument: (key) => expect(documents.get(key)).toBeUndefined(),
      thenLists: (key, ...lists) => expect(view.listsOf?.(documentAt(key))).toEqual(lists),
    };
  };
}

function fold(views: readonly View[], history: readonly Told[]): ReadonlyMap<string, ReadonlyMap<string, Document>> {
  const documents = new Map(views.map(({ name }) => [name, new Map<string, Document>()]));
  const tellers = new Map<string, string>();
  const revisions = new Map<string, number>();
  for (const [sequence, told] of history.entries()) {
    const revision = (revisions.get(told.stream) ?? -1) + 1;
    revisions.set(told.stream, revision);
    const event = placed(told, sequence, revision);
    const see: Parameters<View['keysOf']>[1] = (name, key) => {
      const own = `${name} ${key}`;
      if (!tellers.has(own)) tellers.set(own, told.stream);
      expect({ document: own, toldBy: tellers.get(own) }).toEqual({ document: own, toldBy: told.stream });
      return documents.get(name)!.get(key);
    };
    const after: (() => void)[] = [];
    for (const view of views) {
      const keys = view.keysOf(event, see);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) {
        const next = view.apply(see(view.name, key), event, key, see);
        after.push(() => {
          if (next) documents.get(view.name)!.set(key, deepFrozen(next));
          else documents.get(view.name)!.delete(key);
        });
      }
    }
    // All views see the documents as they were before the event.
    for (const change of after) change();
  }
  return documents;
}

function placed({ stream, event, recordedAt }: Told, sequence: number, revision: number): Placed {
  const metadata = { actor: 'example-editor', recordedAt };
  const place = { sequence, revision, stream, id: `event-${sequence}`, metadata, subject: subjectOf(stream) };
  return deepFrozen({ ...event, ...place }) as Placed;
}
