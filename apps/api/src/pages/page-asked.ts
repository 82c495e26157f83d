import type { FastifyRequest } from 'fastify';
import { HttpProblem } from '../http/http-problem.js';
import { type AsOf, parseAsOf } from '../http/paging.js';

const MOST_LETTERS = 200;

type Asking = Pick<FastifyRequest, 'query'>;

/**
 * What the address of a page gives for the parameters `names`. A form without script sends its empty fields and repeats
 * the name of two equal ones, so an empty value is none and values of one name are joined by commas. Parameters that no
 * page knows are left alone: others put them on links that people send round.
 */
export function givenIn<Name extends string>(
  request: Asking,
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
  const given = names.flatMap((name) => {
    const value = valueOf(request, name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(given) as Partial<Record<Name, string>>;
}

/** The moment that it names. */
export function asOfIn(request: Asking): AsOf | undefined {
  const asOf = valueOf(request, 'asOf');
  return asOf === undefined ? undefined : parseAsOf(asOf);
}

/** As of any other address, and in a sentence for who sees the page. */
export const malformedHere = (parameter: string, message: string) =>
  new HttpProblem('query-parameter-malformed', { what: `${parameter} ${message}.`, errors: [{ parameter, message }] });

function valueOf(request: Asking, name: string): string | undefined {
  const query = request.query as Readonly<Record<string, string | readonly string[] | undefined>>;
  const text = [query[name] ?? []].flat().filter(Boolean).join(',');
  if (text.length > MOST_LETTERS) {
    throw malformedHere(name, 'is too long');
  }
  return text.trim().normalize('NFC') || undefined;
}
