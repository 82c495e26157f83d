import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { NestApplicationOptions } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowMethods } from './allowed-methods.js';
import { correlationIdOf } from './correlation-id.js';
import { HttpProblem } from './http-problem.js';
import { type RequestCheck, securityHeaders, securityHook } from './http-security.js';
import { PROBLEM_JSON, problemOf } from './problem.js';
import { ProblemFilter } from './problem-filter.js';
import type { HttpProblemCode } from './problem-table.js';
import { JSON_LIMITS, readStrictJson } from './strict-json.js';

/** The body belongs to `readStrictJson`; Nest must not register its own parsers over it. */
export const NEST_OPTIONS: NestApplicationOptions = { bodyParser: false };

export interface HttpServerOptions {
  /** By default only names of this machine are answered. */
  readonly refusalOf?: RequestCheck;
  /** Is shown every request before anything else. */
  readonly onBegin?: (request: FastifyRequest, response: ServerResponse) => void;
}

/** Fastify as every part of this API takes it for granted: strict bodies, problem details, security headers. */
export function httpAdapter({ refusalOf, onBegin }: HttpServerOptions = {}): FastifyAdapter {
  const secure = securityHook(refusalOf);
  const guard = (request: FastifyRequest, response: ServerResponse) => {
    onBegin?.(request, response);
    return secure(request, response);
  };
  const problems = new ProblemFilter();
  const adapter = new FastifyAdapter({
    genReqId: correlationIdOf,
    // Looked at by `securityHook`, which answers with a problem.
    http: { requireHostHeader: false },
    bodyLimit: JSON_LIMITS.bytes,
    // What still comes over a connection that was kept alive is answered, and the connection then closed.
    return503OnClosing: false,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: answerBrokenRequest,
    // The router answers a malformed address before any hook or handler of errors is reached.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      problems.answer(guard(request, reply.raw) ?? error, request, reply);
    },
  });
  // Nest names no more of the answer than a hook needs; it is that of Node.
  adapter.registerSecurityHook((request, response) => guard(request, response as ServerResponse));
  registerStrictJson(adapter.getInstance());
  allowMethods(adapter.getInstance());
  return adapter;
}

/** To be called before `init` or `listen`, on an application made with `httpAdapter` and `NEST_OPTIONS`. */
export function useProblems(app: NestFastifyApplication): void {
  app.useGlobalFilters(new ProblemFilter());
}

/** Leaves application/json as the only type of a body; every other one is 415. */
export function registerStrictJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, bodyOf(request, body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function bodyOf({ headers }: FastifyRequest, bytes: Buffer): unknown {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw new HttpProblem('content-type-unsupported');
  return readStrictJson(bytes);
}

const BROKEN: Readonly<Record<string, HttpProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** What could not even be read as HTTP. There is no request and no answer object, only the connection. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = BROKEN[error.code ?? ''] ?? 'request-malformed';
  const problem = problemOf({ code }, '', randomUUID());
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Correlation-Id: ${problem.correlationId}`,
    ...Object.entries(securityHeaders('')).map(([name, value]) => `${name}: ${value}`),
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
