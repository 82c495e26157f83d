import type { FastifyRequest } from 'fastify';
import { type About, may, PERMISSIONS, type Who } from '#identity';
import { HttpProblem } from '../http/http-problem.js';
import type { Admitted } from './admitted.js';
import type { Gated } from './gated.js';

/**
 * In which role somebody does it, and for whom: the first of their roles that allows it on its own. Whoever was appointed
 * acts for the organization that appointed them. The secretariat acts for an organization where the permission table has it
 * so, and where the thing is about that organization. On-Behalf-Of chooses among these, and adds nothing to them.
 */
export function capacityOf(
  who: Who,
  what: Exclude<Gated, 'OwnDoor'>,
  about: About,
  { headers }: Pick<FastifyRequest, 'headers'>,
): Omit<Admitted, 'who' | 'isUnsure'> {
  const claimed = headers['on-behalf-of'];
  const allows = (part: Pick<Who, 'mandates' | 'appointments'>) => may({ ...who, ...part }, what, about) === 'yes';
  const held = who.appointments
    .filter((each) => allows({ mandates: [], appointments: [each] }))
    .find(({ organization }) => claimed === undefined || claimed === organization);
  if (held) return { role: held.role, onBehalfOf: held.organization };
  const role = who.mandates.find((each) => allows({ mandates: [each], appointments: [] }));
  if (claimed === undefined) return role === undefined ? {} : { role };
  const isRecorded = role === 'secretariat' && PERMISSIONS[what].onBehalf === true;
  if (isRecorded && about.organizations?.includes(String(claimed))) return { role, onBehalfOf: String(claimed) };
  const message = 'names no organization that you may do this for';
  throw new HttpProblem('on-behalf-not-taken', { errors: [{ header: 'on-behalf-of', message }] });
}
