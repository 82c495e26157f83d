import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Begun, Identity, type NextStep, secretIn, type SignedIn } from '#identity';
import { ways } from '../../../web/src/index.js';
import { HttpProblem } from '../http/http-problem.js';
import { Entrance } from '../sign-in/entrance.js';
import { HandOver } from './handed-over.js';
import { redirect } from './own-page.js';

/** How far somebody has come on the way in, and what is left of it. */
export interface OnTheWay extends SignedIn {
  readonly left: NextStep;
}

/** Leads whoever comes in from step to step, and to where they wanted to go. */
@Injectable()
export class Onward {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
    private readonly handOver: HandOver,
  ) {}

  /** After a password, an invitation, or whatever else began a session. `next`: a path of this site. */
  async from(reply: FastifyReply, { secret, person, next: left }: Begun, next: string): Promise<undefined> {
    this.entrance.give(reply, secret);
    if (left === 'none') return redirect(reply, next);
    if (left === 'second-factor') return redirect(reply, ways.thenTo(ways.SIGN_IN_CODE, next));
    const { session } = await this.identity.signIn.require(secret, 'password');
    return this.enrol(reply, { person, session }, next);
  }

  /** Makes a key for an authenticator, and leads to the page that shows it. */
  async enrol(
    reply: FastifyReply,
    { person, session }: Pick<SignedIn, 'person' | 'session'>,
    next: string,
  ): Promise<undefined> {
    const enrolment = await this.identity.credentials.beginSecondFactor(person);
    await this.handOver.give(reply, session, { enrolment });
    return redirect(reply, ways.thenTo(ways.SECOND_FACTOR, next));
  }

  /** Where whoever has come this far goes on to. */
  to({ left }: OnTheWay, next: string): string {
    if (left === 'none') return next;
    return ways.thenTo(left === 'enrol' ? ways.SECOND_FACTOR : ways.SIGN_IN_CODE, next);
  }

  /** Nothing for whoever has to begin at the beginning. */
  async found({ headers }: FastifyRequest): Promise<OnTheWay | undefined> {
    const { sessions, signIn } = this.identity;
    const secret = secretIn(headers.cookie);
    const found = secret === undefined ? undefined : await sessions.find(secret);
    if (!found) return undefined;
    if (await signIn.whoBySession(secret)) return { ...found, left: 'none' };
    const left = await signIn.nextFor(found.person);
    // Their account has ended, or what they had to prove has changed meanwhile.
    return left === 'none' ? undefined : { ...found, left };
  }

  async require(request: FastifyRequest): Promise<OnTheWay> {
    const found = await this.found(request);
    if (!found) throw new HttpProblem('not-signed-in');
    return found;
  }
}
