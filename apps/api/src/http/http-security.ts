import type { FastifyRequest } from 'fastify';
import { HttpProblem } from './http-problem.js';

/** Names under which a browser reaches this machine and no other. */
export const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Where the page to try the API is; the only one that runs scripts, all of them from this server. */
export const DOCS_PATH = '/api/docs';

const POLICY =
  "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/** Swagger UI writes styles into its elements and draws its icons from data: addresses. */
const DOCS_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Runs before everything else on every request, also where there is no route: sets the headers of the answer and returns
 * the problem for which the request goes no further.
 */
export function securityHook(hosts: readonly string[] = LOOPBACK_HOSTS, forAnyHost: readonly string[] = []) {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  const open = new Set(forAnyHost);
  return (
    request: FastifyRequest,
    answer: { setHeader(name: string, value: string): unknown },
  ): HttpProblem | undefined => {
    answer.setHeader('Correlation-Id', request.id);
    answer.setHeader('X-Content-Type-Options', 'nosniff');
    answer.setHeader('Referrer-Policy', 'no-referrer');
    answer.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    answer.setHeader('Content-Security-Policy', isDocs(request.url) ? DOCS_POLICY : POLICY);
    return (open.has(request.url) ? undefined : unknownHost(request, allowed)) ?? crossSite(request);
  };
}

const isDocs = (url: string) => url === DOCS_PATH || /^\/api\/docs[/?]/.test(url);

/** Against DNS rebinding: a hostile page may have its own name point to 127.0.0.1, but not change what it sends as Host. */
function unknownHost({ headers }: FastifyRequest, allowed: ReadonlySet<string>): HttpProblem | undefined {
  const name = headers.host?.toLowerCase().replace(/:\d{1,5}$/, '');
  return name !== undefined && allowed.has(name) ? undefined : new HttpProblem('host-unknown');
}

/** Fetch Metadata first; `Origin` against `Host` for browsers that do not send it. Other programs send neither. */
function crossSite({ method, headers }: FastifyRequest): HttpProblem | undefined {
  if (SAFE_METHODS.includes(method)) return undefined;
  const site = headers['sec-fetch-site'];
  const sameSite =
    site === undefined
      ? headers.origin === undefined || hostOf(headers.origin) === headers.host?.toLowerCase()
      : site === 'same-origin' || site === 'none';
  return sameSite ? undefined : new HttpProblem('cross-site-request');
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined);
