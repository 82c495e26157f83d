import type { FastifyRequest } from 'fastify';
import { HttpProblem } from '../http/http-problem.js';
import { type AsOf, parseAsOf } from '../http/paging.js';

const MOST_LETTERS = 200;

/**
 * What the address of a page asks for, out of the parameters `names` and `asOf`. A form without script sends its empty
 * fields and repeats the name of two equal ones, so an empty value is none and values of one name are joined by commas.
 * Parameters that no page knows are left alone: others put them on links that people send round.
 */
export function pageAsked<Name extends string>(
  request: Pick<FastifyRequest, 'query'>,
  names: readonly Name[],
): { readonly given: Readonly<Partial<Record<Name, string>>>; readonly asOf?: AsOf } {
  const query = request.query as Readonly<Record<string, string | readonly string[] | undefined>>;
  const valueOf = (name: string): string | undefined => {
    const text = [query[name] ?? []].flat().filter(Boolean).join(',');
    if (text.length > MOST_LETTERS) {
      const errors = [{ parameter: name, message: 'is too long' }];
      throw new HttpProblem('query-parameter-malformed', { what: `${name} is too long.`, errors });
    }
    return text.trim().normalize('NFC') || undefined;
  };
  const asOf = valueOf('asOf');
  const given = Object.fromEntries(
    names.flatMap((name) => {
      const value = valueOf(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return { given: given as Partial<Record<Name, string>>, ...(asOf !== undefined && { asOf: parseAsOf(asOf) }) };
}
