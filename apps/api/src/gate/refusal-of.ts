import type { CommandName } from '#commands';
import { type About, may, PERMISSIONS, type ReadName, ROLES, type Thing, type Who } from '#identity';
import { HttpProblem, type ProblemDetails } from '../http/http-problem.js';

type What = CommandName | ReadName;

/** What a thing is called, where it is called otherwise than in the table. */
const NAMED: Readonly<Partial<Record<Thing, string>>> = {
  option: 'policy option',
  invitation: 'person',
  installation: 'thing',
};

export const notSignedIn = () => new HttpProblem('not-signed-in', { headers: { 'WWW-Authenticate': 'Bearer' } });

/** What somebody is told who may not. Who has nothing to do with a thing finds none there. */
export function refusalOf(who: Who | undefined, what: What, about: About): HttpProblem {
  const decision = may(who, what, about);
  switch (decision) {
    case 'sign-in':
      return notSignedIn();
    case 'step-up':
      return new HttpProblem('step-up-needed');
    case 'hidden': {
      const { thing, scope } = PERMISSIONS[what];
      const verb = scope === 'read' ? 'read' : 'change';
      return new HttpProblem('resource-unknown', {
        what: `There is no ${NAMED[thing] ?? thing} here that you may ${verb}.`,
      });
    }
    default:
      return new HttpProblem('forbidden', whatItTakes(who, what, about));
  }
}

/** Why somebody may not who has to do with the thing: what else it takes. */
function whatItTakes(who: Who | undefined, what: What, about: About): ProblemDetails {
  const row = PERMISSIONS[what];
  if (who?.scopes) {
    const { scopes: _, ...inPerson } = who;
    const isOfToken = ['yes', 'step-up'].includes(may(inPerson, what, about));
    if (isOfToken && row.stepUp)
      return { what: 'No token can do this: it takes a browser, and a second factor given anew.' };
    if (isOfToken)
      return { what: `Your token is not for this: it takes the scope ${row.scope}.`, facts: { scope: row.scope } };
  }
  const roles = ROLES.filter((role) => row[role] !== undefined);
  if (!roles.length) return { what: 'Nobody can do this by a request.' };
  const takes = `It takes ${roles.length > 1 ? 'one of these roles' : 'this role'}: ${roles.join(', ')}.`;
  const elsewhere = who?.appointments.find(({ role }) => roles.includes(role));
  const held = elsewhere ? ` You have that of ${elsewhere.role} for ${elsewhere.organization}, whose it is not.` : '';
  return { what: takes + held, facts: { roles } };
}
