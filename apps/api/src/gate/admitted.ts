import type { FastifyRequest } from 'fastify';
import type { Who } from '#identity';

/** What the gate found out about a request. */
export interface Admitted {
  /** They came with a cookie, and nobody can say now whose: they are answered as everybody is, as far as that goes. */
  readonly isUnsure?: true;
  /** Nobody, where nobody signed in. */
  readonly who?: Who;
  /** The role of theirs that allows it. */
  readonly role?: string;
  /** The organization that appointed them to that role. */
  readonly onBehalfOf?: string;
}

const found = new WeakMap<FastifyRequest, Admitted>();

export function admit(request: FastifyRequest, admitted: Admitted): void {
  found.set(request, admitted);
}

/** Nothing where nobody signs in: whoever asks then says themselves who they are. */
export const admittedOf = (request: FastifyRequest): Admitted | undefined => found.get(request);
