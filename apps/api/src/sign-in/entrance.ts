import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type About,
  type Begun,
  type Caller,
  cookieWith,
  cookieWithout,
  Identity,
  may,
  PERMISSIONS,
  type Roles,
  secretIn,
  type SignedIn,
  type Who,
} from '#identity';
import { notSignedIn, refusalOf } from '../gate/refusal-of.js';
import { HttpProblem } from '../http/http-problem.js';
import { CallerAddress } from './caller-address.js';

const BEARER = /^Bearer ([\x21-\x7e]{1,200})$/i;

/** Who stands at the door, and what they are answered: one place that reads cookies and tokens, and writes them. */
@Injectable()
export class Entrance {
  constructor(
    private readonly identity: Identity,
    private readonly address: CallerAddress,
  ) {}

  callerOf({ raw, headers }: FastifyRequest): Caller {
    return { from: this.address.of(raw), agent: headers['user-agent'] ?? '' };
  }

  /** A token goes before a cookie; one that is not good is not made up for by a cookie. */
  async who({ headers }: FastifyRequest): Promise<Who | undefined> {
    const { signIn } = this.identity;
    if (headers.authorization === undefined) return signIn.whoBySession(secretIn(headers.cookie));
    return signIn.whoByToken(BEARER.exec(headers.authorization)?.[1] ?? '');
  }

  /** What somebody may act as at present; nothing where nobody has that id. */
  async rolesOf(person: string): Promise<Roles | undefined> {
    const { directory, roles, today } = this.identity;
    await directory.catchUp();
    if (!['registered', 'joined'].includes(directory.phaseOf(person))) return undefined;
    return roles.of(person, today);
  }

  async requireSignedIn(request: FastifyRequest): Promise<Who> {
    const who = await this.who(request);
    if (!who) throw notSignedIn();
    return who;
  }

  /** Throws the problem for which somebody may not. */
  async require(request: FastifyRequest, what: keyof typeof PERMISSIONS, about: About = {}): Promise<Who> {
    const who = await this.who(request);
    if (who && may(who, what, about) === 'yes') return who;
    throw refusalOf(who, what, about);
  }

  /** Somebody who came by a browser and is signed in all the way: no token makes tokens. */
  async requireBrowser(request: FastifyRequest, { stepUp = false } = {}): Promise<Who & { readonly session: string }> {
    const secret = this.secretOf(request);
    const who = await this.identity.signIn.whoBySession(secret);
    if (!who) throw new HttpProblem('not-signed-in');
    const { session, wasProven } = await this.identity.signIn.require(secret, 'full');
    if (stepUp && !who.isProven) {
      // Asked only of who has a second factor, here or at their provider: others have nothing more to prove.
      const has = wasProven || (await this.identity.credentials.hasSecondFactor(who.person));
      if (has) throw new HttpProblem('step-up-needed');
    }
    return { ...who, session };
  }

  /**
   * Somebody who came by a browser, with the session that is to have a second factor. Who gave one at their provider gives
   * it anew: one that is made here counts as much, and whoever found the browser open would make it theirs.
   */
  async requireEnrolling(request: FastifyRequest): Promise<SignedIn> {
    const found = await this.identity.signIn.require(this.secretOf(request), 'password');
    if (found.wasProven && !found.isProven) throw new HttpProblem('step-up-needed');
    return found;
  }

  /** What the cookie holds. */
  secretOf({ headers }: FastifyRequest): string {
    const secret = secretIn(headers.cookie);
    if (secret === undefined) throw new HttpProblem('not-signed-in');
    return secret;
  }

  begun(reply: FastifyReply, { secret, person, next }: Begun): { readonly person: string; readonly next: string } {
    this.give(reply, secret);
    return { person, next };
  }

  give(reply: FastifyReply, secret: string): void {
    reply.header('Set-Cookie', cookieWith(secret)).header('Cache-Control', 'no-store');
  }

  take(reply: FastifyReply): void {
    reply.header('Set-Cookie', cookieWithout()).header('Cache-Control', 'no-store');
  }
}
