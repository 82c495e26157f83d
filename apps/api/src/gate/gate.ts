import { type CanActivate, type ExecutionContext, Injectable, Optional } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type About, may, type Who } from '#identity';
import { HttpProblem } from '../http/http-problem.js';
import { Entrance } from '../sign-in/entrance.js';
import { type Admitted, admit } from './admitted.js';
import { GATED, type Gated } from './gated.js';
import { WhatItIsAbout } from './what-it-is-about.js';

/**
 * Stands before both buses: whatever comes by HTTP passes here or goes no further. The first loading of the record, its
 * import, reminders and jobs do not come by HTTP, and do not pass here. Where nobody signs in it stands open.
 */
@Injectable()
export class Gate implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly about: WhatItIsAbout,
    /** Absent where nobody signs in. */
    @Optional() private readonly entrance?: Entrance,
  ) {}

  canActivate(context: ExecutionContext): true | Promise<true> {
    if (!this.entrance) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const places = [context.getHandler(), context.getClass()];
    return this.pass(request, this.reflector.getAllAndOverride<Gated | undefined>(GATED, places), this.entrance);
  }

  private async pass(request: FastifyRequest, what: Gated | undefined, entrance: Entrance): Promise<true> {
    refuseClaims(request);
    if (what === 'OwnDoor') return true;
    // Nobody has said what it does, so nobody may.
    if (what === undefined) throw new HttpProblem('forbidden');
    const who = await entrance.who(request);
    // Whoever comes with a token means to be somebody: one that is not good does not make them anybody.
    if (!who && request.headers.authorization !== undefined) refuse('sign-in');
    const about = what === 'PublicRecord' ? {} : await this.about.of(what, request);
    const decision = may(who, what, about);
    if (decision !== 'yes') refuse(decision);
    if (who && what === 'SubmitReport') requireOwnName(who, request);
    admit(request, who ? { who, ...capacity(who, what, about) } : {});
    return true;
  }
}

/** Who acts, and as what, stands on the record. */
function refuseClaims({ headers }: FastifyRequest): void {
  const claimed = ['actor', 'actor-role'].filter((name) => headers[name] !== undefined);
  if (!claimed.length) return;
  throw new HttpProblem('actor-not-taken', {
    errors: claimed.map((header) => ({ header, message: 'is not taken from a header where people sign in' })),
  });
}

function refuse(decision: 'no' | 'hidden' | 'sign-in' | 'step-up'): never {
  if (decision === 'hidden') throw new HttpProblem('resource-unknown');
  if (decision === 'step-up') throw new HttpProblem('step-up-needed');
  if (decision === 'no') throw new HttpProblem('forbidden');
  throw new HttpProblem('not-signed-in', { headers: { 'WWW-Authenticate': 'Bearer' } });
}

/** Nobody signs with another one's name. */
function requireOwnName({ person }: Who, { body }: FastifyRequest): void {
  const signatory = (body as { signatory?: unknown } | undefined)?.signatory;
  if (signatory === person) return;
  const message = `must be you (${person}): nobody signs with the name of another person`;
  throw new HttpProblem('command-invalid', { errors: [{ field: 'signatory', message }] });
}

/** The first of their roles that allows it on its own. */
function capacity(who: Who, what: Exclude<Gated, 'OwnDoor'>, about: About): Omit<Admitted, 'who'> {
  const allows = (part: Pick<Who, 'mandates' | 'appointments'>) => may({ ...who, ...part }, what, about) === 'yes';
  const held = who.appointments.find((each) => allows({ mandates: [], appointments: [each] }));
  if (held) return { role: held.role, onBehalfOf: held.organization };
  const role = who.mandates.find((each) => allows({ mandates: [each], appointments: [] }));
  return role === undefined ? {} : { role };
}
