import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Given } from '#commands';
import {
  IMPORT_JOB,
  importOrder,
  type JobQueue,
  type JobStatus,
  Ordering,
  type QueueDepth,
  QueueUnavailable,
  REBUILD_JOB,
} from '#jobs';
import { Views } from '#views';
import { givenBy } from '../http/given.js';
import { HttpProblem } from '../http/http-problem.js';
import { ReadOperation } from '../http/operations.js';
import { answerOf, type JobAnswer } from './job-answer.js';
import { JobOperation, TAG } from './job-operation.js';
import * as example from './jobs.examples.js';
import { Queues } from './queues.js';

type QueueAnswer = QueueDepth | { readonly trouble: string };

/** What is done apart from requests. */
@Controller('api/jobs')
export class JobsController {
  constructor(
    private readonly queues: Queues,
    private readonly ordering: Ordering,
    private readonly views: Views,
  ) {}

  @Get()
  @ReadOperation({
    summary: 'How much is to be done apart from requests',
    description:
      '`shared` is what any process may do, `own` what only the one that answers can; on a single process both are the ' +
      'same. `oldestDueMs`: for how many milliseconds the oldest job has been due that nobody has begun. Where the queue ' +
      'cannot be asked, `trouble` says why.',
    tag: TAG,
    example: example.queues,
    reads: 'JobList',
  })
  async depth(@Res({ passthrough: true }) reply: FastifyReply) {
    const [shared, own] = await Promise.all([depthOf(this.queues.shared), depthOf(this.queues.own)]);
    reply.header('Cache-Control', 'no-store');
    return { shared, own };
  }

  @Get(':id')
  @ReadOperation({
    summary: 'How a job stands',
    description:
      'An import and requests to many stand on the log, and so does what came of them. A rebuild is known to the server ' +
      'that does it, and for a while after its end.',
    tag: TAG,
    example: example.building,
    reads: 'JobList',
  })
  async one(@Res({ passthrough: true }) reply: FastifyReply, @Param('id') id: string): Promise<JobAnswer> {
    const status = (await this.queues.own.status(id)) ?? (await this.ordering.status(id));
    if (!status) throw new HttpProblem('resource-unknown', { facts: { job: id } });
    reply.header('Cache-Control', 'no-store');
    return answerOf(status);
  }

  @Post('rebuild')
  @JobOperation({
    summary: "Build this server's views anew from the log",
    description:
      'The documents that are there go on answering until the new ones take their place. Other servers have views of ' +
      'their own, and are not touched.',
    example: { ...example.building, state: 'waiting', attempt: 0, progress: undefined, summary: example.added.summary },
  })
  async rebuild(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
  ) {
    const { own } = this.queues;
    const id = `${REBUILD_JOB}-${givenWithNothing(request, body).commandId}`;
    await own.add(REBUILD_JOB, id, {});
    return begun((await own.status(id)) ?? { id, name: REBUILD_JOB, state: 'waiting', attempt: 0 }, reply);
  }

  @Post('import')
  @JobOperation({
    summary: 'Give the commands of the public record again',
    description:
      'Those that were given before add nothing. The result counts them and names the rows that were refused. Once it is ' +
      'answered it stands on the log, and is done also where the queue is away for now or loses what it holds.',
    example: example.added,
  })
  async import(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Body() body: unknown) {
    const { commandId: id, ...given } = givenWithNothing(request, body);
    const order = { job: IMPORT_JOB, id, payload: importOrder(this.views), given };
    return begun(await this.ordering.place(order), reply);
  }
}

function givenWithNothing(request: FastifyRequest, body: unknown): Given {
  const given = givenBy(request);
  const isEmpty = body === undefined || body === null || (typeof body === 'object' && !Object.keys(body).length);
  if (!isEmpty) throw new HttpProblem('command-invalid', { errors: [{ field: '', message: 'must be empty' }] });
  return given;
}

function begun(status: JobStatus, reply: FastifyReply): JobAnswer {
  reply.header('Location', `/api/jobs/${status.id}`).header('Cache-Control', 'no-store');
  return answerOf(status);
}

async function depthOf(queue: JobQueue): Promise<QueueAnswer> {
  try {
    return await queue.depth();
  } catch (error) {
    if (error instanceof QueueUnavailable) return { trouble: error.message };
    throw error;
  }
}
