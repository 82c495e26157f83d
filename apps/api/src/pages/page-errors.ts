import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorPage } from '../../../web/src/index.js';
import { occurrenceOf, problemOf } from '../http/problem.js';
import { pathOf, ProblemFilter } from '../http/problem-filter.js';
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
    if (!takesHtml(request) || path.startsWith('/api/')) {
      this.problems.answer(error, request, reply.header('Vary', 'Accept'));
      return;
    }
    const occurrence = occurrenceOf(error);
    const { status, title, detail, correlationId, code } = problemOf(occurrence, path, request.id);
    if (status >= 500) {
      const stack = error instanceof Error ? error.stack : undefined;
      this.logger.error(`${request.method} ${path} [${request.id}] ${code}`, stack);
    }
    if (status === 503) reply.header('Retry-After', '1');
    reply.code(status);
    await reply.send(await sendPage(request, reply, errorPage({ status, title, detail, correlationId })));
  }
}
