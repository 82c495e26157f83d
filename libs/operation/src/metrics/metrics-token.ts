import { createHash, timingSafeEqual } from 'node:crypto';

const BEARER = /^Bearer +([\x21-\x7e]+)$/i;

/** What a collector of metrics shows instead of being somebody. */
export class MetricsToken {
  private readonly hash: Buffer | undefined;

  constructor(token: string | undefined) {
    this.hash = token === undefined ? undefined : hashOf(token);
  }

  /** Whether there is one: then nobody reads the metrics without it, or without being somebody who may. */
  get isAsked(): boolean {
    return this.hash !== undefined;
  }

  /** Whether a header `Authorization` holds it; how long that takes says nothing of it. */
  isIn(authorization: string | undefined): boolean {
    const given = BEARER.exec(authorization ?? '')?.[1];
    return this.hash !== undefined && given !== undefined && timingSafeEqual(this.hash, hashOf(given));
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();
