import type { RecordedEvent } from '#event-store';
import type { Subject } from '#reporting';
import { recognise, subjectOf } from '#reporting';
import type { Document, Placed, See, View } from '../view.js';
import { KeyFilter } from './key-filter.js';
import type { Head } from './marks.js';
import type { Listing, Version, ViewFile } from './view-file.js';

/** A document in memory, as it stands since `since`. */
interface Slot {
  readonly view: number;
  readonly key: string;
  /** The stream that tells it. */
  readonly stream: string;
  document: Document | undefined;
  since: number;
  lists: readonly string[];
  /** Id of the row in the file that holds this version; absent while there is none. */
  stored: number | undefined;
}

const NO_LISTS: readonly string[] = [];

/** Streams whose parsed names are kept at hand. */
const SUBJECTS = 50_000;

/**
 * Folds events into documents and writes the versions that come of it.
 *
 * Open documents stay in memory until they have not been touched for a while, so that a version that is closed soon
 * after it was opened is written once, with both of its ends.
 */
export class Folding {
  private readonly slots: Map<string, Slot>[];
  private readonly subjects = new Map<string, Subject>();
  private readonly index: ReadonlyMap<string, number>;
  /** In a file that began empty: the keys that were written out. For all others there is no need to look. */
  private readonly writtenOut: KeyFilter | undefined;
  private held = 0;
  private nextId: number;
  private sequence: number;
  private position: string | undefined;
  private recordedAt: string;

  // What the event at hand changes: kept apart until all views have seen the documents as they were before it.
  private stream = '';
  private readonly changing: Slot[] = [];
  private readonly changed: (Document | undefined)[] = [];

  // What the next flush writes.
  private readonly closed: Version[] = [];
  private readonly ended: { readonly id: number; readonly until: number }[] = [];
  private readonly opened: Slot[] = [];
  private readonly listed: Listing[] = [];
  private readonly unlisted: Listing[] = [];
  private positions: string[] = [];
  private times: string[] = [];
  private lastId = '';

  constructor(
    private readonly file: ViewFile,
    private readonly views: readonly View[],
    /** How many documents may wait in memory. */
    private readonly capacity: number,
  ) {
    this.slots = views.map(() => new Map<string, Slot>());
    this.index = new Map(views.map((view, n) => [view.name, n]));
    ({ sequence: this.sequence, position: this.position, recordedAt: this.recordedAt } = file.marks.head());
    this.nextId = file.nextId();
    if (this.sequence < 0) this.writtenOut = new KeyFilter();
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
    const placed = this.place(event);
    this.stream = event.stream;
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
    for (let n = 0; n < this.changing.length; n++) this.change(this.changing[n]!, this.changed[n], placed.sequence);
    this.changing.length = this.changed.length = 0;
    this.recordedAt = later(this.recordedAt, event.metadata['recordedAt'] ?? '');
    this.lastId = event.id;
    this.pass(event.position, this.recordedAt);
  }

  /** Goes past an event that another one folds, see `gather` of the file. */
  skip(position: string): void {
    this.lastId = '';
    this.pass(position, '');
  }

  /**
   * Writes what has changed, and how far it tells the record, in one transaction. With `keepOpen` the open versions
   * wait as long as there is room for them: for a file that nobody reads yet.
   */
  flush({ keepOpen = false } = {}): void {
    this.file.transaction(() => {
      for (const { id, until } of this.ended) this.file.closeVersion(id, until);
      for (const version of this.closed) this.file.insertVersion(version);
      if (!keepOpen) for (const slot of this.opened) this.store(slot);
      if (this.held > this.capacity) for (const slots of this.slots) this.writeOut(slots, Math.ceil(slots.size / 2));
      for (const listing of this.listed) this.file.insertListing(listing);
      for (const listing of this.unlisted) this.file.closeListing(listing);
      const first = this.sequence - this.positions.length + 1;
      this.file.marks.insert({ first, positions: this.positions, times: this.times, last: this.lastId });
    });
    this.closed.length = this.ended.length = this.opened.length = this.listed.length = this.unlisted.length = 0;
    this.positions = [];
    this.times = [];
  }

  /** Writes all that is still open: the end of a build. */
  finish(): void {
    this.file.transaction(() => {
      for (const slots of this.slots) this.writeOut(slots, slots.size);
    });
  }

  private readonly see: See = (name, key) => {
    const view = this.index.get(name);
    if (view === undefined) throw new Error(`There is no view ${name}`);
    return this.slot(view, key).document;
  };

  private pass(position: string, recordedAt: string): void {
    this.sequence++;
    this.position = position;
    this.positions.push(position);
    this.times.push(recordedAt);
  }

  private place(event: RecordedEvent): Placed {
    const { type, data } = recognise(event);
    return {
      type,
      data,
      id: event.id,
      stream: event.stream,
      revision: event.revision,
      metadata: event.metadata,
      sequence: this.sequence + 1,
      subject: this.subject(event.stream),
    } as Placed;
  }

  private subject(stream: string): Subject {
    let subject = this.subjects.get(stream);
    if (!subject) {
      if (this.subjects.size > SUBJECTS) this.subjects.clear();
      this.subjects.set(stream, (subject = subjectOf(stream)));
    }
    return subject;
  }

  private slot(view: number, key: string): Slot {
    const slots = this.slots[view]!;
    let slot = slots.get(key);
    if (slot) {
      if (slot.stream === this.stream) return slot;
      const { name } = this.views[view]!;
      throw new Error(`${name} ${key} is told by ${slot.stream}: ${this.stream} may neither change nor see it`);
    }
    const found = this.writtenOut?.has(key) === false ? undefined : this.file.current(view, key);
    const document = found && (JSON.parse(found.body) as Document);
    const lists = document ? this.listsOf(view, document) : NO_LISTS;
    slot = { view, key, stream: this.stream, document, since: found?.since ?? 0, lists, stored: found?.id };
    slots.set(key, slot);
    this.held++;
    return slot;
  }

  private change(slot: Slot, next: Document | undefined, sequence: number): void {
    const { view, key, document, since } = slot;
    if (document) {
      if (slot.stored !== undefined) this.ended.push({ id: slot.stored, until: sequence });
      else this.closed.push({ id: this.nextId++, view, key, since, until: sequence, body: JSON.stringify(document) });
    }
    const lists = next ? this.listsOf(view, next) : NO_LISTS;
    if (lists.length || slot.lists.length) this.relist(slot, lists, sequence);
    slot.document = next;
    slot.since = sequence;
    slot.stored = undefined;
    this.opened.push(slot);
  }

  private relist(slot: Slot, lists: readonly string[], sequence: number): void {
    const { view, key } = slot;
    for (const list of slot.lists) {
      if (!lists.includes(list)) this.unlisted.push({ view, list, key, since: sequence, until: sequence });
    }
    for (const list of lists) {
      if (!slot.lists.includes(list)) this.listed.push({ view, list, key, since: sequence, until: null });
    }
    slot.lists = lists;
  }

  private listsOf(view: number, document: Document): readonly string[] {
    return this.views[view]!.listsOf?.(document) ?? NO_LISTS;
  }

  private store(slot: Slot): void {
    const { view, key, since, document } = slot;
    if (!document || slot.stored !== undefined) return;
    slot.stored = this.nextId++;
    this.file.insertVersion({ id: slot.stored, view, key, since, until: null, body: JSON.stringify(document) });
  }

  /** The oldest go first: a map keeps the order in which they came. */
  private writeOut(slots: Map<string, Slot>, count: number): void {
    for (const slot of slots.values()) {
      if (count-- <= 0) return;
      this.store(slot);
      slots.delete(slot.key);
      this.writtenOut?.add(slot.key);
      this.held--;
    }
  }
}

const later = (a: string, b: string) => (a < b ? b : a);
