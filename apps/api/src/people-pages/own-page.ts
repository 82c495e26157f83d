import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Fault, faultInWords, fieldFaultInWords, type Page } from '../../../web/src/index.js';
import { type Occurrence, occurrenceOf, problemOf } from '../http/problem.js';
import { sendUnkept } from '../pages/send-page.js';

/** A page that is for one person: no cache keeps it. */
export const ownPage = (request: FastifyRequest, reply: FastifyReply, page: Page): Buffer =>
  sendUnkept(request, reply, page);

/** After a form: the browser asks for the page, and asking again sends nothing twice. */
export function redirect(reply: FastifyReply, path: string): undefined {
  reply.code(303).header('Location', path).header('Cache-Control', 'no-store');
  return undefined;
}

/** What a page is asked to say was done just now, where it has words for that. */
export function doneIn<Done extends string>(words: Readonly<Record<Done, string>>, asked: unknown): { done?: Done } {
  return typeof asked === 'string' && Object.hasOwn(words, asked) ? { done: asked as Done } : {};
}

export interface FormAgain {
  /** Other places and words than usual for what was refused. */
  readonly faults?: Readonly<Record<string, Fault>>;
  readonly page: (faults: readonly Fault[]) => Page;
}

/** Shows a form once more with what is wrong and all that was typed but the passwords. What no form can mend is thrown on. */
export function formAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  { faults = {}, page }: FormAgain,
): Buffer {
  const occurrence = occurrenceOf(error);
  const found = faultsOf(occurrence, faults);
  if (!found.length) throw error;
  reply.code(problemOf(occurrence, '', request.id).status);
  if (occurrence.headers) reply.headers({ ...occurrence.headers });
  return ownPage(request, reply, page(found));
}

function faultsOf({ code, facts, errors = [] }: Occurrence, own: Readonly<Record<string, Fault>>): Fault[] {
  if (code === 'command-invalid')
    return errors.map(({ field = '', message }) => ({ field, words: fieldFaultInWords(field) ?? `${message}.` }));
  const fault = own[code] ?? faultInWords(code, facts);
  return fault ? [fault] : [];
}
