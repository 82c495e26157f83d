import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readiness } from '#operation';
import { Views } from '#views';
import { ReadOperation } from '../http/operations.js';

const TAG = 'Health';

/** For whoever watches over the process. Live: it runs. Ready: send it requests. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly views: Views,
    private readonly readiness: Readiness,
  ) {}

  @Get('live')
  @ReadOperation({ summary: 'The process runs', tag: TAG, example: { status: 'live' } })
  live() {
    return { status: 'live' };
  }

  /** 503 while a check is a fault, with all that was found. */
  @Get('ready')
  @ReadOperation({
    summary: 'The log can be read, the views tell the present, and commands are answered',
    description:
      'Each check says ok, warning (it works, and somebody should look) or fault (503: send requests elsewhere), and in ' +
      'words what it found. What was found is good for a second.',
    tag: TAG,
    example: {
      status: 'ready',
      sequence: 341,
      recordedAt: '2026-11-22T09:30:00.000Z',
      checks: [
        { name: 'store', status: 'ok', detail: 'It answers, and the views show all of it.' },
        { name: 'views', status: 'ok', detail: 'They tell the present, up to sequence 341.' },
        { name: 'disk', status: 'warning', detail: 'Only 0.7 GiB free in /data: make room before it is used up.' },
      ],
    },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { isReady, checks } = await this.readiness.report();
    const { trouble, head } = this.views;
    const { sequence, recordedAt } = head;
    reply.header('Cache-Control', 'no-store');
    if (isReady) return { status: 'ready', sequence, recordedAt, checks };
    reply.code(503).header('Retry-After', '1');
    return { status: 'not-ready', ...(trouble && { views: trouble }), sequence, recordedAt, checks };
  }
}
