import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Views } from '#views';
import { ReadOperation } from '../http/operations.js';

const TAG = 'Health';

/** For whoever watches over the process. Live: it runs. Ready: send it requests. */
@Controller('health')
export class HealthController {
  constructor(private readonly views: Views) {}

  @Get('live')
  @ReadOperation({ summary: 'The process runs', tag: TAG, example: { status: 'live' } })
  live() {
    return { status: 'live' };
  }

  /** 503 with the reason while the views do not tell the present. */
  @Get('ready')
  @ReadOperation({
    summary: 'The views tell the present, and commands are answered',
    tag: TAG,
    example: { status: 'ready', sequence: 341, recordedAt: '2026-11-22T09:30:00.000Z' },
  })
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { trouble, head } = this.views;
    const { sequence, recordedAt } = head;
    reply.header('Cache-Control', 'no-store');
    if (!trouble) return { status: 'ready', sequence, recordedAt };
    reply.code(503).header('Retry-After', '1');
    return { status: 'not-ready', views: trouble, sequence, recordedAt };
  }
}
