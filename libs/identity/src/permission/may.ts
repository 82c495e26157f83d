import type { CommandName } from '#commands';
import type { AppointedRole, OrganizationId, PlatformRole } from '#reporting';
import type { TokenScope } from '../credential/credential.js';
import { PERMISSIONS, type Row } from './permissions.js';
import type { ReadName } from './reads.js';

const ROWS = Object.values(PERMISSIONS);

/** Who asks. Nobody, where nobody signed in. */
export interface Who {
  readonly person: string;
  readonly mandates: readonly PlatformRole[];
  readonly appointments: readonly { readonly organization: OrganizationId; readonly role: AppointedRole }[];
  /** A second factor was given within the last five minutes. */
  readonly isProven: boolean;
  /** Of the token that they came with, where it was one. */
  readonly scopes?: readonly TokenScope[];
}

/** What it is about. Nothing in particular, where nothing is said: a list, or what the installation does as a whole. */
export interface About {
  /** Any of them may be the one that somebody acts for: an action has partners. */
  readonly organizations?: readonly OrganizationId[];
  /** Whose assessment or inbox it is. */
  readonly person?: string;
  /** One thing is named, whoever it belongs to. */
  readonly isNamed?: boolean;
  /** Organizations that have to do with it, though it is not theirs to change: partners of an action, successors. */
  readonly concerned?: readonly OrganizationId[];
}

/**
 * `hidden`: 404, as if it were not there; `no`: 403, for who has to do with it; `sign-in`: 401; `step-up`: 401 too, until a
 * second factor is given anew.
 */
export type Decision = 'yes' | 'no' | 'hidden' | 'sign-in' | 'step-up';

export function may(who: Who | undefined, what: CommandName | ReadName, about: About = {}): Decision {
  const row = Object.hasOwn(PERMISSIONS, what) ? PERMISSIONS[what] : undefined;
  if (!row) return 'no';
  if (row.public) return 'yes';
  if (!who) return 'sign-in';
  if (!reaches(row, who, about)) return isForeign(row, who, about) ? 'hidden' : 'no';
  if (who.scopes && (row.stepUp || !who.scopes.includes(row.scope))) return 'no';
  return row.stepUp && !who.isProven ? 'step-up' : 'yes';
}

/** Whether one of the roles that somebody has may do it for what it is about. */
function reaches(row: Row, { person, mandates, appointments }: Who, about: About): boolean {
  const isOwn = (organization: OrganizationId) => about.organizations?.includes(organization) === true;
  const byMandate = mandates.some((role) => row[role] === 'any' || (row[role] === 'self' && about.person === person));
  const byAppointment = appointments.some(
    ({ role, organization }) => row[role] === 'any' || (row[role] === 'own' && isOwn(organization)),
  );
  return byMandate || byAppointment;
}

/** Whether somebody has nothing to do with the thing that is named: no role of theirs gives them anything on it. */
function isForeign({ thing }: Row, who: Who, about: About): boolean {
  const { organizations = [], concerned = [], person, isNamed } = about;
  if (!isNamed && !organizations.length && person === undefined) return false;
  const related = new Set([...organizations, ...concerned]);
  if (who.appointments.some(({ organization }) => related.has(organization))) return false;
  return !ROWS.some((row) => row.thing === thing && reaches(row, who, about));
}
