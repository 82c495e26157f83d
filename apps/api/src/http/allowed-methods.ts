import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction, RouteOptions } from 'fastify';
import { HttpProblem } from './http-problem.js';
import { pathOf } from './problem-filter.js';

/** What answers where nothing else does makes no address known. */
const isElsewhere = (url: string | undefined) => url === '*' || url === '/*';

const wrong = new WeakMap<FastifyRequest, HttpProblem>();

/** The problem of a request that came to an address by a method that it does not know, and was answered elsewhere. */
export const wrongMethodOf = (request: FastifyRequest): HttpProblem | undefined => wrong.get(request);

/**
 * Tells an address that is not there from one that is, and does not know the method (RFC 9110, 15.5.6), by the routes as they
 * are registered. OPTIONS says which methods there are, and nothing to pages of other sites. Before any route is registered.
 */
export function allowMethods(fastify: FastifyInstance): void {
  const routes = new Map<string, { readonly segments: readonly string[]; readonly methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }: RouteOptions) => {
    if (isElsewhere(url)) return;
    const known = routes.get(url) ?? { segments: segmentsOf(url), methods: new Set<string>() };
    for (const each of [method].flat()) known.methods.add(each);
    routes.set(url, known);
  });

  const methodsAt = (path: string): string[] => {
    const asked = path.split('/').map(decoded);
    const found = [...routes.values()].filter(({ segments }) => fits(segments, asked));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  };

  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => {
    if (!request.is404 && !isElsewhere(request.routeOptions.url)) return done();
    const methods = methodsAt(pathOf(request.url));
    if (!methods.length) return done();
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (request.method === 'OPTIONS') return void reply.code(204).header('Allow', allow).send();
    const problem = new HttpProblem('method-not-allowed', { facts: { allow: methods }, headers: { Allow: allow } });
    if (request.is404) return done(problem);
    wrong.set(request, problem);
    done();
  });
}

/** Segments as Fastify has them: itself, `:name`, or `*` at the end. Any other it would have to be taught first. */
function segmentsOf(url: string): string[] {
  const segments = url.split('/');
  const isKnown = segments.every((each, n) =>
    each === '*' ? n === segments.length - 1 : /^(:\w+|[^:*()]*)$/.test(each),
  );
  if (!isKnown) throw new Error(`${url} has a segment of which nobody can tell here what it stands for`);
  return segments;
}

function fits(segments: readonly string[], asked: readonly string[]): boolean {
  const isOpen = segments.at(-1) === '*';
  if (isOpen ? asked.length < segments.length : asked.length !== segments.length) return false;
  return segments.every((each, n) => each === '*' || (each.startsWith(':') ? asked[n] !== '' : each === asked[n]));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
