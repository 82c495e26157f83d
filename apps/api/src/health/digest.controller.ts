import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type RecordDigest, RecordDigests, Views } from '#views';
import { Answers } from '../answers.js';
import { ReadOperation } from '../http/operations.js';

/** For whoever compares nodes, stores or copies. */
@Controller('health')
export class DigestController {
  private readonly digests: RecordDigests;

  constructor(
    views: Views,
    private readonly answers: Answers,
  ) {
    this.digests = new RecordDigests(views);
  }

  @Get('digest')
  @ReadOperation({
    summary: 'One hash of all that this server tells',
    description:
      'SHA-256 over every version of every document, in a fixed order, up to the sequence that is named. Servers of one ' +
      'edition that have read the same record give the same digest, whatever store they read it from. It covers what is ' +
      'withheld, too, and so is for the secretariat, auditors and administrators. Made anew when the record has moved ' +
      'on, which takes a while where it is long.',
    tag: 'Health',
    reads: 'Digest',
    waits: true,
    example: { sequence: 341, digest: '3f0c8a1e5b7d9246c1a0e4f8b2d6957c3e1f0a8b4d2c6e9f7a5b3c1d0e8f6a42' },
  })
  async digest(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<RecordDigest> {
    const { sequence } = await this.answers.moment(request, {});
    const latest = await this.digests.covering(sequence);
    reply.header('Cache-Control', 'no-store').header('Sequence', String(latest.sequence));
    return latest;
  }
}
