import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '#event-store';
import { Identity } from '#identity';
import type { Enrolment, NewToken } from '../../../web/src/index.js';

/** What is shown in clear text for once, to whom it was made for. */
export interface HandedOver {
  readonly enrolment?: Enrolment;
  readonly codes?: readonly string[];
  readonly token?: NewToken;
  /** Where they go on to. */
  readonly next?: string;
  /** On the way in, and not later from the account. */
  readonly isEnrolling?: boolean;
}

const COOKIE = '__Host-para71-once';
const KIND = 'handed-over';
const LASTS_MS = 10 * 60_000;
const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Strict';

/**
 * Carries keys, codes and tokens from the form that made them to the page that shows them. They are kept nowhere else, so
 * that is the browser: sealed, bound to the session, and for ten minutes. Another one takes its place.
 */
@Injectable()
export class HandOver {
  constructor(private readonly identity: Identity) {}

  async give(reply: FastifyReply, session: string, handed: HandedOver): Promise<void> {
    const sealed = await this.identity.browserSeal.seal(KIND, session, { ...handed } as JsonObject, LASTS_MS);
    reply.header('Set-Cookie', `${COOKIE}=${sealed}; ${ATTRIBUTES}; Max-Age=${LASTS_MS / 1_000}`);
  }

  async of({ headers }: FastifyRequest, session: string): Promise<HandedOver> {
    const sealed = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w.-]{1,4000})(?:;|$)`).exec(headers.cookie ?? '')?.[1];
    if (sealed === undefined) return {};
    return (await this.identity.browserSeal.open(KIND, session, sealed)) ?? {};
  }

  takeBack(reply: FastifyReply): void {
    reply.header('Set-Cookie', `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`);
  }
}
