import type { OpenAPIObject } from '@nestjs/swagger';
import { PERMISSIONS, SESSION_COOKIE } from '#identity';
import { GATED_EXTENSION, type Gated } from '../gate/gated.js';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Under which an operation at the door says whom it is for, until the document is finished. */
export const BY_EXTENSION = 'x-by';

/** `anybody`: who is not signed in; `browser`: with a session alone; `signed-in`: with a token, too. */
export type By = 'anybody' | 'browser' | 'signed-in';

export const SECURITY_SCHEMES = {
  session: {
    type: 'apiKey' as const,
    in: 'cookie',
    name: SESSION_COOKIE,
    description:
      'Given by POST /api/sign-in. For browsers; what changes something has to come from a page of this server.',
  },
  token: {
    type: 'http' as const,
    scheme: 'bearer',
    description:
      'Made by POST /api/tokens. For programs: as far as its scopes go, and never where a fresh code is asked for.',
  },
};

const SESSION = { session: [] };
const TOKEN = { token: [] };
/** Who somebody is: not said by themselves, where people sign in. */
const CLAIMS = new Set(['Actor', 'Actor-Role']);

/** Says who may ask for an operation, where people sign in; elsewhere it is said by headers, and nothing is left to say. */
export function secure(operation: Operation, peopleSignIn: boolean): void {
  const { gated, by } = takeNotes(operation);
  if (!peopleSignIn) return;
  operation.parameters = (operation.parameters ?? []).filter((each) => !('name' in each && CLAIMS.has(each.name)));
  operation.security = securityOf(gated, by);
}

/** Whether an operation is for nobody but those who sign in. */
export const isForPeople = ({ security = [] }: Operation): boolean =>
  security.length > 0 && security.every((each) => Object.keys(each).length > 0);

function securityOf(gated: Gated | undefined, by: By): NonNullable<Operation['security']> {
  if (gated === undefined || gated === 'OwnDoor') {
    if (by === 'anybody') return [];
    return by === 'browser' ? [SESSION] : [SESSION, TOKEN];
  }
  const row = PERMISSIONS[gated];
  if (row.public) return [{}, SESSION, TOKEN];
  return row.stepUp ? [SESSION] : [SESSION, TOKEN];
}

/** Takes the notes out of the operation: they are for this file. */
function takeNotes(operation: Operation): { gated: Gated | undefined; by: By } {
  const noted = operation as Operation & { [GATED_EXTENSION]?: Gated; [BY_EXTENSION]?: By };
  const { [GATED_EXTENSION]: gated, [BY_EXTENSION]: by = 'browser' } = noted;
  delete noted[GATED_EXTENSION];
  delete noted[BY_EXTENSION];
  return { gated, by };
}
