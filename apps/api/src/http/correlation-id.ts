import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const CORRELATION_ID = /^[A-Za-z0-9._~-]{1,128}$/;

/** The client's own id where it is fit for logs and headers. Also the id of the request in Fastify. */
export function correlationIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const given = headers['correlation-id'];
  return typeof given === 'string' && CORRELATION_ID.test(given) ? given : randomUUID();
}
