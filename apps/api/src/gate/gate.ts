import { type CanActivate, type ExecutionContext, Injectable, Optional } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Admission, PERMISSIONS, secretIn, type Who } from '#identity';
import { FactsUnavailable } from '#jobs';
import { MetricsToken } from '#operation';
import { HttpProblem } from '../http/http-problem.js';
import { Entrance } from '../sign-in/entrance.js';
import { admit, type Admitted } from './admitted.js';
import { AnonymousReads } from './anonymous-reads.js';
import { capacityOf } from './capacity.js';
import { COSTLY } from './costly.js';
import { FOR_SOMEBODY, GATED, type Gated } from './gated.js';
import { notSignedIn, refusalOf } from './refusal-of.js';
import { WhatItIsAbout } from './what-it-is-about.js';
import { requireWhoIsNamed } from './who-is-named.js';

/**
 * Admits what comes by HTTP, by the permission table: what a handler then gives or asks is let onto its bus for that, and
 * for nothing else. Where nobody signs in it admits whatever is for people. (What does not come by HTTP is an errand.)
 */
@Injectable()
export class Gate implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly about: WhatItIsAbout,
    private readonly metricsToken: MetricsToken,
    /** Absent where nobody signs in. */
    @Optional() private readonly entrance?: Entrance,
    @Optional() private readonly anonymousReads?: AnonymousReads,
  ) {}

  canActivate(context: ExecutionContext): true | Promise<true> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const what = this.reflector.getAllAndOverride<Gated | undefined>(GATED, [context.getHandler(), context.getClass()]);
    if (what === 'Metrics' && this.metricsToken.isIn(request.headers.authorization)) return true;
    if (this.entrance) return this.pass(context, what, this.entrance);
    if (what === 'Metrics' && this.metricsToken.isAsked) throw notSignedIn();
    const admission = what === undefined || what === 'OwnDoor' ? undefined : Admission.whereNobodySignsIn(what);
    if (admission) admit(request, admission);
    return true;
  }

  private async pass(context: ExecutionContext, what: Gated | undefined, entrance: Entrance): Promise<true> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    refuseClaims(request);
    if (what === 'OwnDoor') {
      // Before what they send is looked at.
      if (this.reflector.get<true | undefined>(FOR_SOMEBODY, context.getHandler())) requireProof(request);
      return true;
    }
    // Nobody has said what it does, so nobody may.
    if (what === undefined) throw new HttpProblem('forbidden');
    const { who, ...unsure } = await whoIsThere(request, what, entrance);
    // Whoever comes with a token means to be somebody: one that is not good does not make them anybody.
    if (!who && request.headers.authorization !== undefined) throw notSignedIn();
    if (!who && this.reflector.get<true | undefined>(COSTLY, context.getHandler()))
      this.anonymousReads?.take(entrance.callerOf(request).from);
    const about = what === 'PublicRecord' ? {} : await this.about.of(what, request);
    // Who else has to do with it is looked up only for whoever is refused: it changes what they are told, and nothing else.
    const admission = Admission.for(who, what, about);
    if (!admission) throw refusalOf(who, what, who ? await this.about.withConcerned(what, request, about) : about);
    if (who && what === 'SubmitReport') requireOwnName(who, request);
    await requireWhoIsNamed(what, request, entrance);
    admit(request, admission, who ? { who, ...capacityOf(who, what, about, request) } : unsure);
    return true;
  }
}

/** The public record can be read also while nobody can say whose a cookie is. */
async function whoIsThere(
  request: FastifyRequest,
  what: Gated,
  entrance: Entrance,
): Promise<Pick<Admitted, 'who' | 'isUnsure'>> {
  try {
    const who = await entrance.who(request);
    return who ? { who } : {};
  } catch (error) {
    const isForEverybody = what !== 'OwnDoor' && PERMISSIONS[what].public !== undefined;
    if (error instanceof FactsUnavailable && isForEverybody) return { isUnsure: true };
    throw error;
  }
}

/** Whether it is good is for the door to say. */
function requireProof({ headers }: FastifyRequest): void {
  if (headers.authorization === undefined && secretIn(headers.cookie) === undefined) throw notSignedIn();
}

/** Who acts, and as what, stands on the record. */
function refuseClaims({ headers }: FastifyRequest): void {
  const claimed = ['actor', 'actor-role'].filter((name) => headers[name] !== undefined);
  if (!claimed.length) return;
  throw new HttpProblem('actor-not-taken', {
    errors: claimed.map((header) => ({ header, message: 'is not taken from a header where people sign in' })),
  });
}

/** Nobody signs with another one's name. */
function requireOwnName({ person }: Who, { body }: FastifyRequest): void {
  const signatory = (body as { signatory?: unknown } | undefined)?.signatory;
  if (signatory === person) return;
  const message = `must be you (${person}): nobody signs with the name of another person`;
  throw new HttpProblem('command-invalid', { errors: [{ field: 'signatory', message }] });
}
