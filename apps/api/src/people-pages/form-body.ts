import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isUpload } from '../attachments/upload-body.js';
import { bind } from '../http/binding.js';
import type { FieldsClass } from '../http/command-schema.js';
import { HttpProblem } from '../http/http-problem.js';

const FORM = 'application/x-www-form-urlencoded';
/** More than the longest form, with every character as nine. */
const MOST_BYTES = 32 * 1024;

/**
 * Reads forms for pages, and for nothing under /api: a form of another site must find nothing there that takes it. To be
 * called once, after the parser of uploads, to whom a file is a file whatever it is called.
 */
export function takeForms(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(FORM, async (request: FastifyRequest, body: IncomingMessage) => {
    if (isUpload(request)) return body;
    const encoding = request.headers['content-encoding'];
    const isPage = !/^\/api(\/|$)/.test(request.routeOptions.url ?? '/api');
    if (!isPage || (encoding !== undefined && encoding !== 'identity'))
      throw new HttpProblem('content-type-unsupported');
    return new URLSearchParams(await textOf(body));
  });
}

async function textOf(body: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new HttpProblem('body-too-large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** What was typed into the form of a page. */
export class TypedForm {
  private constructor(private readonly typed: URLSearchParams) {}

  /** A form without fields sends no body, and some browsers no type of it either. */
  static of({ body }: FastifyRequest): TypedForm {
    if (body === undefined || body === null) return new TypedForm(new URLSearchParams());
    if (!(body instanceof URLSearchParams)) throw new HttpProblem('content-type-unsupported');
    return new TypedForm(body);
  }

  text(name: string): string {
    return this.typed.get(name) ?? '';
  }

  all(name: string): string[] {
    return this.typed.getAll(name);
  }

  /** Checked as the body of the same operation of the API is. Throws `command-invalid`. */
  fields<Fields extends object>(
    of: FieldsClass & (new () => Fields),
    fields: Readonly<Record<string, unknown>>,
  ): Fields {
    return bind(of, {}, fields) as Fields;
  }
}
