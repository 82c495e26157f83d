import type { FastifyRequest } from 'fastify';
import type { Visitor } from '../../../web/src/index.js';

const visitors = new WeakMap<FastifyRequest, Visitor>();

/** For the frame of the page that answers it. */
export function welcome(request: FastifyRequest, visitor: Visitor): void {
  visitors.set(request, visitor);
}

/** Nothing where nobody signs in. */
export const visitorOf = (request: FastifyRequest): Visitor | undefined => visitors.get(request);
