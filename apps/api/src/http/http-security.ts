import type { IncomingMessage } from 'node:http';
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

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': POLICY,
};
const DOCS_HEADERS = { ...HEADERS, 'Content-Security-Policy': DOCS_POLICY };

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** What of a request tells where it came from. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders' | 'httpVersion'>;

/** The problem for which a request goes no further. */
export type RequestCheck = (request: RequestHead) => HttpProblem | undefined;

/** `forAnyHost`: addresses that are answered whatever the header Host says. */
export function requestCheck(
  hosts: readonly string[] = LOOPBACK_HOSTS,
  forAnyHost: readonly string[] = [],
): RequestCheck {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  const open = new Set<string | undefined>(forAnyHost);
  return (request) =>
    unclearHost(request) ?? (open.has(request.url) ? undefined : unknownHost(request, allowed)) ?? crossSite(request);
}

/** Of every answer, beside its `Correlation-Id`. */
export const securityHeaders = (url: string): Readonly<Record<string, string>> =>
  isDocs(url) ? DOCS_HEADERS : HEADERS;

/**
 * Runs before everything else on every request, also where there is no route: sets the headers of the answer and returns
 * the problem for which the request goes no further.
 */
export function securityHook(refusalOf: RequestCheck = requestCheck()) {
  return (
    request: FastifyRequest,
    answer: { setHeader(name: string, value: string): unknown },
  ): HttpProblem | undefined => {
    answer.setHeader('Correlation-Id', request.id);
    const headers = securityHeaders(request.url);
    for (const name in headers) answer.setHeader(name, headers[name]!);
    return refusalOf(request.raw);
  };
}

const isDocs = (url: string) => url === DOCS_PATH || /^\/api\/docs[/?]/.test(url);

/**
 * RFC 9112, 3.2: one Host, and no more. Node itself refuses none of two, and answers a request without any by itself, with
 * nothing in it.
 */
function unclearHost({ rawHeaders, httpVersion }: RequestHead): HttpProblem | undefined {
  const given = rawHeaders.filter(
    (name, n) => n % 2 === 0 && name.length === 4 && name.toLowerCase() === 'host',
  ).length;
  if (given === 1 || (given === 0 && httpVersion === '1.0')) return undefined;
  const message = given === 0 ? 'is missing' : 'is given more than once';
  return new HttpProblem('request-malformed', { errors: [{ header: 'host', message }] });
}

/** Against DNS rebinding: a hostile page may have its own name point to 127.0.0.1, but not change what it sends as Host. */
function unknownHost({ headers }: RequestHead, allowed: ReadonlySet<string>): HttpProblem | undefined {
  const name = headers.host?.toLowerCase().replace(/:\d{1,5}$/, '');
  return name !== undefined && allowed.has(name) ? undefined : new HttpProblem('host-unknown');
}

/** Fetch Metadata first; `Origin` against `Host` for browsers that do not send it. Other programs send neither. */
function crossSite({ method = '', headers }: RequestHead): HttpProblem | undefined {
  if (SAFE_METHODS.includes(method)) return undefined;
  const site = headers['sec-fetch-site'];
  const sameSite =
    site === undefined
      ? headers.origin === undefined || hostOf(headers.origin) === headers.host?.toLowerCase()
      : site === 'same-origin' || site === 'none';
  return sameSite ? undefined : new HttpProblem('cross-site-request');
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined);
