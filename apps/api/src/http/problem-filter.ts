import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { correlated } from '#operation';
import { admittedOf } from '../gate/admitted.js';
import { HttpProblem } from './http-problem.js';
import { type Occurrence, occurrenceOf, PROBLEM_JSON, problemOf } from './problem.js';
import { PROBLEMS } from './problem-table.js';

/** Seconds after which a client may ask again, where a problem does not say so itself. */
const RETRY_AFTER = '1';

/** Answers every error of this server as RFC 9457 problem details. Only what is our fault is logged, and never sent. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    // Who hung up while they sent their body can neither be answered nor helped; the line of the request says so.
    if (reply.raw.destroyed && !request.raw.complete) return;
    const occurrence = ifSure(request, occurrenceOf(error));
    const problem = problemOf(occurrence, pathOf(request.url), request.id);
    // What was thrown as a problem was foreseen: a client that asks for a sequence of the future is no outage.
    if (problem.status >= 500 && !(error instanceof HttpProblem)) {
      correlated(request.id, () => this.log(error, problem.code, request));
    }
    if (reply.sent || reply.raw.headersSent) {
      // Half of an answer is out: only the break of the connection can still tell the client.
      reply.raw.destroy();
      return;
    }
    if (problem.status === 503) reply.header('Retry-After', RETRY_AFTER);
    void reply
      .code(problem.status)
      .headers({ ...occurrence.headers, 'Content-Type': PROBLEM_JSON, 'Cache-Control': 'no-store' })
      // To a text Fastify would add a charset, which this type does not have.
      .send(Buffer.from(JSON.stringify(problem)));
  }

  private log(error: unknown, code: string, request: FastifyRequest): void {
    const what = `${request.method} ${pathOf(request.url)} [${request.id}] ${code}`;
    if (error instanceof Error) this.logger.error(`${what}: ${error.message}`, error.stack);
    else this.logger.error(`${what}: something was thrown that is not an error`);
  }
}

/** That something is not there, or not for them, cannot be said to somebody who may be anybody. */
function ifSure(request: FastifyRequest, occurrence: Occurrence): Occurrence {
  const { status } = PROBLEMS[occurrence.code];
  const isDenied = status === 401 || status === 403 || status === 404;
  return isDenied && admittedOf(request)?.isUnsure ? { code: 'sessions-unavailable' } : occurrence;
}

export const pathOf = (url: string) => url.split('?', 1)[0] ?? url;
