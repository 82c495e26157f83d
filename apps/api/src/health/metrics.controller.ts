import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Metrics } from '#operation';
import { ReadOperation } from '../http/operations.js';

const EXAMPLE = `# HELP para71_projection_lag_events Events of the log that the views of this process do not show yet
# TYPE para71_projection_lag_events gauge
para71_projection_lag_events 0
`;

@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ReadOperation({
    reads: 'Metrics',
    summary: 'What this process measures of itself, for Prometheus',
    tag: 'Health',
    contentType: 'text/plain',
    example: EXAMPLE,
  })
  async metricsNow(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.type(this.metrics.contentType);
    return this.metrics.text();
  }
}
