import type { Filter, Position, ResolvedEvent } from '@kurrent/kurrentdb-client';
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
 * Follows the log through one subscription of the client until it is dropped. The client's events `caughtUp` and
 * checkpoint overtake up to a buffer of events that were not read yet: what they say holds only once all that had
 * arrived by then is read.
 *
 * The server says once that it has caught up. Later, and whenever nothing comes for long, the log is asked whether there
 * is more: if not, all was seen; if there is and it does not come, the connection is dead without anyone saying so.
 */
export async function* follow(options: FollowOptions): AsyncGenerator<readonly RecordedEvent[] | 'caught-up'> {
  const { link, cursor, filter, ended, hasMore, confirmMs, idleMs } = options;
  let read = 0;
  let confirmed = false;
  let live = false;
  /** So many events had arrived when the server said that these were all. */
  let allAt: number | undefined;
  let checkpoint: { position: Position; at: number } | undefined;
  let failure: unknown;
  let tell = () => {};
  /** Whether there is anything to look at within so long. */
  const news = (ms: number) =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(resolve, ms, false);
      tell = () => {
        clearTimeout(timer);
        resolve(true);
      };
      if (failure !== undefined || link.lost.aborted || ended.aborted) tell();
    });
  const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
  const onAbort = () => {
    tell();
    end(undefined);
  };

  const stream = link.client.subscribeToAll(
    {
      fromPosition: cursor.position ?? 'start',
      filter: {
        ...filter,
        // It must not throw: the client would make that an unhandled rejection.
        checkpointReached: async (_, position) => {
          checkpoint = { position, at: read + stream.readableLength };
          tell();
        },
      },
    },
    { highWaterMark: BUFFER },
  );
  stream
    .on('confirmation', () => {
      confirmed = true;
      tell();
    })
    .on('caughtUp', () => {
      live = true;
      allAt = read + stream.readableLength;
      tell();
    })
    .on('readable', () => tell())
    .on('error', (error: unknown) => {
      failure ??= error;
      tell();
    })
    .on('end', () => {
      failure ??= new Dropped('The server ended the subscription');
      tell();
    });
  ended.addEventListener('abort', onAbort);
  link.lost.addEventListener('abort', onAbort);

  const take = (): RecordedEvent[] => {
    const page: RecordedEvent[] = [];
    while (page.length < PAGE_SIZE) {
      const resolved = stream.read() as ResolvedEvent | null;
      if (resolved === null) break;
      read++;
      cursor.position = placeOf(resolved) ?? cursor.position;
      const event = recorded(resolved);
      if (event) page.push(event);
    }
    if (checkpoint?.at === read) cursor.position = checkpoint.position;
    return page;
  };

  try {
    let told = false;
    while (!ended.aborted) {
      const page = take();
      if (page.length > 0) {
        told = false;
        yield page;
      } else if (failure !== undefined) {
        throw failure;
      } else if (link.lost.aborted) {
        throw new Dropped('The client was replaced');
      } else if (!told && allAt === read) {
        told = true;
        yield 'caught-up';
      } else if (!(await news(!confirmed ? confirmMs : live && !told ? QUIET_MS : idleMs)) && !ended.aborted) {
        if (!confirmed) throw new Dropped('The server does not confirm the subscription');
        const more = await Promise.race([hasMore(), over]);
        if (stream.readableLength > 0) continue;
        if (more === false) allAt = read;
        else if (!(await news(idleMs / 2))) throw new Dropped('The subscription has fallen silent');
      }
    }
  } finally {
    ended.removeEventListener('abort', onAbort);
    link.lost.removeEventListener('abort', onAbort);
    // It fails only where the stream never began, which was told as its error.
    stream.unsubscribe().catch(() => undefined);
  }
}
