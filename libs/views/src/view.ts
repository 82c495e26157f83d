import type { ReportingEvent, Subject } from '#reporting';

/** An event of the public record in today's shape, at its place in the one order of the record. */
export type Placed<Event extends ReportingEvent = ReportingEvent> = Event & {
  /** 0, 1, 2, … over the public record, the same on every node and in every store. */
  readonly sequence: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** What the stream is about. */
  readonly subject: Subject;
};

export type Document = Readonly<object>;

/** A document of another view, told by the same stream, as it was *before* the event that is being folded. */
export type See = (view: string, key: string) => Document | undefined;

/**
 * A read model as data: pure, so that the same log gives the same documents on any node, in any store, in any year.
 *
 * Every document is told by the events of one stream, and by no other: so streams can be folded apart from each other,
 * in any number of threads. Specs and `digest()` look after it; the
 * folding itself does not.
 *
 * Documents of a view are kept in the order of their keys, so a list that has a natural order is a range of keys:
 * choose the key for it (`<organization>/<date>/<what>`).
 */
export interface View<Doc extends Document = Document> {
  readonly name: string;
  /** Raised whenever the same events would give other documents: all views are then built anew beside the old ones. */
  readonly version: number;
  /** Keys of the documents that the event may change, each once. */
  keysOf(event: Placed, see: See): readonly string[];
  /** The document after the event; the same object if nothing changed; nothing if there is none (any more). */
  apply(document: Doc | undefined, event: Placed, key: string, see: See): Doc | undefined;
  /** Which lists the document stands in, as `field=value`. A list keeps the order of the keys. */
  listsOf?(document: Doc): readonly string[];
  /** Whether more will surely be told of it: while views are built it then waits in memory from the first. For speed only. */
  turnsOver?(document: Doc): boolean;
}
