import type { EventData, Filter, Position, ResolvedEvent } from '@kurrent/kurrentdb-client';
import { setTimeout as delay } from 'node:timers/promises';
import { isStreamName, type SerializedEvent, serializeAppend } from '../append-arguments.js';
import { EventStoreError, StoreClosed, StoreUnavailable, StreamNotFound } from '../errors.js';
import {
  type Appended,
  type CaughtUp,
  EventStore,
  type Expected,
  type NewEvent,
  PAGE_SIZE,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from '../event-store.js';
import { checkCategories, checkLimit, checkRead } from '../read-arguments.js';
import { isPassing, isUnnamed, refusedAppend, refusedCall, safeNumber, saying } from './answers.js';
import { backOff } from './back-off.js';
import { type Client, clientFor, loadClient } from './client.js';
import { Connection } from './connection.js';
import { type Cursor, Dropped, follow } from './following.js';
import { kurrentDbUrl } from './kurrentdb-url.js';
import { logFilter } from './log-filter.js';
import { placeOf, positionOf, positionText, recorded } from './recorded.js';
import { serverVersion } from './server-version.js';
import { checkServer } from './start-checks.js';
import { type Waiting, within } from './time-limit.js';

export interface KurrentDbOptions {
  /** No call takes longer, however often it is tried. Default: 10,000. */
  readonly callMs?: number;
  /** A try that shows no progress for so long is given up. Default: 2,500. */
  readonly attemptMs?: number;
  /** How often a subscription from which nothing comes is checked. Default: 2,000. */
  readonly idleMs?: number;
  /** Spreads the pauses between tries. Default: `Math.random`. */
  readonly random?: () => number;
}

/**
 * The log on a KurrentDB or EventStoreDB server or cluster, through its Node client. Servers 24.10 and 26.0.
 *
 * The client keeps no time limit, does not subscribe again, and never reads again once its leader has died. So each call
 * here is bounded, is tried again while that may help, and gets another client when one has failed (`Connection`). A
 * repeated append is the whole append with the same ids and the same exact expectation, which the server takes for the
 * same append: what is unknown after a lost answer, its repeat finds out.
 */
export class KurrentDbEventStore extends EventStore {
  readonly #servers: string;
  readonly #connection: Connection;
  readonly #callMs: number;
  readonly #attemptMs: number;
  readonly #idleMs: number;
  readonly #random: () => number;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();

  private constructor(servers: string, connect: (n: number) => Client, options: KurrentDbOptions) {
    super();
    ({
      callMs: this.#callMs = 10_000,
      attemptMs: this.#attemptMs = 2_500,
      idleMs: this.#idleMs = 2_000,
      random: this.#random = Math.random,
    } = options);
    this.#servers = servers;
    this.#connection = new Connection({ connect, graceMs: this.#attemptMs, random: this.#random });
  }

  /**
   * Opens the log at a `kurrentdb://` or `esdb://` URL. `StoreUnavailable`, with the mend, when the URL cannot be used,
   * the client cannot be loaded, or one of three trials fails: to read, to append, to read the log.
   */
  static async open(url: string, options: KurrentDbOptions = {}): Promise<KurrentDbEventStore> {
    const { connectionString, servers, isSecure } = kurrentDbUrl(url);
    const kurrent = await loadClient();
    const connect = (n: number) => clientFor(kurrent, connectionString(n));
    const store = new KurrentDbEventStore(servers, connect, options);
    try {
      await checkServer({ servers, isSecure }, (attempt) => store.#attempts(attempt));
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    const proposed = serializeAppend(stream, expected, events).map(eventData);
    const streamState = expected === 'no-stream' ? 'no_stream' : BigInt(expected);
    const { nextExpectedRevision, position } = await this.#call(
      (client) => client.appendToStream(stream, proposed, { streamState }),
      (error) => refusedAppend(error, stream, expected),
      'It is not known whether the events were kept. The same append, repeated, finds out',
    );
    return {
      revision: safeNumber(nextExpectedRevision),
      position: position ? positionText(position) : await this.#positionOf(stream, nextExpectedRevision),
    };
  }

  async *read(stream: string, options: ReadOptions = {}): AsyncGenerator<RecordedEvent> {
    checkRead(options);
    this.#mustBeOpen();
    if (!isStreamName(stream)) throw new StreamNotFound(stream);
    const { direction = 'forwards', limit = Infinity } = options;
    // The end is named only backwards: forwards from it, the client reads the whole stream backwards.
    let fromRevision = options.from === undefined ? EDGE[direction] : BigInt(options.from);
    for (let rest = limit; rest > 0;) {
      const maxCount = Math.min(rest, PAGE_SIZE);
      const page = await this.#page(stream, (client) =>
        client.readStream(stream, { fromRevision, direction, maxCount }),
      );
      for (const resolved of page) {
        const event = recorded(resolved);
        if (event) yield event;
      }
      const last = page.at(-1)?.event?.revision;
      if (page.length < maxCount || last === undefined || (direction === 'backwards' && last === 0n)) return;
      rest -= page.length;
      fromRevision = direction === 'forwards' ? last + 1n : last - 1n;
    }
  }

  async *readPages(options: ReadAllOptions = {}): AsyncGenerator<readonly RecordedEvent[]> {
    const { after, limit = Infinity, categories } = options;
    checkLimit(options.limit);
    checkCategories(categories);
    const filter = logFilter(categories);
    const cursor: Cursor = { position: after === undefined ? undefined : positionOf(after) };
    let isFollowed = false;
    for (let rest = limit; rest > 0;) {
      const { resolved, isLast } = await this.#logPage(cursor.position, Math.min(rest, PAGE_SIZE), filter);
      const events = resolved.flatMap((event) => recorded(event) ?? []);
      cursor.position = placeOf(resolved.at(-1)) ?? cursor.position;
      if (events.length > 0) yield events;
      if (isLast) return;
      rest -= events.length;
      if (limit === Infinity && !isFollowed) {
        isFollowed = true;
        yield* this.#restOfLog(cursor, filter);
      }
    }
  }

  /**
   * What is in the log after the cursor, through a subscription: a server gives it almost twice as fast as page by page.
   * Where that breaks, the cursor stands after the last event that was given, and who reads goes on from there in pages:
   * those have a bound, and say what is wrong.
   */
  async *#restOfLog(cursor: Cursor, filter: Filter): AsyncGenerator<readonly RecordedEvent[]> {
    const hasMore = () => this.#hasMore(cursor, filter);
    const times = { confirmMs: this.#attemptMs, idleMs: this.#attemptMs };
    const ended = this.#closing.signal;
    let page: RecordedEvent[] = [];
    try {
      for await (const step of follow({ link: this.#connection.link, cursor, filter, ended, hasMore, ...times })) {
        if (step === 'caught-up') break;
        page.push(...step);
        if (page.length < PAGE_SIZE) continue;
        yield page.slice(0, PAGE_SIZE);
        page = page.slice(PAGE_SIZE);
      }
    } catch (error) {
      if (error instanceof EventStoreError) throw error;
    }
    if (page.length > 0) yield page;
  }

  async *subscribePages(options: SubscribeOptions = {}): AsyncGenerator<readonly RecordedEvent[] | CaughtUp> {
    const { after, categories, signal } = options;
    checkCategories(categories);
    this.#mustBeOpen();
    const filter = logFilter(categories);
    const cursor: Cursor = { position: after === undefined ? undefined : positionOf(after) };
    const ended = signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal;
    const hasMore = () => this.#hasMore(cursor, filter);
    const times = { confirmMs: this.#attemptMs, idleMs: this.#idleMs };
    let toldCaughtUp = false;
    for (let failures = 0; !ended.aborted;) {
      const { link } = this.#connection;
      try {
        for await (const step of follow({ link, cursor, filter, ended, hasMore, ...times })) {
          failures = 0;
          if (step !== 'caught-up') yield step;
          else if (!toldCaughtUp) yield { caughtUp: true };
          toldCaughtUp = step === 'caught-up';
        }
      } catch (error) {
        if (ended.aborted) return;
        failures++;
        if (!isPassing(error) || (isUnnamed(error) && failures > MAX_UNNAMED)) throw refusedCall(error, '$all');
        this.#connection.replace(link);
        await unlessAborted(ended, backOff(failures, this.#random));
      }
    }
  }

  /** The servers, and the version that the one which answers says it has. */
  async describe(): Promise<{ servers: string; version: string }> {
    const version = await this.#call(serverVersion, (error) => refusedCall(error, 'its version'));
    return { servers: this.#servers, version };
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await Promise.allSettled(this.#underWay);
    await this.#connection.close();
  }

  async #positionOf(stream: string, revision: bigint): Promise<string> {
    const [event] = await this.#page(stream, (client) =>
      client.readStream(stream, { fromRevision: revision, maxCount: 1 }),
    );
    const position = event && placeOf(event);
    if (!position) throw new Error(`KurrentDB gives no position for revision ${revision} of ${stream}`);
    return positionText(position);
  }

  async #hasMore({ position }: Cursor, filter: Filter): Promise<boolean> {
    try {
      return (await this.#logPage(position, 1, filter)).resolved.length > 0;
    } catch (error) {
      throw new Dropped('Nothing comes, and the log cannot be asked', { cause: error });
    }
  }

  /** The next of the log, as the server has it. It reads from a position on, and we read after one. */
  async #logPage(
    after: Position | undefined,
    size: number,
    filter: Filter,
  ): Promise<{ resolved: ResolvedEvent[]; isLast: boolean }> {
    const maxCount = after ? size + 1 : size;
    const page = await this.#page('$all', (client) =>
      client.readAll({ fromPosition: after ?? 'start', filter, maxCount }),
    );
    const again = after !== undefined && placeOf(page[0])?.commit === after.commit;
    const from = again ? 1 : 0;
    return { resolved: page.slice(from, from + size), isLast: page.length < maxCount };
  }

  #page(of: string, read: (client: Client) => AsyncIterable<ResolvedEvent>): Promise<ResolvedEvent[]> {
    return this.#call(
      async (client, waiting) => {
        const page: ResolvedEvent[] = [];
        for await (const event of read(client)) {
          if (waiting.isOver) break;
          waiting.progress();
          page.push(event);
        }
        return page;
      },
      (error) => refusedCall(error, of),
    );
  }

  /** Does it within the time that a call may take, and says in the words of the port why it could not. */
  async #call<T>(attempt: Attempt<T>, refusal: (error: unknown) => Error, otherwise = 'Try again'): Promise<T> {
    this.#mustBeOpen();
    const answer = this.#attempts(attempt);
    this.#underWay.add(answer);
    try {
      return await answer;
    } catch (error) {
      if (!isPassing(error)) throw refusal(error);
      throw new StoreUnavailable(`KurrentDB at ${this.#servers} does not answer (${saying(error)}). ${otherwise}`, {
        cause: error,
      });
    } finally {
      this.#underWay.delete(answer);
    }
  }

  async #attempts<T>(attempt: Attempt<T>): Promise<T> {
    const end = performance.now() + this.#callMs;
    for (let failures = 1; ; failures++) {
      const { link } = this.#connection;
      try {
        const ms = Math.min(this.#attemptMs, end - performance.now());
        const answer = await within(ms, (waiting) => attempt(link.client, waiting), end);
        this.#connection.answered();
        return answer;
      } catch (error) {
        if (!isPassing(error)) throw error;
        this.#connection.replace(link);
        const pause = backOff(failures, this.#random);
        if (performance.now() + pause >= end) throw error;
        await delay(pause);
        // On a busy machine it may have taken longer.
        if (performance.now() >= end) throw error;
      }
    }
  }

  #mustBeOpen(): void {
    if (this.#closing.signal.aborted) throw new StoreClosed();
  }
}

/** A position that the server never gave, for one, is answered without a reason, and so are moments of an election. */
const MAX_UNNAMED = 20;

type Attempt<T> = (client: Client, waiting: Waiting) => Promise<T>;

const EDGE = { forwards: 'start', backwards: 'end' } as const;

/** Bytes cost the client less than JSON does, and are called JSON by the mended client. */
function eventData({ id, type, data, metadata }: SerializedEvent): EventData {
  return { id, type, contentType: 'application/octet-stream', data: bytesOf(data), metadata: bytesOf(metadata) };
}

/** Of Node's pool, which costs the collector a fraction of memory of its own; and no `Buffer`, which the client would take for JSON. */
function bytesOf(text: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(text);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function unlessAborted(signal: AbortSignal, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const wake = () => resolve();
  signal.addEventListener('abort', wake);
  await promise;
  signal.removeEventListener('abort', wake);
  clearTimeout(timer);
}
