import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorPage, ways } from '../../../web/src/index.js';
import { HttpProblem } from '../http/http-problem.js';
import { occurrenceOf, problemOf } from '../http/problem.js';
import { pathOf, ProblemFilter } from '../http/problem-filter.js';
import type { ProblemCode } from '../http/problem-table.js';
import { sendPage, takesHtml } from './send-page.js';

/** Answers a person with a page that says what to do next, and a program as everywhere else. */
@Catch()
export class PageErrors implements ExceptionFilter {
  private readonly problems = new ProblemFilter();
  private readonly logger = new Logger('Pages');

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const path = pathOf(request.url);
    if (!this.isForPerson(request)) {
      this.problems.answer(error, request, reply.header('Vary', 'Accept'));
      return;
    }
    const occurrence = occurrenceOf(error);
    const door = doorFor(occurrence.code, request);
    if (door !== undefined) {
      await reply.code(303).header('Location', door).header('Cache-Control', 'no-store').send();
      return;
    }
    const { status, title, detail, correlationId, code } = problemOf(occurrence, path, request.id);
    // As of a program: what was thrown as a problem was foreseen, and anybody can ask for a moment that is yet to come.
    if (status >= 500 && !(error instanceof HttpProblem)) {
      const stack = error instanceof Error ? error.stack : undefined;
      // By its pattern: some addresses hold a secret.
      this.logger.error(`${request.method} ${request.routeOptions.url ?? path} [${request.id}] ${code}`, stack);
    }
    if (status === 503) reply.header('Retry-After', '1');
    if (occurrence.headers) reply.headers({ ...occurrence.headers });
    reply.code(status);
    await reply.send(await sendPage(request, reply, errorPage({ status, title, detail, correlationId })));
  }

  protected isForPerson(request: FastifyRequest): boolean {
    return takesHtml(request) && !request.url.startsWith('/api/');
  }
}

/** On which page forms stand: whoever has to sign in or to step up before comes back to it. */
const PAGE_OF: Readonly<Record<string, string>> = {
  [ways.TOKENS]: ways.TOKENS,
  [ways.PASSWORD]: ways.PASSWORD,
  [ways.RECOVERY_CODES]: ways.RECOVERY_CODES,
  [ways.PEOPLE]: ways.PEOPLE,
  [ways.MANDATES]: ways.PEOPLE,
};

/** Where somebody is let in to what they were refused; they come back from there. */
function doorFor(code: ProblemCode, { method, url }: FastifyRequest): string | undefined {
  if (code !== 'not-signed-in' && code !== 'step-up-needed') return undefined;
  const back = method === 'POST' ? (PAGE_OF[pathOf(url)] ?? ways.ACCOUNT) : url;
  return ways.thenTo(code === 'not-signed-in' ? ways.SIGN_IN : ways.STEP_UP, back);
}
