import { connect } from 'node:net';
import { Body, Controller, Get, Logger, Module, Param, Post, Put, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { COMMANDS, StartReport, SubmitReport } from '#commands';
import { Refusal } from '#reporting';
import { type Asked, AskedFor } from '../../apps/api/src/http/asked.js';
import { type CommandInRequest, GivenCommand } from '../../apps/api/src/http/command-in-request.js';
import { etagOfRevision, isKnown } from '../../apps/api/src/http/conditional.js';
import { httpAdapter, NEST_OPTIONS, useProblems } from '../../apps/api/src/http/http-server.js';
import { openApiDocument, serveOpenApi } from '../../apps/api/src/http/openapi.js';
import { CommandOperation, ReadOperation } from '../../apps/api/src/http/operations.js';
import type { Problem } from '../../apps/api/src/http/problem.js';
import { ProblemController } from '../../apps/api/src/http/problem-controller.js';

export const MINE = '6f1c0f4e-3c1f-4b5e-9f57-0d3a1c2b4e5f';
export const BODY = { signatory: 'E. Xample', on: '2009-02', declaration: 'So it was.', consentToBeCited: 'by-name' };
const QUERY = { filters: ['series'], asOf: true, paged: true };

@Controller('api/reports')
class ReportsForTest {
  @Post(':series/:year/:organization/submission')
  @CommandOperation(SubmitReport, { summary: 'Submit a report', tag: 'Reports', request: BODY, response: {} })
  submit(@GivenCommand() { command }: CommandInRequest<SubmitReport>): SubmitReport {
    return Object.assign(command, { made: command.constructor.name });
  }

  @Put(':series/:year/:organization')
  @CommandOperation(StartReport, { summary: 'Start one', tag: 'Reports', creates: true, request: {}, response: {} })
  start(@GivenCommand() { command }: CommandInRequest<StartReport>): StartReport {
    return command;
  }

  @Get()
  @ReadOperation({ summary: 'List reports', tag: 'Reports', query: QUERY, example: [] })
  list(@AskedFor() asked: Asked): Asked {
    return asked;
  }

  @Get(':id')
  @ReadOperation({ summary: 'Read a report', tag: 'Reports', example: {} })
  read(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): object | undefined {
    if (id === 'broken') throw new Error('select secret from events');
    if (id === 'unknown') throw new Refusal('report-unknown', { id });
    return isKnown(request, reply, { etag: etagOfRevision(3), sequence: 7 }) ? undefined : { id };
  }

  @Post('echo')
  @ReadOperation({ summary: 'Echo', tag: 'Reports', example: {} })
  echo(@Body() body: unknown): object {
    return { body: body ?? null };
  }
}

@Module({ controllers: [ReportsForTest, ProblemController] })
class AppForTest {}

export const SUBMISSION = '/api/reports/ec-performance/2008/example-registry/submission';
export const JSON_TYPE = { 'Content-Type': 'application/json' };

export async function expectProblem(response: Response, status: number, code: string): Promise<Problem> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({ status, code, type: `/problems/${code}` });
  expect(response.status).toBe(status);
  expect(problem.correlationId).toBe(response.headers.get('Correlation-Id'));
  return problem;
}

/** A server for a whole file, with reports that nothing stands behind. */
export class ReportsOverHttp {
  app!: NestFastifyApplication;
  base!: string;

  static forThisFile(): ReportsOverHttp {
    const on = new ReportsOverHttp();
    beforeAll(async () => {
      Logger.overrideLogger(false);
      on.app = await NestFactory.create<NestFastifyApplication>(AppForTest, httpAdapter(), NEST_OPTIONS);
      useProblems(on.app);
      serveOpenApi(on.app, openApiDocument(on.app, '0.0.0', COMMANDS));
      await on.app.listen(0, '127.0.0.1');
      on.base = (await on.app.getUrl()).replace('[::1]', '127.0.0.1');
    });
    afterAll(() => on.app.close());
    return on;
  }

  readonly post = (path: string, body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(this.base + path, { method: 'POST', body, headers: { ...JSON_TYPE, ...headers } });

  /** What fetch would not send. */
  readonly raw = (request: string | Buffer): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(this.base).port), '127.0.0.1', () => socket.end(request));
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk) => (answer += String(chunk)));
      socket.on('end', () => resolve(answer)).on('error', reject);
    });
}
