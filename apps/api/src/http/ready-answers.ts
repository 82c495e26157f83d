import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { standingHeaders } from './conditional.js';
import { correlationIdOf } from './correlation-id.js';
import { type RequestCheck, securityHeaders } from './http-security.js';
import type { ReadyText, ReadyTexts } from './ready-texts.js';
import type { RequestWatch } from './request-watch.js';

export interface ReadyAnswersOptions {
  readonly texts: ReadyTexts;
  /** That of every other request. */
  readonly refusalOf: RequestCheck;
  readonly requests: Pick<RequestWatch, 'begin'>;
  /** Every answer is to be the last one on its connection. */
  readonly isEnding: () => boolean;
}

/** With one of these headers a request asks for more than the text, or brings more than its head. */
const ASKS_FOR_MORE = ['if-none-match', 'min-sequence', 'content-length', 'transfer-encoding', 'expect'] as const;

/**
 * Answers with a ready text before Fastify sees the request: of a text of 50 KB its way through routes and hooks was
 * half of the price. Whatever is not simply that text, as everybody may read it now, goes there.
 */
export function answerWithReadyTexts(server: Server, { texts, refusalOf, requests, isEnding }: ReadyAnswersOptions) {
  const others = server.listeners('request') as ((...of: [IncomingMessage, ServerResponse]) => void)[];
  const find = (request: IncomingMessage): ReadyText | undefined => {
    const { headers } = request;
    if (isEnding() || ASKS_FOR_MORE.some((name) => headers[name] !== undefined)) return undefined;
    const text = texts.find(request as IncomingMessage & { method: string; url: string });
    return text && refusalOf(request) === undefined ? text : undefined;
  };
  server.removeAllListeners('request').on('request', (request: IncomingMessage, response: ServerResponse) => {
    const text = find(request);
    if (!text) {
      for (const other of others) other.call(server, request, response);
      return;
    }
    const id = correlationIdOf(request);
    requests.begin({ id, method: 'GET', routeOptions: { url: text.route } }, response);
    // As one list they are looked at once; set one by one they would be looked at again when all are written.
    response.writeHead(200, ['Correlation-Id', id, ...headersOf(request.url!, text)]).end(text.body);
  });
}

const headers = new WeakMap<ReadyText, readonly string[]>();

function headersOf(url: string, text: ReadyText): readonly string[] {
  let list = headers.get(text);
  if (!list) {
    const { type, body } = text;
    const all = {
      ...securityHeaders(url),
      ...standingHeaders(text),
      'Content-Type': type,
      'Content-Length': String(body.length),
    };
    headers.set(text, (list = Object.entries(all).flat()));
  }
  return list;
}
