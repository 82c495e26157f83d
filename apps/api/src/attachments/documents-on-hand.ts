import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { HttpProblem } from '../http/http-problem.js';
import { AttachmentAccess, type Place } from './attachment-access.js';
import { uploadTokenOf } from './upload-headers.js';

const SHA256 = /^[0-9a-f]{64}$/;
/** More than any command takes. */
const MOST_NAMED = 500;

/**
 * Stands before every route: whatever a body names by its hash has to be in the store, and the sender's to name. So no
 * command, and none that is yet to be written, puts a document on record that nobody can read.
 */
@Injectable()
export class DocumentsOnHand implements NestInterceptor {
  constructor(private readonly access: AttachmentAccess) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const named = namedIn(request.body);
    for (const sha256 of named) {
      if (await this.access.mayName(sha256, uploadTokenOf(request), request.params as Place)) continue;
      throw new HttpProblem('document-not-stored', { facts: { sha256 } });
    }
    return next.handle();
  }
}

/** Well-formed hashes in a body of JSON. What is malformed is for the fields of the command to refuse. */
function namedIn(body: unknown): Set<string> {
  const found = new Set<string>();
  const look = (value: unknown) => {
    if (typeof value !== 'object' || value === null || found.size >= MOST_NAMED) return;
    for (const [key, member] of Object.entries(value)) {
      if (key === 'sha256' && typeof member === 'string' && SHA256.test(member)) found.add(member);
      else look(member);
    }
  };
  // A body that is a stream of bytes names nothing.
  if (Array.isArray(body) || Object.getPrototypeOf(body ?? 0) === Object.prototype) look(body);
  return found;
}
