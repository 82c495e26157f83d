import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { correlated, type Log, type Metrics, type Tally } from '#operation';

/** What asks here asks every few seconds, and is of no interest to who reads the log. */
const WATCHERS = /^\/(health\/|metrics$)/;

/** Under this name Nest answers what has no route; an address that cannot be read has none at all. */
const NO_ROUTE = '/*';

/** What of a request is told; Fastify's has it. */
interface Watched {
  readonly id: string;
  readonly method: string;
  readonly routeOptions: { readonly url?: string | undefined } | undefined;
}

/** Measures every request, and logs it where the log takes it: one line each, when its answer is out. */
export class RequestWatch {
  private readonly tallies = new Map<string, Tally>();
  private readonly logs: boolean;

  constructor(
    private readonly metrics: Pick<Metrics, 'requests'>,
    private readonly log: Log,
  ) {
    this.logs = log.isLevelEnabled('info');
  }

  /** For each request before anything else is done with it. */
  readonly begin = (request: Watched, response: ServerResponse): void => {
    const began = performance.now();
    // Comes once, whether the answer was sent in full or the client hung up before. With `once` it would cost twice as much.
    response.on('close', () => this.end(request, response, performance.now() - began));
  };

  /**
   * For Fastify's `preValidation`: what is logged from here on carries the id of the request. Not earlier, as a body is
   * read in the context of its connection.
   */
  readonly hook = (request: FastifyRequest, _: FastifyReply, done: HookHandlerDoneFunction): void => {
    correlated(request.id, done);
  };

  private end(request: Watched, response: ServerResponse, ms: number): void {
    const { method } = request;
    const route = request.routeOptions?.url ?? NO_ROUTE;
    const status = response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : 'aborted';
    this.tally(method, route, status).add(ms / 1_000);
    if (this.logs && !WATCHERS.test(route)) this.write(request.id, { method, route, response, ms });
  }

  private write(
    correlationId: string,
    { method, route, response, ms }: { method: string; route: string; response: ServerResponse; ms: number },
  ): void {
    const bytes = Number(response.getHeader('content-length') ?? Number.NaN);
    const { statusCode, writableFinished } = response;
    this.log.info(
      {
        correlationId,
        method,
        route,
        ...(writableFinished ? { status: statusCode } : { aborted: true }),
        ms: Math.round(ms * 1_000) / 1_000,
        ...(!Number.isNaN(bytes) && { bytes }),
      },
      `${method} ${route} ${writableFinished ? statusCode : 'aborted'}`,
    );
  }

  private tally(method: string, route: string, status: string): Tally {
    const key = `${status} ${method} ${route}`;
    let tally = this.tallies.get(key);
    if (!tally) this.tallies.set(key, (tally = this.metrics.requests.tally({ method, route, status })));
    return tally;
  }
}
