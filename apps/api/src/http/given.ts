import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import { type Given, IMPORTER } from '#commands';
import { type Admitted, admittedOf } from '../gate/admitted.js';
import { revisionOfEtag } from './conditional.js';
import { HttpProblem } from './http-problem.js';
import { pathOf } from './problem-filter.js';

/** Namespace of the command ids that are derived from an Idempotency-Key. Never to be changed. */
const COMMAND_IDS = '6f0d3a52-8a0e-4c1b-9d55-2b7f4f1c7e71';

const VISIBLE = /^[\x20-\x7e]{1,200}$/;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Who gives a command, and under which id and condition. Where people sign in, the gate has found out who it is and in which
 * role; elsewhere the headers of the request say so.
 */
export function givenBy(request: FastifyRequest, { creates = false } = {}): Given {
  const admitted = admittedOf(request);
  const { actor, role, onBehalfOf } = admitted ? foundOut(admitted) : saidBy(request);
  const ifRevision = ifMatch(request);
  refuseIfNoneMatch(request, creates);
  return {
    commandId: commandId(request, actor),
    actor,
    ...(role !== undefined && { role }),
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    correlationId: request.id,
    ...(ifRevision !== undefined && { ifRevision }),
  };
}

interface Giver {
  readonly actor: string;
  readonly role?: string | undefined;
  readonly onBehalfOf?: string | undefined;
}

function foundOut({ who, role, onBehalfOf }: Admitted): Giver {
  if (!who) throw new HttpProblem('not-signed-in', { headers: { 'WWW-Authenticate': 'Bearer' } });
  return { actor: who.person, role, onBehalfOf };
}

function saidBy(request: FastifyRequest): Giver {
  const actor = visible(request, 'actor');
  if (actor === undefined)
    throw new HttpProblem('actor-missing', { errors: [{ header: 'Actor', message: 'is missing' }] });
  // The rules take its word for where old letters stand.
  if (actor === IMPORTER)
    throw new HttpProblem('header-malformed', {
      errors: [{ header: 'Actor', message: 'is what the public record is imported by: give a name of your own' }],
    });
  return { actor, role: visible(request, 'actor-role'), onBehalfOf: visible(request, 'on-behalf-of') };
}

function visible({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.trim() === value && VISIBLE.test(value)) return value;
  throw new HttpProblem('header-malformed', { errors: [{ header: name, message: 'is malformed' }] });
}

/** The same key, of the same person and for the same resource, is the same command. */
function commandId({ headers, method, url }: FastifyRequest, actor: string): string {
  const key = headers['idempotency-key'];
  if (key === undefined) return randomUUID();
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) throw new HttpProblem('idempotency-key-malformed');
  return uuidv5(JSON.stringify([actor, method, pathOf(url), key]), COMMAND_IDS);
}

function ifMatch({ headers }: FastifyRequest): number | undefined {
  const value = headers['if-match'];
  if (value === undefined) return undefined;
  const revision = revisionOfEtag(value);
  if (revision !== undefined) return revision;
  throw new HttpProblem('if-match-malformed', { what: WHY_NOT[value.startsWith('W/') ? 'weak' : value] ?? '' });
}

const WHY_NOT: Readonly<Record<string, string>> = {
  weak: 'A weak ETag does not name a revision.',
  '*': 'Any revision (*) is no condition: a command to something that is not on record is refused anyway.',
};

/** `*` says that it must not exist yet, which every creation demands on its own. */
function refuseIfNoneMatch({ headers }: FastifyRequest, creates: boolean): void {
  const value = headers['if-none-match'];
  if (value === undefined || (creates && value === '*')) return;
  throw new HttpProblem('if-none-match-unsupported');
}
