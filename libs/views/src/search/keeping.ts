import type { EventStore, RecordedEvent } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';
import type { Views } from '../views.js';
import { entriesOf, searchableStreams, streamsTouchedBy } from './entries.js';
import type { SearchFile } from './search-file.js';

/** Sequences, both inclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Keeps one file of entries at what the views tell. Entries are made anew stream by stream, out of the documents as they
 * stand: so it is enough to know of which streams something was told, and to do a stream twice does no harm.
 */
export class Keeping {
  /** Streams whose entries may be of before. */
  private readonly stale = new Set<string>();
  /** Every stream, for a file that is begun. */
  private rest: Iterator<string, undefined> | undefined;
  /** The streams of all events up to here are in the file, or in `stale`. */
  private seen: number;
  /** Those of later events that are in `stale` too, where some between were missed. */
  private ahead: Range | undefined;
  private looking: Promise<void> | undefined;
  /** What other threads do to the file: nothing is written before it is over. */
  private syncing: Promise<void> | undefined;

  constructor(
    readonly file: SearchFile,
    private readonly views: Views,
    private readonly store: EventStore,
  ) {
    const begun = file.checkpoint;
    if (!begun) this.rest = searchableStreams(views);
    this.seen = begun?.sequence ?? views.head.sequence;
  }

  /** Whether the record is the one that the file tells: a log that was restored from a copy may be another one. */
  static tellsThisRecord(file: SearchFile, views: Views): boolean {
    const { sequence, position, recordedAt } = file.checkpoint!;
    const mark = views.mark(sequence);
    return sequence <= views.head.sequence && mark?.position === position && mark?.recordedAt === recordedAt;
  }

  /** The last event that it tells, and with it everything before. */
  get sequence(): number {
    return this.seen;
  }

  get isCurrent(): boolean {
    return this.file.isFinished && this.stale.size === 0 && this.seen === this.views.head.sequence;
  }

  /** Told of every page of events that the views have passed, when it stands in them. */
  passed(events: readonly RecordedEvent[]): void {
    const to = this.views.head.sequence;
    const from = to - events.length + 1;
    for (const event of events) this.touch(event);
    if (from === this.seen + 1) this.seen = to;
    else this.ahead = { from: this.ahead?.to === from - 1 ? this.ahead.from : from, to };
  }

  /** Works for about so long. What it has done is in the file after it, and how far that goes. */
  async work(forMs: number): Promise<void> {
    if (this.seen < this.views.head.sequence) {
      await (this.looking ??= this.look().finally(() => (this.looking = undefined)));
    }
    // Of two who wait, the other one may have begun again.
    while (this.syncing) await this.syncing;
    const end = performance.now() + forMs;
    do {
      // Another one may have taken its place meanwhile.
      if (!this.file.isOpen) return;
      const stream = this.next();
      if (stream === undefined) return this.alone(this.finish());
      this.file.replace(stream, entriesOf(this.views, stream));
    } while (performance.now() < end);
    this.file.commit();
    await this.alone(this.file.settle());
  }

  private touch(event: RecordedEvent): void {
    for (const stream of streamsTouchedBy(this.views, event)) this.stale.add(stream);
  }

  private alone(syncing: Promise<void>): Promise<void> {
    this.syncing = syncing.finally(() => (this.syncing = undefined));
    return this.syncing;
  }

  private next(): string | undefined {
    const { value: stream } = this.rest?.next() ?? {};
    if (stream !== undefined) {
      this.stale.delete(stream);
      return stream;
    }
    this.rest = undefined;
    const [stale] = this.stale;
    if (stale !== undefined) this.stale.delete(stale);
    return stale;
  }

  private async finish(): Promise<void> {
    const { seen: sequence } = this;
    const { position, recordedAt } = this.views.mark(sequence) ?? {};
    const checkpoint = { sequence, position, recordedAt };
    if (!this.file.isFinished) return this.file.finish(checkpoint);
    this.file.commit(checkpoint);
    return this.file.settle();
  }

  /** Reads in the log which streams were told of by the events that it missed: after a start, and after a rebuild. */
  private async look(): Promise<void> {
    let at = this.seen;
    const after = this.views.mark(at)?.position;
    const place = { ...(after !== undefined && { after }), categories: PUBLIC_CATEGORIES };
    for await (const page of this.store.readPages(place)) {
      for (const event of page) {
        if (this.seen === this.views.head.sequence) return;
        this.touch(event);
        // What was passed meanwhile may be further on.
        this.seen = Math.max(this.seen, ++at);
        if (this.seen + 1 === this.ahead?.from) {
          this.seen = this.ahead.to;
          this.ahead = undefined;
        }
      }
    }
  }
}
