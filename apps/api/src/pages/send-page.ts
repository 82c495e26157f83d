import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Asset, documentOf, mark, type Page, style } from '../../../web/src/index.js';
import { etagOfText, isKnown } from '../http/conditional.js';
import { visitorOf } from './visitor.js';

const compress = promisify(gzip);

const ASSETS = { style: style.address, mark: mark.address };

/** The body of a page, or nothing for a client that has it already. `sequence`: the last event that it shows. */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
  sequence?: number,
): Promise<Buffer | undefined> {
  const text = documentOf(page, ASSETS, visitorOf(request));
  const isGzip = takesGzip(request);
  const isError = reply.statusCode >= 400;
  if (isError) reply.header('Cache-Control', 'no-store');
  // A strong ETag names the very bytes, and those depend on the encoding.
  else if (isKnown(request, reply, { etag: etagOfText(`${isGzip ? 'gzip' : 'plain'}\n${text}`), sequence })) {
    vary(reply);
    return undefined;
  }
  vary(reply).type('text/html; charset=utf-8');
  if (!isGzip) return Buffer.from(text);
  reply.header('Content-Encoding', 'gzip');
  return compress(text);
}

/** A page of somebody's own. Not compressed either: by its length, what they typed could be told from what is secret. */
export function sendUnkept(request: FastifyRequest, reply: FastifyReply, page: Page): Buffer {
  reply.header('Cache-Control', 'no-store').type('text/html; charset=utf-8');
  return Buffer.from(documentOf(page, ASSETS, visitorOf(request)));
}

/** A page says who looks at it; it is sent as a problem to programs, and compressed to who takes that. */
const vary = (reply: FastifyReply) => reply.header('Vary', 'Accept, Accept-Encoding, Authorization, Cookie');

const A_YEAR = 'public, max-age=31536000, immutable';

export function sendAsset(request: FastifyRequest, reply: FastifyReply, { type, content, gzip: small }: Asset): Buffer {
  reply.type(type).header('Cache-Control', A_YEAR).header('Vary', 'Accept-Encoding');
  if (!takesGzip(request)) return content;
  reply.header('Content-Encoding', 'gzip');
  return small;
}

export function takesHtml({ headers }: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '');
}

function takesGzip({ headers }: FastifyRequest): boolean {
  const accepted = headers['accept-encoding'] ?? '';
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(Array.isArray(accepted) ? accepted.join() : accepted);
}
