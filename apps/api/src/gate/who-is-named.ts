import type { FastifyRequest } from 'fastify';
import type { Roles } from '#identity';
import { HttpProblem } from '../http/http-problem.js';
import type { Entrance } from '../sign-in/entrance.js';
import type { Gated } from './gated.js';

interface Naming {
  readonly of: 'params' | 'body';
  readonly field: string;
  /** Whether somebody with these roles may be named. */
  readonly fits: (roles: Roles, organization: unknown) => boolean;
  readonly must: string;
}

const anybody = { fits: () => true, must: 'must be the id of a person who was invited, and not a name' };

const NAMING: Readonly<Partial<Record<Gated, Naming>>> = {
  AppointPerson: { of: 'body', field: 'personId', ...anybody },
  GiveMandate: { of: 'params', field: 'person', ...anybody },
  AssignReviewer: {
    of: 'params',
    field: 'reviewer',
    fits: ({ mandates }) => mandates.includes('reviewer'),
    must: 'must be a person who has the mandate of a reviewer',
  },
  DelegateSection: {
    of: 'body',
    field: 'to',
    fits: ({ appointments }, organization) => appointments.some((held) => held.organization === organization),
    must: 'must be a person who acts for the organization',
  },
};

/**
 * Whom a command names is there, and in the role that it takes for granted: what is on the public record stays, and a name
 * in the place of an id would stay with it.
 */
export async function requireWhoIsNamed(what: Gated, request: FastifyRequest, entrance: Entrance): Promise<void> {
  const naming = NAMING[what];
  if (!naming) return;
  const { of, field, fits, must } = naming;
  const params = request.params as Readonly<Record<string, unknown>>;
  const said = (of === 'params' ? params : request.body) as Readonly<Record<string, unknown>> | undefined;
  const person = said?.[field];
  // What is not well formed is refused where the command is read.
  if (typeof person !== 'string') return;
  const roles = await entrance.rolesOf(person);
  if (roles && fits(roles, params['organization'])) return;
  throw new HttpProblem('command-invalid', {
    errors: [of === 'params' ? { parameter: field, message: must } : { field, message: must }],
  });
}
