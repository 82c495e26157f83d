import { setTimeout as delay } from 'node:timers/promises';
import { backOff } from './back-off.js';
import type { Client } from './client.js';

/** One client object, for as long as it is good. */
export interface Link {
  readonly client: Client;
  /** Aborted once another client has taken its place. */
  readonly lost: AbortSignal;
}

export interface ConnectionOptions {
  /** Makes the nth client. */
  readonly connect: (n: number) => Client;
  /** How long calls that are under way on a client that was replaced may go on. */
  readonly graceMs: number;
  readonly random: () => number;
}

const DISPOSE_MS = 1_000;

/**
 * A client object is disposable: once the leader that it reads from has died its reads never come back, although its
 * appends do. So whoever sees it fail asks for another, and the first to ask gets one.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  #link: Link;
  #lose: () => void;
  #made = 0;
  #failures = 0;
  #notBefore = 0;
  readonly #retired = new Set<NodeJS.Timeout>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    ({ link: this.#link, lose: this.#lose } = this.#connect());
  }

  get link(): Link {
    return this.#link;
  }

  answered(): void {
    this.#failures = 0;
  }

  /** Replaces the client of this link, unless that was done already, or another was made only just before. */
  replace(failed: Link): void {
    const now = performance.now();
    if (failed !== this.#link || now < this.#notBefore) return;
    this.#notBefore = now + backOff(++this.#failures, this.#options.random);
    const lose = this.#lose;
    ({ link: this.#link, lose: this.#lose } = this.#connect());
    lose();
    const timer = setTimeout(() => {
      this.#retired.delete(timer);
      void dispose(failed.client);
    }, this.#options.graceMs);
    this.#retired.add(timer.unref());
  }

  async close(): Promise<void> {
    this.#lose();
    await dispose(this.#link.client);
  }

  #connect(): { link: Link; lose: () => void } {
    const lost = new AbortController();
    return { link: { client: this.#options.connect(this.#made++), lost: lost.signal }, lose: () => lost.abort() };
  }
}

/** It never returns when the server has ended a stream of appends. */
const dispose = (client: Client) => Promise.race([client.dispose(), delay(DISPOSE_MS, undefined, { ref: false })]);
