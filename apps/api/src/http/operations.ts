import { applyDecorators, HttpCode } from '@nestjs/common';
import {
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiQuery,
  type ApiQueryOptions,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { CommandName, RecordedCommand } from '#commands';
import type { ReadName } from '#identity';
import { Gated } from '../gate/gated.js';
import { AsksFor, type QueryShape } from './asked.js';
import type { Tag } from './openapi-tags.js';
import { type CommandClass, Orders } from './command-in-request.js';
import { DEFAULT_LIMIT, MAX_LIMIT } from './paging.js';

/** Extension under which an operation names its command until the document is finished. */
export const COMMAND_EXTENSION = 'x-command';

export interface CommandDocs {
  readonly summary: string;
  readonly description?: string;
  readonly tag: Tag;
  /** The command brings something into being: 201, and `If-None-Match: *` is understood. */
  readonly creates?: boolean;
  /** A body that works. */
  readonly request: object;
  readonly response: unknown;
}

/** For a method whose first argument brings a command of this class: for another one it does not compile. */
type DecoratorFor<C extends RecordedCommand> = <
  Given extends { readonly command: C },
  Others extends unknown[],
  Answer,
>(
  target: object,
  name: string,
  handler: TypedPropertyDescriptor<(given: Given, ...others: Others) => Answer>,
) => void;

/**
 * Says which command a handler is for, and documents it: its body is the schema of `of` without what stands in the address.
 * Sets the status, too.
 */
export function CommandOperation<C extends RecordedCommand>(of: CommandClass<C>, docs: CommandDocs): DecoratorFor<C> {
  const { creates = false } = docs;
  const status = creates ? 201 : 200;
  return applyDecorators(
    HttpCode(status),
    Orders(of, { creates }),
    documented(docs),
    Gated(of.name as CommandName),
    ApiExtension(COMMAND_EXTENSION, { name: of.name, example: docs.request }),
    ApiHeader({
      name: 'Actor',
      required: true,
      description: 'Who gives the command: 1 to 200 visible ASCII characters.',
    }),
    ApiHeader({ name: 'Actor-Role', required: false, description: 'In which role they give it.' }),
    ApiHeader({
      name: 'On-Behalf-Of',
      required: false,
      description:
        'For which organization they give it. Where people sign in: one that appointed them, or, for the secretariat and ' +
        'where the permission table has it so, the one that it is about.',
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Makes it safe to repeat: the same key of the same actor at the same address is the same command.',
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'ETag of the revision that the actor has seen. A later one answers 412 and records nothing.',
    }),
    ApiHeader(CORRELATION_ID),
    ApiResponse({
      status,
      description: 'Recorded, and durable. A repeated command answers as the first time.',
      headers: { ...LOCATION, ...ETAG, ...SEQUENCE },
      content: { 'application/json': { example: docs.response } },
    }),
  );
}

export interface ReadDocs {
  readonly summary: string;
  readonly description?: string;
  readonly tag: Tag;
  /** What it knows to be asked for. By default nothing. */
  readonly query?: QueryShape;
  /** Of filters that the document says more of than their names. */
  readonly described?: Readonly<Record<string, ApiQueryOptions>>;
  /** It waits for `Min-Sequence`, as every read does that knows `asOf`. */
  readonly waits?: boolean;
  /** An answer. */
  readonly example: unknown;
  readonly contentType?: string;
  /** What the permission table calls it, where not everybody may. By default it is of the public record. */
  readonly reads?: ReadName;
}

export function ReadOperation(all: ReadDocs): MethodDecorator {
  const { query = {}, described = {}, contentType = 'application/json', reads = 'PublicRecord', ...docs } = all;
  const { filters = [], asOf, paged } = query;
  const { waits = asOf } = docs;
  return applyDecorators(
    documented(docs),
    Gated(reads),
    AsksFor(query),
    ApiHeader(CORRELATION_ID),
    ApiHeader({ name: 'If-None-Match', required: false, description: 'ETag of an answer that is already there: 304.' }),
    ...filters.map((name) => ApiQuery({ name, required: false, ...(described[name] ?? filtersBy(name)) })),
    ...(asOf ? [AS_OF] : []),
    ...(waits ? [ApiHeader(MIN_SEQUENCE)] : []),
    ...(paged ? PAGED : []),
    ApiResponse({
      status: 200,
      description: 'As of the Sequence that is named.',
      headers: { ...ETAG, ...SEQUENCE },
      content: { [contentType]: { example: docs.example } },
    }),
    ApiResponse({ status: 304, description: 'The client has this answer already.' }),
  );
}

const filtersBy = (name: string) => ({ type: String, description: `Only those of this ${name}.` });

const documented = ({ summary, description, tag }: Pick<ReadDocs, 'summary' | 'description' | 'tag'>) =>
  applyDecorators(ApiTags(tag), ApiOperation({ summary, ...(description && { description }) }));

const CORRELATION_ID = {
  name: 'Correlation-Id',
  required: false,
  description:
    "The client's own id for this request, a UUID, which the answer, the logs and the public record repeat. For anything " +
    'else the server makes one.',
  schema: { type: 'string', format: 'uuid' },
};

const LOCATION = { Location: { description: 'The address of what was changed.', schema: { type: 'string' as const } } };
const ETAG = { ETag: { description: 'For If-Match and If-None-Match.', schema: { type: 'string' as const } } };
const SEQUENCE = {
  Sequence: { description: 'Last event of the public record that this shows.', schema: { type: 'integer' as const } },
};

const AS_OF = ApiQuery({
  name: 'asOf',
  required: false,
  type: String,
  description: 'A moment of the record: a sequence (1207) or a time with its zone (2026-11-22T09:30:00Z).',
});

const MIN_SEQUENCE = {
  name: 'Min-Sequence',
  required: false,
  description:
    'Sequence of an earlier answer, perhaps of another server: this answer is not older. A server that has not read that ' +
    'far within two seconds answers 503, and says in Retry-After when to ask again.',
  schema: { type: 'integer' as const, minimum: 0 },
};

const PAGED = [
  ApiQuery({ name: 'cursor', required: false, type: String, description: 'From the page before. Opaque.' }),
  ApiQuery({
    name: 'limit',
    required: false,
    description: `Entries of a page. ${DEFAULT_LIMIT} by default.`,
    schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
  }),
];
