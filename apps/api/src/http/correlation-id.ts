import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The client's own id where it is a UUID: it stands on the public record for good, and nobody is to write a name there, or
 * what else they like. Also the id of the request in Fastify.
 */
export function correlationIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const given = headers['correlation-id'];
  return typeof given === 'string' && UUID.test(given) ? given : randomUUID();
}
