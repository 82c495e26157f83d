import type { FastifyRequest } from 'fastify';
import { PLATFORM_ROLES, SLUG, type AppointedRole, type PlatformRole } from '#reporting';
import { admittedOf } from '../gate/admitted.js';
import { malformed } from '../http/malformed.js';
import type { HeldRole } from './inboxes.js';

export const INBOX_FILTERS = ['role', 'organization', 'person'] as const;

type Asked = Readonly<Partial<Record<(typeof INBOX_FILTERS)[number], string>>>;

const APPOINTED: readonly AppointedRole[] = ['focal-point', 'contributor', 'signatory'];
const PERSON = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** Whose inbox is asked for. */
export interface WhoAsks {
  readonly person?: string;
  readonly held: readonly HeldRole[];
}

/**
 * Whoever signed in, in all roles that are on record, or in those that are named. Where nobody signs in, the parameters say
 * as whom one looks; nothing where they do not.
 */
export function whoAsks(request: FastifyRequest, asked: Asked): WhoAsks | undefined {
  const who = admittedOf(request)?.who;
  if (!who) return asClaimed(asked);
  if (asked.person !== undefined && asked.person !== who.person)
    throw malformed('person', 'is who signed in: leave it out');
  const held: HeldRole[] = [
    ...who.mandates.map((role) => ({ role })),
    ...who.appointments.map(({ role, organization }) => ({ role, organization })),
  ];
  return { person: who.person, held: held.filter((each) => isNamed(each, asked)) };
}

function isNamed(held: HeldRole, { role, organization }: Asked): boolean {
  if (role !== undefined && held.role !== role) return false;
  return organization === undefined || ('organization' in held && held.organization === organization);
}

function asClaimed({ role, organization, person }: Asked): WhoAsks | undefined {
  if (role === undefined) return undefined;
  if (person !== undefined && !PERSON.test(person)) throw malformed('person', 'must be the id of a person');
  const by = person === undefined ? {} : { person };
  const platform = PLATFORM_ROLES.find((each) => each === role);
  if (platform !== undefined) return { ...by, held: [ofPlatform(platform, person)] };
  const appointed = APPOINTED.find((each) => each === role);
  if (appointed === undefined)
    throw malformed('role', `must be one of ${[...PLATFORM_ROLES, ...APPOINTED].join(', ')}`);
  if (organization === undefined || !SLUG.test(organization))
    throw malformed('organization', `must say for whom one is a ${appointed}, such as organization=example-registry`);
  return { ...by, held: [{ role: appointed, organization }] };
}

function ofPlatform(role: PlatformRole, person: string | undefined): HeldRole {
  if (role === 'reviewer' && person === undefined) throw malformed('person', 'must say who reviews, such as person-7');
  return { role };
}

export const roleMissing = () => malformed('role', 'must say whose inbox it is, such as role=secretariat');
