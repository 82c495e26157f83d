import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HttpProblem } from '../http/http-problem.js';
import { AttachmentAccess, type Place } from './attachment-access.js';
import { uploadTokenOf } from './upload-headers.js';

const SHA256 = /^[0-9a-f]{64}$/;
/** More than any command takes. */
const MOST_NAMED = 500;

/**
 * Stands before every route: whatever a body names by its hash has to be in the store, and the sender's to name. So no
 * command, and none that is yet to be written, puts a document on record that nobody can read.
 *
 * A guard, as a single interceptor has Nest send every request through streams: that was a tenth of a command.
 */
@Injectable()
export class DocumentsOnHand implements CanActivate {
  constructor(private readonly access: AttachmentAccess) {}

  canActivate(context: ExecutionContext): true | Promise<true> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const named = namedIn(request.body);
    return named.size === 0 || this.areOnHand(named, request);
  }

  private async areOnHand(named: ReadonlySet<string>, request: FastifyRequest): Promise<true> {
    for (const sha256 of named) {
      if (await this.access.mayName(sha256, uploadTokenOf(request), request.params as Place)) continue;
      throw new HttpProblem('document-not-stored', { facts: { sha256 } });
    }
    return true;
  }
}

/** Well-formed hashes in a body of JSON. What is malformed is for the fields of the command to refuse. */
function namedIn(body: unknown): Set<string> {
  const found = new Set<string>();
  const look = (value: unknown) => {
    if (typeof value !== 'object' || value === null || found.size >= MOST_NAMED) return;
    for (const key of Object.keys(value)) {
      const member = (value as Readonly<Record<string, unknown>>)[key];
      if (key === 'sha256' && typeof member === 'string' && SHA256.test(member)) found.add(member);
      else look(member);
    }
  };
  // A body that is a stream of bytes names nothing.
  if (Array.isArray(body) || Object.getPrototypeOf(body ?? 0) === Object.prototype) look(body);
  return found;
}
