import type { AllStreamSubscription, Filter, Position, ResolvedEvent } from '@kurrent/kurrentdb-client';
import { PAGE_SIZE, type RecordedEvent } from '../event-store.js';
import type { Link } from './connection.js';
import { placeOf, recorded } from './recorded.js';

/** Where a subscription is to go on. Kept outside of it, as one subscription after the other moves it. */
export interface Cursor {
  position: Position | undefined;
}

export interface FollowOptions {
  readonly link: Link;
  readonly cursor: Cursor;
  readonly filter: Filter;
  readonly ended: AbortSignal;
  /** Whether the log has anything for us after the cursor. */
  readonly hasMore: () => Promise<boolean>;
  /** How long the server may take to confirm the subscription. */
  readonly confirmMs: number;
  /** After so long without an event it is seen whether the subscription still lives; half as long it may then take. */
  readonly idleMs: number;
}

/** The subscription is over, and another has to take its place. */
export class Dropped extends Error {
  override readonly name = 'Dropped';
}

/** How many events wait for a slow reader before the server is held back. */
const BUFFER = 512;

/** A pause in what comes is worth a question only when it is longer than the gaps within one append. */
const QUIET_MS = 10;

/**
 * Follows the log through one subscription of the client until it is dropped.
 *
 * The server says once that it has caught up. Later, and whenever nothing comes for long, the log is asked whether there
 * is more: if not, all was seen; if there is and it does not come, the connection is dead without anyone saying so.
 */
export async function* follow(options: FollowOptions): AsyncGenerator<readonly RecordedEvent[] | 'caught-up'> {
  const { link, ended, hasMore, confirmMs, idleMs } = options;
  const from = new Subscription(options);
  try {
    let told = false;
    while (!ended.aborted) {
      const page = from.take();
      if (page.length > 0) {
        told = false;
        yield page;
      } else if (from.failure !== undefined) {
        throw from.failure;
      } else if (link.lost.aborted) {
        throw new Dropped('The client was replaced');
      } else if (!told && from.isAllRead) {
        told = true;
        yield 'caught-up';
      } else {
        const patienceMs = from.isLive && !told ? QUIET_MS : idleMs;
        if (await from.news(from.isConfirmed ? patienceMs : confirmMs)) continue;
        if (ended.aborted) break;
        if (!from.isConfirmed) throw new Dropped('The server does not confirm the subscription');
        const more = await Promise.race([hasMore(), from.over]);
        if (from.hasArrived) continue;
        if (more === false) from.wasAll();
        else if (!(await from.news(idleMs / 2))) throw new Dropped('The subscription has fallen silent');
      }
    }
  } finally {
    from.close();
  }
}

/**
 * What the client says of a subscription. Its events `caughtUp` and checkpoint overtake up to a buffer of events that were
 * not read yet: what they say holds only once all that had arrived by then is read.
 */
class Subscription {
  isConfirmed = false;
  /** The server has caught up, and sends what is written from now on. */
  isLive = false;
  failure: unknown;
  /** Resolves when nobody follows any more, or the client is gone. */
  readonly over: Promise<undefined>;
  private read = 0;
  /** So many events had arrived when it was known that these were all. */
  private allAt: number | undefined;
  private checkpoint: { readonly position: Position; readonly at: number } | undefined;
  private tell = () => {};
  private readonly onAbort: () => void;
  private readonly stream: AllStreamSubscription;

  constructor(private readonly options: Pick<FollowOptions, 'link' | 'cursor' | 'filter' | 'ended'>) {
    const { link, ended } = options;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.over = promise;
    this.onAbort = () => {
      this.tell();
      resolve(undefined);
    };
    this.stream = this.subscribe();
    for (const signal of [ended, link.lost]) signal.addEventListener('abort', this.onAbort);
  }

  /** All that was read is all that there was. */
  get isAllRead(): boolean {
    return this.allAt === this.read;
  }

  get hasArrived(): boolean {
    return this.stream.readableLength > 0;
  }

  wasAll(): void {
    this.allAt = this.read;
  }

  /** What has arrived, a page at most; nothing where there is nothing. */
  take(): RecordedEvent[] {
    const { cursor } = this.options;
    const page: RecordedEvent[] = [];
    while (page.length < PAGE_SIZE) {
      const resolved = this.stream.read() as ResolvedEvent | null;
      if (resolved === null) break;
      this.read++;
      cursor.position = placeOf(resolved) ?? cursor.position;
      const event = recorded(resolved);
      if (event) page.push(event);
    }
    if (this.checkpoint?.at === this.read) cursor.position = this.checkpoint.position;
    return page;
  }

  /** Whether there is anything to look at within so long. */
  news(ms: number): Promise<boolean> {
    const { link, ended } = this.options;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms, false);
      this.tell = () => {
        clearTimeout(timer);
        resolve(true);
      };
      if (this.failure !== undefined || link.lost.aborted || ended.aborted) this.tell();
    });
  }

  close(): void {
    const { link, ended } = this.options;
    for (const signal of [ended, link.lost]) signal.removeEventListener('abort', this.onAbort);
    // It fails only where the stream never began, which was told as its error.
    this.stream.unsubscribe().catch(() => undefined);
  }

  private subscribe(): AllStreamSubscription {
    const { link, cursor, filter } = this.options;
    const checkpointReached = async (_: unknown, position: Position) =>
      this.hear(() => (this.checkpoint = { position, at: this.arrived }));
    const stream = link.client.subscribeToAll(
      { fromPosition: cursor.position ?? 'start', filter: { ...filter, checkpointReached } },
      { highWaterMark: BUFFER },
    );
    stream
      .on('confirmation', () => this.hear(() => (this.isConfirmed = true)))
      .on('caughtUp', () =>
        this.hear(() => {
          this.isLive = true;
          this.allAt = this.arrived;
        }),
      )
      .on('readable', () => this.tell())
      .on('error', (error: unknown) => this.fail(error))
      .on('end', () => this.fail(new Dropped('The server ended the subscription')));
    return stream;
  }

  /** The client makes an unhandled rejection of what is thrown at it here, which ends the process. */
  private hear(note: () => void): void {
    try {
      note();
      this.tell();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Read or not. */
  private get arrived(): number {
    return this.read + this.stream.readableLength;
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    this.tell();
  }
}
