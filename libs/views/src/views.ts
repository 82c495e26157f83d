import { setImmediate } from 'node:timers/promises';
import { BadRead, type EventStore, type RecordedEvent, StoreUnavailable } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';
import { build } from './engine/build.js';
import { buildInThreads, logForThreads } from './engine/build-in-threads.js';
import { digesting } from './engine/digest.js';
import { FolderLock } from './engine/folder-lock.js';
import { Folding } from './engine/folding.js';
import { Passing, ViewsBehind } from './engine/passing.js';
import type { Found, Head, Where } from './engine/view-file.js';
import { ViewFile } from './engine/view-file.js';
import { ViewFolder } from './engine/view-folder.js';
import type { View } from './view.js';
import { fingerprintOf } from './view-files.js';

export { ViewsBehind };

/** What a reader may ask the views about the past: a sequence, inclusive. Absent: now. */
export type AsOf = number | undefined;

/** Which part of a list; `after` is the last key of the page before. */
export interface Page {
  readonly asOf?: AsOf;
  readonly after?: string;
  readonly limit?: number;
  readonly where?: Where;
}

type Moved = (head: Head, events: readonly RecordedEvent[]) => void;

/** How far a build has come. */
export interface Progress {
  readonly phase: 'building' | 'catching-up';
  readonly events: number;
  readonly elapsedMs: number;
}

export interface ViewsOptions {
  /** Folder of the view files. Everything in it can be deleted. */
  readonly folder: string;
  readonly store: EventStore;
  readonly views: readonly View[];
  readonly onProgress?: (progress: Progress) => void;
  /** How often progress is told at most. Default: each second. */
  readonly progressEveryMs?: number;
}

/**
 * Characters of documents that wait in memory while a file serves: those of the streams that were told of just now. With
 * more, what each command leaves behind lived long enough to be copied by every collection.
 */
const SERVE_CAPACITY = 50_000;

/** How long what was folded waits to be committed: a process that is killed folds it again. */
const SETTLE_MS = 50;

/**
 * Runs all views over the public record and answers from their documents.
 *
 * One file for each set of views and versions. A set that is not there yet is built beside the old file, from the
 * beginning of the log, and takes its place when it has caught up; until then the old file answers.
 */
export class Views {
  private readonly fingerprint: string;
  private readonly passing: Passing;
  private readonly listeners = new Set<Moved>();
  private readonly stopping = new AbortController();
  private phase: 'not-started' | Progress['phase'] | 'live' = 'not-started';
  private latest: Progress | undefined;
  private failure: Error | undefined;
  /** The start and all rebuilds, one after the other. */
  private work: Promise<void> = Promise.resolve();
  private rebuilding: Promise<void> | undefined;
  private following: { readonly end: AbortController; readonly ended: Promise<void> } | undefined;
  private lock: FolderLock | undefined;
  private serving: ViewFile | undefined;
  /** Of the file that answers, which may be of another edition. */
  private numbers: ReadonlyMap<string, number> = new Map();
  private folding: Folding | undefined;
  private settling: NodeJS.Timeout | undefined;

  constructor(private readonly options: ViewsOptions) {
    if (new Set(options.views.map(({ name }) => name)).size < options.views.length) {
      throw new Error('Two views have the same name');
    }
    this.fingerprint = fingerprintOf(options.views);
    this.passing = new Passing(
      () => this.head.sequence,
      (position) => this.serving?.marks.sequenceOf(position),
    );
  }

  /**
   * Opens or builds the file, catches up with the log and goes on folding. Resolves when it has caught up. `ViewsInUse`
   * where another process, or other views of this one, have the folder: then it can be tried again. Views that have begun
   * refuse to begin a second time, and would fold each event twice; what mends a failure later is `rebuild`.
   */
  start(): Promise<void> {
    return this.next(async () => {
      if (this.following) throw new Error('These views were started already: start them once');
      await this.open();
    });
  }

  /** The log that they tell of. */
  get log(): EventStore {
    return this.options.store;
  }

  /** The end of the record as these views tell it. */
  get head(): Head {
    return this.folding?.head ?? this.serving?.marks.head() ?? { sequence: -1, recordedAt: '' };
  }

  /** Why the views do not tell the present, if they do not. */
  get trouble(): { reason: 'not-started' | 'building' | 'failed'; detail?: string; progress?: Progress } | undefined {
    if (this.failure) return { reason: 'failed', detail: this.failure.message };
    if (this.phase === 'live') return undefined;
    if (this.phase === 'not-started') return { reason: this.phase };
    return { reason: 'building', ...(this.latest && { progress: this.latest }) };
  }

  /**
   * Told after each commit of the views, with the events that they have passed; not of those that a rebuild has passed. What
   * it throws ends them. Returns the way to stop being told.
   */
  onMove(listener: Moved): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The sequence of the event at `position`, once the views have passed it. `ViewsBehind` after `withinMs`. */
  passedPosition(position: string, withinMs: number): Promise<number> {
    return this.passing.position(position, withinMs);
  }

  /** The head, once the views have passed `sequence`. `ViewsBehind` after `withinMs`. */
  passedSequence(sequence: number, withinMs: number): Promise<number> {
    return this.passing.sequence(sequence, withinMs);
  }

  /** JSON text of a document, and the sequence since which it reads so. */
  document(view: string, key: string, asOf?: AsOf): Found | undefined {
    return this.reader().document(this.number(view), key, bounded(asOf));
  }

  /** Documents whose keys begin with `prefix`, in the order of their keys. */
  range(view: string, prefix: string, page: Page = {}): Found[] {
    const { asOf, after = '', limit = -1, where } = page;
    return this.reader().range(this.number(view), prefix, bounded(asOf), after, limit, where);
  }

  /** Documents that stand in all of the lists (`field=value`), in the order of their keys. */
  listed(view: string, lists: readonly [string, ...string[]], page: Page = {}): Found[] {
    const { asOf, after = '', limit = -1, where } = page;
    return this.reader().listed(this.number(view), lists, bounded(asOf), after, limit, where);
  }

  /** The last sequence recorded at or before `time`, RFC 3339 with milliseconds in UTC; -1 if none was. */
  sequenceAt(time: string): number {
    return this.reader().marks.sequenceAt(time);
  }

  /** Where the event `sequence` stands in the store, and when it was recorded. */
  mark(sequence: number): { position: string; recordedAt: string } | undefined {
    return this.reader().marks.at(sequence);
  }

  count(view: string): number {
    return this.reader().count(this.number(view));
  }

  /**
   * One hash over all that the views tell: equal logs give equal digests on any node and in any store (`digesting`). Holds
   * everybody else up until it is made.
   */
  digest(): string {
    const file = this.reader();
    const steps = digesting(this.options.views, (name) => file.versions(this.number(name)));
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** The digest of this moment, and its sequence, while the views go on. */
  async digestAside(): Promise<{ readonly sequence: number; readonly digest: string }> {
    this.settle();
    const file = new ViewFile(this.reader().path, 'serving');
    try {
      const { sequence } = file.hold();
      const steps = digesting(this.options.views, (name) => file.versions(this.number(name)));
      for (;;) {
        const { done, value } = steps.next();
        if (done) return { sequence, digest: value };
        await setImmediate();
        this.stopping.signal.throwIfAborted();
      }
    } finally {
      file.close();
    }
  }

  /** Builds all documents anew beside the ones that answer meanwhile, and switches. Also what mends a failure. */
  rebuild(): Promise<void> {
    this.rebuilding ??= this.next(async () => {
      await this.pause();
      await this.build();
      await this.goLive();
    }).finally(() => (this.rebuilding = undefined));
    return this.rebuilding;
  }

  async close(): Promise<void> {
    this.stopping.abort(new Error('The views were closed'));
    // Whoever began it is told how it ended.
    await this.work.catch(() => undefined);
    await this.pause();
    this.passing.giveUp();
    this.serving?.close();
    this.serving = undefined;
    this.lock?.release();
    this.lock = undefined;
  }

  private next(task: () => Promise<void>): Promise<void> {
    this.work = this.work
      .catch(() => undefined)
      .then(async () => {
        this.stopping.signal.throwIfAborted();
        await task();
      });
    return this.work;
  }

  private async open(): Promise<void> {
    this.lock ??= FolderLock.take(this.options.folder);
    let file = this.folder().open();
    if (file && !(await this.tellsThisLog(file))) {
      file.delete();
      file = undefined;
    }
    if (file) this.serve(file);
    if (file?.fingerprint !== this.fingerprint) await this.build();
    await this.goLive();
  }

  /** A log that was restored from a copy may hold other events, or none, where the file has been. */
  private async tellsThisLog({ marks }: ViewFile): Promise<boolean> {
    const { sequence, position } = marks.head();
    if (position === undefined) return true;
    const after = marks.at(sequence - 1)?.position;
    const place = { ...(after !== undefined && { after }), limit: 1, categories: PUBLIC_CATEGORIES };
    try {
      for await (const [event] of this.options.store.readPages(place)) return event?.id === marks.lastId();
    } catch (error) {
      if (error instanceof BadRead) return false;
      if (!(error instanceof StoreUnavailable)) throw error;
      // Of a position that it never gave a store may say no more than this. An outage does not let the beginning be read.
      for await (const _ of this.options.store.readPages({ limit: 1 })) return false;
    }
    return false;
  }

  private folder(): ViewFolder {
    return new ViewFolder(this.options.folder, this.fingerprint);
  }

  private serve(file: ViewFile): void {
    this.serving?.delete();
    this.serving = file;
    this.numbers = new Map(file.views.map((name, number) => [name, number]));
    this.passing.switched();
  }

  /** The file that is there goes on answering, though nobody folds it any more, until the new one takes its place. */
  private async build(): Promise<void> {
    const { store, views } = this.options;
    const began = this.enter('building');
    const path = this.folder().nextPath();
    const task = {
      path,
      fingerprint: this.fingerprint,
      views,
      signal: this.stopping.signal,
      onEvents: (events: number) => this.progress('building', events, began),
    };
    try {
      const log = await logForThreads(store, views);
      if (log) await buildInThreads(task, log);
      else await build(task, store);
      this.serve(new ViewFile(path, 'serving'));
    } catch (error) {
      this.fail(error as Error);
      throw error;
    }
  }

  /** Folds from the head on. Resolves when it has caught up, and goes on. */
  private goLive(): Promise<void> {
    const end = new AbortController();
    return new Promise((caughtUp, reject) => {
      const ended = this.follow(AbortSignal.any([end.signal, this.stopping.signal]), caughtUp).catch((error: Error) => {
        this.fail(error);
        reject(error);
      });
      this.following = { end, ended };
    });
  }

  private async follow(signal: AbortSignal, caughtUp: () => void): Promise<void> {
    const began = this.enter('catching-up');
    const folding = (this.folding = new Folding(this.reader(), this.options.views, SERVE_CAPACITY));
    const { position: after } = folding.head;
    const from = { ...(after !== undefined && { after }), categories: PUBLIC_CATEGORIES };
    for await (const step of this.options.store.subscribePages({ ...from, signal })) {
      if ('caughtUp' in step) {
        this.phase = 'live';
        caughtUp();
        continue;
      }
      // The file went back to where it was settled last: what follows would be told without what was undone.
      if (this.failure) throw this.failure;
      for (const event of step) folding.fold(event);
      folding.flush();
      this.settling ??= setTimeout(this.settle, SETTLE_MS).unref();
      this.passing.passed(step);
      for (const listener of this.listeners) listener(folding.head, step);
      if (this.phase === 'live') continue;
      this.progress('catching-up', folding.head.sequence + 1, began);
      await setImmediate();
    }
    if (this.phase !== 'live') signal.throwIfAborted();
    if (!signal.aborted) throw new Error('The event store was closed while the views followed it');
  }

  private async pause(): Promise<void> {
    this.following?.end.abort(new Error('The views were paused'));
    await this.following?.ended;
    this.following = this.folding = undefined;
    this.settle();
  }

  private readonly settle = (): void => {
    clearTimeout(this.settling);
    this.settling = undefined;
    try {
      this.serving?.settle();
    } catch (error) {
      this.fail(error as Error);
    }
  };

  private enter(phase: Progress['phase']): number {
    this.phase = phase;
    this.latest = this.failure = undefined;
    return Date.now();
  }

  private fail(error: Error): void {
    if (this.stopping.signal.aborted) return;
    this.failure = error;
    // What it has folded and not written is not told by any document.
    this.folding = undefined;
    this.passing.giveUp();
  }

  private progress(phase: Progress['phase'], events: number, began: number): void {
    const every = this.options.progressEveryMs ?? 1_000;
    const elapsedMs = Date.now() - began;
    if (this.latest && elapsedMs - this.latest.elapsedMs < every) return;
    this.latest = { phase, events, elapsedMs };
    this.options.onProgress?.(this.latest);
  }

  private reader(): ViewFile {
    if (!this.serving) throw new ViewsBehind(-1, 0);
    return this.serving;
  }

  private number(view: string): number {
    const number = this.numbers.get(view);
    if (number !== undefined) return number;
    // An older edition may answer until this one's documents are built.
    if (this.options.views.some(({ name }) => name === view)) throw new ViewsBehind(-1, 0);
    throw new Error(`There is no view ${view}`);
  }
}

function bounded(asOf: AsOf): number {
  return asOf ?? Number.MAX_SAFE_INTEGER;
}
