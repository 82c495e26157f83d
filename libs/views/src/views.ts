import { createHash, hash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EventStore, RecordedEvent } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';
import { canonicalText } from './canonical-text.js';
import { Folding } from './engine/folding.js';
import type { Found, Head, Where } from './engine/view-file.js';
import { ViewFile } from './engine/view-file.js';
import type { View } from './view.js';

/** What a reader may ask the views about the past: a sequence, inclusive. Absent: now. */
export type AsOf = number | undefined;

/** Which part of a list; `after` is the last key of the page before. */
export interface Page {
  readonly asOf?: AsOf;
  readonly after?: string;
  readonly limit?: number;
  readonly where?: Where;
}

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

/** The views did not get there in the time that the caller would wait. What was recorded is recorded. */
export class ViewsBehind extends Error {
  override readonly name = 'ViewsBehind';
  constructor(
    readonly at: number,
    readonly waitedMs: number,
  ) {
    super(`The views are at sequence ${at} and did not reach what was asked for within ${waitedMs} ms`);
  }
}

/** Events after which a build writes; large enough for long sorted runs, small enough for memory. */
const BUILD_FLUSH = 60_000;
/** Documents that wait in memory while a file is built, and while it serves. */
const BUILD_CAPACITY = 120_000;
const SERVE_CAPACITY = 20_000;
/** Positions of the latest events, so that who just recorded one learns its sequence without a query. */
const RECENT = 20_000;

const FILE_NAME = /^views-([0-9a-f]{16})-(\d+)\.sqlite$/;

/**
 * Runs all views over the public record and answers from their documents.
 *
 * One file for each set of views and versions. A set that is not there yet is built beside the old file, from the
 * beginning of the log, and takes its place when it has caught up; until then the old file answers.
 */
export class Views {
  private readonly stopping = new AbortController();
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly recent = new Map<string, number>();
  private readonly waiting = new Set<{ until: () => number | undefined; resolve: (sequence: number) => void }>();
  private readonly fingerprint: string;
  private live: Promise<void> | undefined;
  private ended: AbortController | undefined;
  private serving: ViewFile | undefined;
  private folding: Folding | undefined;
  private failure: Error | undefined;
  private rebuilding: Promise<void> | undefined;
  private latest: Progress | undefined;
  private isStale = false;
  private listeners = new Set<(head: Head) => void>();

  constructor(private readonly options: ViewsOptions) {
    this.numbers = new Map(options.views.map((view, n) => [view.name, n]));
    if (this.numbers.size < options.views.length) throw new Error('Two views have the same name');
    this.fingerprint = hash('sha256', options.views.map((view) => `${view.name}/${view.version}`).join('\n')).slice(
      0,
      16,
    );
  }

  /** Opens or builds the file, catches up with the log and goes on folding. Resolves when it has caught up. */
  async start(): Promise<void> {
    const { folder } = this.options;
    mkdirSync(folder, { recursive: true });
    const found = this.files().sort((x, y) => y.generation - x.generation);
    const files = found.flatMap((each) => {
      const file = this.openFinished(each.path, each.fingerprint);
      return file ? [{ ...each, file }] : [];
    });
    const current = files.find((each) => each.fingerprint === this.fingerprint) ?? files[0];
    for (const each of files) if (each !== current) each.file.delete();
    if (current?.fingerprint === this.fingerprint) {
      this.serve(current.file);
      await this.goLive('catching-up');
      return;
    }
    // Views of another edition answer until this one's are built. Commands wait: nobody folds the old ones any more.
    this.serving = current?.file;
    this.isStale = current !== undefined;
    await this.build();
    await this.goLive('catching-up');
  }

  /** The end of the record as these views tell it. */
  get head(): Head {
    return this.folding?.head ?? this.serving?.head() ?? { sequence: -1, recordedAt: '' };
  }

  /** Why the views do not tell the present, if they do not. */
  get trouble(): { reason: 'not-started' | 'building' | 'failed'; detail?: string; progress?: Progress } | undefined {
    const progress = this.latest && { progress: this.latest };
    if (this.failure) return { reason: 'failed', detail: this.failure.message };
    if (this.isStale) return { reason: 'building', ...progress };
    if (!this.live) return { reason: this.latest ? 'building' : 'not-started', ...progress };
    return undefined;
  }

  /** Told after each commit of the views. Returns the way to stop being told. */
  onMove(listener: (head: Head) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The sequence of the event at `position`, once the views have passed it. `ViewsBehind` after `withinMs`. */
  passedPosition(position: string, withinMs: number): Promise<number> {
    return this.wait(() => this.recent.get(position) ?? this.reader().sequenceOf(position), withinMs);
  }

  /** Resolves once the views have passed `sequence`. */
  passedSequence(sequence: number, withinMs: number): Promise<number> {
    return this.wait(() => (this.head.sequence >= sequence ? this.head.sequence : undefined), withinMs);
  }

  /** JSON text of a document, and the sequence since which it reads so. */
  document(view: string, key: string, asOf?: AsOf): Found | undefined {
    return this.reader().document(this.number(view), key, this.bounded(asOf));
  }

  /** Documents whose keys begin with `prefix`, in the order of their keys. */
  range(view: string, prefix: string, page: Page = {}): Found[] {
    const { asOf, after = '', limit = -1, where } = page;
    return this.reader().range(this.number(view), prefix, this.bounded(asOf), after, limit, where);
  }

  /** Documents that stand in all of the lists (`field=value`), in the order of their keys. */
  listed(view: string, lists: readonly [string, ...string[]], page: Page = {}): Found[] {
    const { asOf, after = '', limit = -1, where } = page;
    return this.reader().listed(this.number(view), lists, this.bounded(asOf), after, limit, where);
  }

  /** The last sequence recorded at or before `time`, RFC 3339 with milliseconds in UTC; -1 if none was. */
  sequenceAt(time: string): number {
    return this.reader().sequenceAt(time);
  }

  /** Where the event `sequence` stands in the store, and when it was recorded. */
  mark(sequence: number): { position: string; recordedAt: string } | undefined {
    return this.reader().mark(sequence);
  }

  count(view: string): number {
    return this.reader().count(this.number(view));
  }

  /**
   * SHA-256 over every version of every document, canonically (RFC 8785), in a fixed order: equal logs give equal
   * digests on any node and in any store.
   */
  digest(): string {
    const sum = createHash('sha256');
    for (const [name, number] of this.numbers) {
      sum.update(`${name}/${this.options.views[number]!.version}\n`);
      for (const { key, since, until, body } of this.reader().versions(number)) {
        sum.update(`${key}\n${since}\n${until ?? ''}\n${canonicalText(body)}\n`);
      }
    }
    return sum.digest('hex');
  }

  /** Builds all documents anew beside the ones that answer meanwhile, and switches. */
  rebuild(): Promise<void> {
    this.rebuilding ??= (async () => {
      await this.pause();
      // The file that is there goes on answering, unfolded, until the new one takes its place.
      this.isStale = true;
      this.folding = undefined;
      await this.build();
      await this.goLive('catching-up');
    })().finally(() => (this.rebuilding = undefined));
    return this.rebuilding;
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.rebuilding?.catch(() => undefined);
    await this.pause();
    this.serving?.close();
    this.serving = undefined;
  }

  /** `views-<fingerprint>-<generation>.sqlite`; a file without the mark of being finished is a build that was cut off. */
  private files(): { path: string; name: string; fingerprint: string; generation: number }[] {
    return readdirSync(this.options.folder).flatMap((name) => {
      const [, fingerprint, generation] = FILE_NAME.exec(name) ?? [];
      if (!fingerprint) return [];
      return [{ path: join(this.options.folder, name), name, fingerprint, generation: Number(generation) }];
    });
  }

  private openFinished(path: string, fingerprint: string): ViewFile | undefined {
    let file: ViewFile | undefined;
    try {
      file = new ViewFile(path, 'serving');
      if (file.fingerprint === fingerprint) return file;
      file.delete();
    } catch {
      // A damaged view file is worth no repair: the log gives it back.
      file?.close();
      rmSync(path, { force: true });
    }
    return undefined;
  }

  private serve(file: ViewFile): void {
    const old = this.serving;
    this.serving = file;
    this.isStale = false;
    this.folding = new Folding(file, this.options.views, SERVE_CAPACITY);
    if (old !== file) old?.delete();
  }

  private async build(): Promise<void> {
    const generation = 1 + Math.max(0, ...this.files().map((each) => each.generation));
    const path = join(this.options.folder, `views-${this.fingerprint}-${generation}.sqlite`);
    const file = new ViewFile(path, 'building');
    const began = Date.now();
    try {
      const folding = new Folding(file, this.options.views, BUILD_CAPACITY);
      let waits = 0;
      for await (const page of this.options.store.readPages({ categories: PUBLIC_CATEGORIES })) {
        if (this.stopping.signal.aborted) return file.delete();
        folding.fold(page);
        waits += page.length;
        if (waits >= BUILD_FLUSH) {
          folding.flush({ keepOpen: true });
          waits = 0;
        }
        this.progress('building', folding.head.sequence + 1, began);
        await setImmediate();
      }
      folding.flush();
      file.finish(this.fingerprint);
      file.close();
    } catch (error) {
      file.delete();
      this.failure = error as Error;
      throw error;
    }
    this.serve(new ViewFile(path, 'serving'));
  }

  /** Follows the log from the head on; resolves at the first `CaughtUp`. */
  private goLive(phase: Progress['phase']): Promise<void> {
    return new Promise((resolve, reject) => {
      const ended = (this.ended = new AbortController());
      const signal = AbortSignal.any([ended.signal, this.stopping.signal]);
      this.live = this.follow(phase, signal, resolve).catch((error: Error) => {
        this.failure = error;
        reject(error);
      });
    });
  }

  private async follow(phase: Progress['phase'], signal: AbortSignal, caughtUp: () => void): Promise<void> {
    const folding = this.folding!;
    const after = folding.head.position;
    const began = Date.now();
    const steps = this.options.store.subscribePages({
      ...(after !== undefined && { after }),
      categories: PUBLIC_CATEGORIES,
      signal,
    });
    let live = false;
    for await (const step of steps) {
      if ('caughtUp' in step) {
        live = true;
        caughtUp();
        continue;
      }
      folding.fold(step);
      folding.flush();
      this.remember(step);
      this.moved();
      if (!live) {
        this.progress(phase, folding.head.sequence + 1, began);
        await setImmediate();
      }
    }
    caughtUp();
  }

  private async pause(): Promise<void> {
    this.ended?.abort();
    await this.live;
    this.live = undefined;
  }

  private remember(events: readonly RecordedEvent[]): void {
    let sequence = this.head.sequence - events.length + 1;
    for (const event of events) this.recent.set(event.position, sequence++);
    for (const position of this.recent.keys()) {
      if (this.recent.size <= RECENT) break;
      this.recent.delete(position);
    }
  }

  private moved(): void {
    for (const waiter of this.waiting) {
      const sequence = waiter.until();
      if (sequence === undefined) continue;
      this.waiting.delete(waiter);
      waiter.resolve(sequence);
    }
    for (const listener of this.listeners) listener(this.head);
  }

  private wait(until: () => number | undefined, withinMs: number): Promise<number> {
    const now = until();
    if (now !== undefined) return Promise.resolve(now);
    return new Promise((resolve, reject) => {
      const waiter = {
        until,
        resolve: (sequence: number) => {
          clearTimeout(timer);
          resolve(sequence);
        },
      };
      const timer = setTimeout(() => {
        this.waiting.delete(waiter);
        reject(new ViewsBehind(this.head.sequence, withinMs));
      }, withinMs);
      this.waiting.add(waiter);
    });
  }

  private reader(): ViewFile {
    if (!this.serving) throw new ViewsBehind(-1, 0);
    return this.serving;
  }

  private number(view: string): number {
    const number = this.numbers.get(view);
    if (number === undefined) throw new Error(`There is no view ${view}`);
    return number;
  }

  private bounded(asOf: AsOf): number {
    return asOf ?? Number.MAX_SAFE_INTEGER;
  }

  private progress(phase: Progress['phase'], events: number, began: number): void {
    const every = this.options.progressEveryMs ?? 1_000;
    const now = Date.now();
    if (this.latest && now - began - this.latest.elapsedMs < every && this.latest.phase === phase) return;
    this.latest = { phase, events, elapsedMs: now - began };
    this.options.onProgress?.(this.latest);
  }
}
