import { Injectable, Optional } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Identity } from '#identity';
import { admittedOf } from '../gate/admitted.js';

/** A report has a handful of annexes; nobody is to fill the disk with them. */
const MOST = 40;
const WITHIN_MS = 3_600_000;

/** How often one person uploads. All nodes count together. */
@Injectable()
export class UploadAllowance {
  /** `identity`: absent where nobody signs in, and nobody is told from others. */
  constructor(@Optional() private readonly identity?: Identity) {}

  /** Counts one, whatever comes of it. `uploaded-too-often` where none is left, which says when there is one again. */
  async take(request: FastifyRequest): Promise<void> {
    const who = admittedOf(request)?.who;
    if (!who) return;
    const key = `uploads/by/${who.person}`;
    await this.identity?.attempts.allow('uploaded-too-often', { key, most: MOST, withinMs: WITHIN_MS });
  }
}
