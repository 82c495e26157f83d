import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AttachmentRefused } from '#documents';
import { HttpProblem } from '../http/http-problem.js';

export const ATTACHMENTS = '/api/attachments';

/**
 * Hands the body of an upload on as it comes, of whatever type. Every other route keeps to JSON. To be called once, after
 * the parser of JSON is registered.
 */
export function takeUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('*', (request, body: IncomingMessage, done) => {
    if (isUpload(request)) done(null, body);
    else done(new HttpProblem('content-type-unsupported'));
  });
}

/** Its body is a file, of whatever type. */
export const isUpload = ({ method, routeOptions }: FastifyRequest) =>
  method === 'POST' && routeOptions.url === ATTACHMENTS;

/** The bytes of an upload. JSON has been read already, and is not taken. */
export function uploadIn({ body, headers, raw }: FastifyRequest): IncomingMessage {
  if (body !== raw) throw new AttachmentRefused('attachment-type-unknown', 'The body is no file.');
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new AttachmentRefused('attachment-type-unknown', 'The body is encoded: send the file as it is.');
  }
  return raw;
}
