import type { RecordedEvent } from '#event-store';
import type { Subject } from '#reporting';
import { recognise, subjectOf } from '#reporting';
import type { Document, Placed, See, View } from '../view.js';
import { type Block, type Head, MARKS } from './marks.js';
import type { Listing, Shelf, Version } from './versions.js';

/**
 * A document, as it stands since `since`. Most are told once, written, and forgotten but for their place. One that has
 * changed will change again, so it stays in memory as it is.
 */
interface Slot {
  readonly among: Slots;
  readonly view: number;
  readonly key: string;
  document: Document | undefined;
  /** Unless it is stored. */
  since: number;
  lists: readonly string[];
  /** Id of the row in the file that holds this version; absent while there is none. */
  stored: number | undefined;
  turning: boolean;
  /** Characters of the latest text of a document that stays. */
  weight: number;
}

/** By key; of a document that is forgotten the id of its row. */
type Slots = Map<string, Slot | number>;

/** The documents that a stream tells, as far as they were needed. */
interface Stream {
  readonly subject: Subject;
  /** Whether all of its documents are here, as its first event is what we began with. */
  readonly whole: boolean;
  /** By view. */
  readonly slots: (Slots | undefined)[];
}

const NO_LISTS: readonly string[] = [];
const NO_MARKS: Block = { first: 0, positions: [], times: [], last: '' };

/** What a slot weighs beside its key and its document, in characters. */
const PLACE = 150;

/** What a document weighs whose text was never made, in characters. */
const UNWRITTEN = 600;

/**
 * Folds events into documents and writes the versions that come of it.
 *
 * Places of documents, and documents that turn over, stay in memory, stream by stream, until nothing was told of the
 * stream for a while: so a version that is closed soon after it was opened can be written once, with both of its ends.
 */
export class Folding {
  /** Streams of which something was told lately, and those of before. */
  private recent = new Map<string, Stream>();
  private earlier = new Map<string, Stream>();
  /** Characters of keys and documents that came into memory since room was made last. */
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
  /** Slots whose documents were needed or changed since the last flush. */
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
      if (slot.turning && keepOpen) continue;
      this.store(slot);
      if (!slot.turning && slot.stored !== undefined) slot.among.set(slot.key, slot.stored);
    }
    this.awake = [];
    if (this.fresh > this.capacity / 2) this.makeRoom();
    this.write(keepOpen ? MARKS : 1);
  }

  /** Writes all that is still open: the end of a build. */
  finish(): void {
    this.flush({ keepOpen: true });
    this.makeRoom();
    this.makeRoom();
    this.write(1);
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

  /** Marks wait until there are so many of them. */
  private write(marksAtLeast: number): void {
    const { ended, versions, listed, unlisted } = this;
    const marks = this.positions.length < marksAtLeast ? NO_MARKS : this.takeMarks();
    this.shelf.write({ ended, versions, listed, unlisted, marks });
    this.ended = [];
    this.versions = [];
    this.listed = [];
    this.unlisted = [];
  }

  private takeMarks(): Block {
    const { positions, times } = this;
    this.positions = [];
    this.times = [];
    return { first: this.sequence - positions.length + 1, positions, times, last: this.lastId };
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
    const among = (slots[view] ??= new Map());
    const known = among.get(key);
    if (typeof known === 'object') return known;
    let stored = known;
    if (known === undefined) {
      this.fresh += PLACE + key.length;
      if (!whole) stored = this.shelf.current(view, key);
    }
    const text = stored === undefined ? undefined : this.shelf.text(stored);
    const document = text === undefined ? undefined : (JSON.parse(text) as Document);
    const weight = text?.length ?? 0;
    const lists = this.listsOf(view, document);
    const slot = { among, view, key, document, since: 0, lists, stored, turning: false, weight };
    among.set(key, slot);
    if (document) this.awake.push(slot);
    return slot;
  }

  private change(slot: Slot, next: Document | undefined, sequence: number): void {
    const { stored, document, turning } = slot;
    if (stored !== undefined) this.ended.push({ id: stored, until: sequence });
    else if (document) this.versions.push(this.version(slot, document, sequence));
    if (!turning && (document || (next && this.views[slot.view]!.turnsOver?.(next)))) {
      slot.turning = true;
      slot.weight ||= UNWRITTEN;
      this.fresh += slot.weight;
    }
    this.relist(slot, this.listsOf(slot.view, next), sequence);
    slot.document = next;
    slot.since = sequence;
    slot.stored = undefined;
    this.awake.push(slot);
  }

  private relist(slot: Slot, lists: readonly string[], sequence: number): void {
    const { view, key, lists: before } = slot;
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

  private version(slot: Slot, document: Document, until: number | null): Version {
    const { view, key, since, turning, weight } = slot;
    const body = JSON.stringify(document);
    if (turning) this.fresh += body.length - weight;
    slot.weight = body.length;
    return { id: this.nextId++, view, key, since, until, body };
  }

  private store(slot: Slot): void {
    if (slot.document === undefined || slot.stored !== undefined) return;
    const version = this.version(slot, slot.document, null);
    slot.stored = version.id;
    this.versions.push(version);
  }

  /** Streams of which nothing was told since there was room made last leave the memory. */
  private makeRoom(): void {
    for (const { slots } of this.earlier.values()) {
      for (const among of slots) {
        if (among) for (const slot of among.values()) if (typeof slot === 'object') this.store(slot);
      }
    }
    this.earlier = this.recent;
    this.recent = new Map();
    this.fresh = 0;
  }
}
