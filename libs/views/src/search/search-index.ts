import { setImmediate as others, setTimeout as sleep } from 'node:timers/promises';
import { type EventStore, StoreUnavailable } from '#event-store';
import type { View } from '../view.js';
import { type Views, ViewsBehind } from '../views.js';
import type { Circle } from './entry.js';
import type { Wanted } from './finding.js';
import { Keeping } from './keeping.js';
import { SearchFile } from './search-file.js';
import { SearchFolder } from './search-folder.js';

export interface SearchIndexOptions {
  /** Folder of the view files. */
  readonly folder: string;
  readonly store: EventStore;
  /** Started; its listing of events is what keeps the index up. */
  readonly views: Views;
  readonly editions: readonly View[];
  /** Told when the file could not be kept up, and is built anew. */
  readonly onFault?: (error: Error) => void;
}

/** How long the event loop is held at a time, so that nobody else waits for long. */
const SLICE_MS = 4;
/** What is recorded stands for so long before anybody has to be told where it is found, unless they ask. */
const REST_MS = 200;
const RETRY_MS = 1_000;
/** So many times as long as it worked it lets others work. With commands coming in it gets a twentieth of the time. */
const PAUSES = { building: 1, following: 20 } as const;

/**
 * Answers what can be found in the record, by the words in it. Kept in a file of its own beside those of the views, made of
 * their documents, and brought up behind them: a command does not wait for it, but whoever searches waits until it tells
 * what the views tell. Built anew beside the one that answers.
 */
export class SearchIndex {
  private readonly folder: SearchFolder;
  private readonly stopping = new AbortController();
  private answering: Keeping | undefined;
  /** What is built anew, to take its place. */
  private beside: Keeping | undefined;
  private stopFollowing = () => {};
  private keepingUp: Promise<void> = Promise.resolve();
  private wake = Promise.withResolvers<void>();
  private rebuilding: Promise<void> | undefined;
  private hasBegunAnew = false;
  private failure: Error | undefined;

  constructor(private readonly options: SearchIndexOptions) {
    this.folder = new SearchFolder(options.folder, options.editions);
  }

  /** Opens the file, or begins one, and keeps it up from then on. Does not wait for that. */
  start(): void {
    const { views } = this.options;
    const file = this.folder.open();
    if (file && Keeping.tellsThisRecord(file, views)) this.answering = this.keep(file);
    else {
      file?.delete();
      this.answering = this.begin();
    }
    this.stopFollowing = views.onMove((_, events) => {
      this.answering?.passed(events);
      this.beside?.passed(events);
      this.wake.resolve();
    });
    this.keepingUp = this.keepUp();
  }

  /** The last event of the record that it tells. */
  get sequence(): number {
    return this.answering?.sequence ?? -1;
  }

  /** Why nothing can be looked for until it is built anew, in words; nothing where it can. */
  get trouble(): string | undefined {
    return this.failure?.message;
  }

  /** Waits until it tells what the views tell. `ViewsBehind` after `withinMs`. */
  current(withinMs: number): Promise<void> {
    return this.whenCurrent(withinMs, () => undefined);
  }

  /** The circles that something in it is for. */
  circles(withinMs: number): Promise<Circle[]> {
    return this.whenCurrent(withinMs, ({ file }) => file.circles());
  }

  /** What is found, and the last event of the record that is told by it. */
  find(wanted: Wanted, withinMs: number): Promise<ReturnType<SearchFile['find']> & { readonly sequence: number }> {
    return this.whenCurrent(withinMs, ({ file, sequence }) => ({ ...file.find(wanted), sequence }));
  }

  /** Builds it anew beside the one that answers meanwhile, and switches. */
  rebuild(): Promise<void> {
    this.rebuilding ??= this.build().finally(() => (this.rebuilding = undefined));
    return this.rebuilding;
  }

  async close(): Promise<void> {
    this.stopping.abort(new Error('The search index was closed'));
    this.stopFollowing();
    this.wake.resolve();
    await this.keepingUp;
    await this.rebuilding?.catch(() => undefined);
    this.answering?.file.close();
    this.answering = undefined;
  }

  private get kept(): Keeping {
    if (this.failure) throw this.failure;
    if (!this.answering) throw new ViewsBehind(-1, 0);
    return this.answering;
  }

  /** Nothing is recorded between the moment at which it tells all and the one at which it is asked. */
  private async whenCurrent<Answer>(withinMs: number, ask: (kept: Keeping) => Answer): Promise<Answer> {
    const end = performance.now() + withinMs;
    while (!this.kept.isCurrent) {
      if (performance.now() > end) throw new ViewsBehind(this.sequence, withinMs);
      await this.work(this.kept);
      await others();
    }
    try {
      return ask(this.kept);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.beginAnew(error as Error);
      throw new ViewsBehind(-1, 0);
    }
  }

  private keep(file: SearchFile): Keeping {
    return new Keeping(file, this.options.views, this.options.store);
  }

  private begin(): Keeping {
    return this.keep(new SearchFile(this.folder.nextPath(), 'building'));
  }

  private async keepUp(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const kept = this.answering;
      if (!kept || kept.isCurrent) {
        await this.wake.promise;
        this.wake = Promise.withResolvers();
        await this.pause(REST_MS);
        continue;
      }
      const began = performance.now();
      const { isFinished } = kept.file;
      // Who searches is told; who does not comes back to it.
      const done = await this.work(kept).then(
        () => true,
        () => false,
      );
      const worked = performance.now() - began;
      await this.pause(done ? worked * (isFinished ? PAUSES.following : PAUSES.building) : RETRY_MS);
    }
  }

  /** Throws while the store, or the views, cannot be asked. */
  private async work(keeping: Keeping): Promise<void> {
    try {
      await keeping.work(SLICE_MS);
    } catch (error) {
      if (error instanceof StoreUnavailable || error instanceof ViewsBehind) throw error;
      if (keeping === this.answering) this.beginAnew(error as Error);
    }
  }

  /** Once: what is found to be broken again will not be mended by a third file. */
  private beginAnew(error: Error): void {
    this.options.onFault?.(error);
    this.answering?.file.delete();
    this.answering = undefined;
    if (this.hasBegunAnew) this.failure = error;
    this.hasBegunAnew = true;
    if (this.failure) return;
    try {
      this.answering = this.begin();
    } catch (again) {
      this.failure = again as Error;
    }
    this.wake.resolve();
  }

  private async build(): Promise<void> {
    const next = (this.beside = this.begin());
    try {
      while (!next.isCurrent) {
        this.stopping.signal.throwIfAborted();
        const began = performance.now();
        await next.work(SLICE_MS);
        await this.pause(PAUSES.building * (performance.now() - began));
      }
      this.answering?.file.delete();
      this.answering = next;
      this.wake.resolve();
      this.failure = undefined;
      this.hasBegunAnew = false;
    } catch (error) {
      next.file.delete();
      throw error;
    } finally {
      this.beside = undefined;
    }
  }

  /** Not longer than until it is closed. */
  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB: whatever else is wrong with a question is not the fault of the file. */
function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode ?? 0;
  return [11, 26].includes(code & 0xff);
}
