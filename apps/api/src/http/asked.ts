import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HttpProblem } from './http-problem.js';
import { type AsOf, type Cursor, decodeCursor, DEFAULT_LIMIT, encodeCursor, parseAsOf, parseLimit } from './paging.js';
import { pathOf } from './problem-filter.js';
import { SaidOfHandlers } from './said-of-handlers.js';

/** The query parameters that an operation knows. Every other one is refused. */
export interface QueryShape {
  readonly filters?: readonly string[];
  readonly asOf?: boolean;
  readonly paged?: boolean;
}

export interface Asked {
  readonly filters: Readonly<Record<string, string>>;
  /** The present where there is none. */
  readonly asOf?: AsOf;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: string;
  /** The cursor for the page after this one, which ended at `after` and was read as of `asOf`. */
  next(cursor: Cursor): string;
}

/** What `request` asks for. Throws a problem that names each parameter that is unknown, repeated, empty or malformed. */
export function askedBy(request: Pick<FastifyRequest, 'url' | 'query'>, shape: QueryShape): Asked {
  const parameters = parametersOf(request.query, shape);
  const { asOf: asOfText, cursor: cursorText, limit } = parameters;
  const isFilter = (name: string) => shape.filters?.includes(name);
  const filters = Object.fromEntries(Object.entries(parameters).filter(([name]) => isFilter(name)));
  const list = () => {
    const byName = Object.keys(filters).sort();
    return JSON.stringify([pathOf(request.url), ...byName.map((name) => [name, filters[name]])]);
  };
  const cursor = cursorText === undefined ? undefined : decodeCursor(cursorText, list());
  const asked = asOfText === undefined ? undefined : parseAsOf(asOfText);
  // The pages of a list are of one moment: that of the first one.
  if (cursor && asked && !isOf(asked, cursor)) throw new HttpProblem('cursor-malformed');
  const asOf = cursor?.asOf ?? asked;
  const recordedAt = asked && 'recordedAt' in asked ? asked.recordedAt : cursor?.recordedAt;
  return {
    filters,
    ...(asOf && { asOf }),
    limit: limit === undefined || isFilter('limit') ? DEFAULT_LIMIT : parseLimit(limit),
    ...(cursor && { after: cursor.after }),
    next: (next) => encodeCursor({ ...next, ...(recordedAt !== undefined && { recordedAt }) }, list()),
  };
}

const isOf = (asked: AsOf, { asOf, recordedAt }: Cursor): boolean =>
  'recordedAt' in asked ? asked.recordedAt === recordedAt : JSON.stringify(asked) === JSON.stringify(asOf);

function parametersOf(query: unknown, { filters = [], asOf, paged }: QueryShape): Record<string, string> {
  const known = [...filters, ...(asOf ? ['asOf'] : []), ...(paged ? ['cursor', 'limit'] : [])];
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(query as Record<string, string | string[]>)) {
    const fault = (message: string) => ({ errors: [{ parameter: name.slice(0, 100), message }] });
    if (!known.includes(name)) {
      const message = known.length ? `is not one of ${known.join(', ')}` : 'is not known: there are no parameters here';
      throw new HttpProblem('query-parameter-unknown', fault(message));
    }
    if (typeof value !== 'string') throw new HttpProblem('query-parameter-malformed', fault('is repeated'));
    const isMalformed = value === '' || value.length > (name === 'cursor' ? 1_000 : 200);
    if (isMalformed) throw new HttpProblem('query-parameter-malformed', fault('has no value, or too long a one'));
    parameters[name] = value.normalize('NFC');
  }
  return parameters;
}

const shapes = new SaidOfHandlers<QueryShape>();

/** Says which query parameters a handler knows. */
export const AsksFor = (shape: QueryShape) => shapes.is(shape);

/** What the request asks for, of all that its handler says that it knows. */
export function askedIn(context: ExecutionContext): Asked {
  const shape = shapes.required(context, 'which parameters it knows');
  return askedBy(context.switchToHttp().getRequest<FastifyRequest>(), shape);
}

/** The query of a request, checked. */
export const AskedFor = createParamDecorator((_: undefined, context: ExecutionContext): Asked => askedIn(context));
