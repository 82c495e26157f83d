import type { FastifyRequest } from 'fastify';
import { admittedOf } from './admitted.js';
import { notSignedIn } from './refusal-of.js';

/**
 * Before somebody is told that a thing is not there which is not for everybody: who has not signed in is asked to, also where
 * there is no such thing. So they learn neither the one nor the other.
 */
export function signInFirst(request: FastifyRequest): void {
  const admitted = admittedOf(request);
  if (admitted && !admitted.who) throw notSignedIn();
}
