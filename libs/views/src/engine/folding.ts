import type { RecordedEvent } from '#event-store';
import type { Subject } from '#reporting';
import { recognise, subjectOf } from '#reporting';
import type { Document, Placed, See, View } from '../view.js';
import type { Head } from './marks.js';
import type { Listing, Shelf, Version } from './versions.js';

/**
 * A document in memory, as it stands since `since`. From one flush to the next it waits as the text that will be
 * written: many wait, and the garbage collector need not look into a text.
 */
interface Slot {
  readonly view: number;
  readonly key: string;
  document: Document | undefined;
  body: string | undefined;
  since: number;
  lists: readonly string[] | undefined;
  /** Id of the row in the file that holds this version; absent while there is none. */
  stored: number | undefined;
}

/** The documents that a stream tells, as far as they were needed. */
interface Stream {
  readonly subject: Subject;
  /** Whether all of its documents are here, as its first event is what we began with. */
  readonly whole: boolean;
  /** By view. */
  readonly slots: (Map<string, Slot> | undefined)[];
}

const NO_LISTS: readonly string[] = [];

/**
 * Folds events into documents and writes the versions that come of it.
 *
 * Documents stay in memory, stream by stream, until nothing was told of the stream for a while: so a version that is
 * closed soon after it was opened can be written once, with both of its ends; and the documents of a stream, whose keys
 * are neighbours, are written together.
 */
export class Folding {
  /** Streams of which something was told lately, and those of before. */
  private recent = new Map<string, Stream>();
  private earlier = new Map<string, Stream>();
  /** Characters of text that came into memory since room was made last. */
  private fresh = 0;
  private readonly index: ReadonlyMap<string, number>;
  private nextId: number;
  private sequence: number;
  private position: string | undefined;
  private recordedAt: string;

  // The event at hand. What it changes is kept apart until all views have seen the documents as they were before it.
  private stream!: Stream;
  private readonly changing: Slot[] = [];
  private readonly changed: (Document | undefined)[] = [];

  // What the next flush writes.
  private ended: { readonly id: number; readonly until: number }[] = [];
  private versions: Version[] = [];
  /** Slots whose documents were needed since the last flush. */
  private awake: Slot[] = [];
  private listed: Listing[] = [];
  private unlisted: Listing[] = [];
  private positions: string[] = [];
  private times: string[] = [];
  private lastId = '';

  constructor(
    private readonly shelf: Shelf,
    private readonly views: readonly View[],
    /** How many characters of documents may wait in memory. */
    private readonly capacity: number,
  ) {
    this.index = new Map(views.map((view, n) => [view.name, n]));
    ({ sequence: this.sequence, position: this.position, recordedAt: this.recordedAt } = shelf.head());
    this.nextId = shelf.nextId();
  }

  get head(): Head {
    const { sequence, position, recordedAt } = this;
    return { sequence, ...(position !== undefined && { position }), recordedAt };
  }

  /**
   * Folds an event that follows the head. Nothing is in the file before `flush`.
   * An event that no rule knows ends the folding: to go on without it would tell another history.
   */
  fold(event: RecordedEvent): void {
    const { type, data } = recognise(event);
    const { id, stream, revision, metadata, position } = event;
    this.stream = this.streamOf(stream, revision);
    const { subject } = this.stream;
    const sequence = this.sequence + 1;
    const placed = { type, data, id, stream, revision, metadata, sequence, subject } as Placed;
    for (let n = 0; n < this.views.length; n++) {
      const view = this.views[n]!;
      for (const key of view.keysOf(placed, this.see)) {
        const slot = this.slot(n, key);
        const next = view.apply(slot.document, placed, key, this.see);
        if (next === slot.document) continue;
        this.changing.push(slot);
        this.changed.push(next);
      }
    }
    for (let n = 0; n < this.changing.length; n++) this.change(this.changing[n]!, this.changed[n], sequence);
    this.changing.length = this.changed.length = 0;
    const recordedAt = metadata['recordedAt'] ?? '';
    if (recordedAt > this.recordedAt) this.recordedAt = recordedAt;
    this.pass(position, this.recordedAt, id);
  }

  /** Goes past an event that another one folds. */
  skip(position: string): void {
    this.pass(position, '', '');
  }

  /**
   * Writes what has changed, and how far it tells the record. With `keepOpen` the open versions wait as long as there
   * is room for them: for a file that nobody reads yet.
   */
  flush({ keepOpen = false } = {}): void {
    for (const slot of this.awake) {
      slot.body ??= slot.document && JSON.stringify(slot.document);
      slot.document = undefined;
      this.fresh += slot.body?.length ?? 0;
      if (!keepOpen) this.store(slot);
    }
    this.awake = [];
    if (this.fresh > this.capacity / 2) this.makeRoom();
    this.write();
  }

  /** Writes all that is still open: the end of a build. */
  finish(): void {
    this.flush({ keepOpen: true });
    this.makeRoom();
    this.makeRoom();
    this.write();
  }

  private readonly see: See = (name, key) => {
    const view = this.index.get(name);
    if (view === undefined) throw new Error(`There is no view ${name}`);
    return this.slot(view, key).document;
  };

  private pass(position: string, recordedAt: string, id: string): void {
    this.sequence++;
    this.position = position;
    this.positions.push(position);
    this.times.push(recordedAt);
    this.lastId = id;
  }

  private write(): void {
    const { ended, versions, listed, unlisted, positions, times } = this;
    const marks = { first: this.sequence - positions.length + 1, positions, times, last: this.lastId };
    this.shelf.write({ ended, versions, listed, unlisted, marks });
    this.ended = [];
    this.versions = [];
    this.listed = [];
    this.unlisted = [];
    this.positions = [];
    this.times = [];
  }

  private streamOf(name: string, revision: number): Stream {
    let stream = this.recent.get(name);
    if (stream) return stream;
    stream = this.earlier.get(name);
    if (stream) {
      this.earlier.delete(name);
    } else {
      stream = { subject: subjectOf(name), whole: revision === 0, slots: [] };
    }
    this.recent.set(name, stream);
    return stream;
  }

  private slot(view: number, key: string): Slot {
    const { slots, whole } = this.stream;
    const ofView = (slots[view] ??= new Map<string, Slot>());
    let slot = ofView.get(key);
    if (!slot) {
      const found = whole ? undefined : this.shelf.current(view, key);
      const { id: stored, since = 0, body } = found ?? {};
      slot = { view, key, document: undefined, body, since, lists: undefined, stored };
      ofView.set(key, slot);
    }
    if (!slot.document) {
      if (slot.body !== undefined) slot.document = JSON.parse(slot.body) as Document;
      slot.lists ??= this.listsOf(view, slot.document);
      this.awake.push(slot);
    }
    return slot;
  }

  private change(slot: Slot, next: Document | undefined, sequence: number): void {
    if (slot.stored !== undefined) this.ended.push({ id: slot.stored, until: sequence });
    else if (slot.document) this.versions.push(this.version(slot, sequence));
    this.relist(slot, this.listsOf(slot.view, next), sequence);
    slot.document = next;
    slot.body = undefined;
    slot.since = sequence;
    slot.stored = undefined;
  }

  private relist(slot: Slot, lists: readonly string[], sequence: number): void {
    const { view, key, lists: before = NO_LISTS } = slot;
    slot.lists = lists;
    if (lists === before) return;
    for (const list of before) {
      if (!lists.includes(list)) this.unlisted.push({ view, list, key, since: sequence, until: sequence });
    }
    for (const list of lists) {
      if (!before.includes(list)) this.listed.push({ view, list, key, since: sequence, until: null });
    }
  }

  private listsOf(view: number, document: Document | undefined): readonly string[] {
    return (document && this.views[view]!.listsOf?.(document)) ?? NO_LISTS;
  }

  private version({ view, key, since, document, body }: Slot, until: number | null): Version {
    return { id: this.nextId++, view, key, since, until, body: body ?? JSON.stringify(document) };
  }

  private store(slot: Slot): void {
    if (slot.body === undefined || slot.stored !== undefined) return;
    const version = this.version(slot, null);
    slot.stored = version.id;
    this.versions.push(version);
  }

  /** Streams of which nothing was told since there was room made last leave the memory. */
  private makeRoom(): void {
    for (const { slots } of this.earlier.values()) {
      for (const ofView of slots) if (ofView) for (const slot of ofView.values()) this.store(slot);
    }
    this.earlier = this.recent;
    this.recent = new Map();
    this.fresh = 0;
  }
}
