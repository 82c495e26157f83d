import type { OpenAPIObject } from '@nestjs/swagger';
import { PERMISSIONS, SESSION_COOKIE } from '#identity';
import { GATED_EXTENSION, type Gated } from '../gate/gated.js';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Under which an operation at the door says whom it is for, until the document is finished. */
export const BY_EXTENSION = 'x-by';

/** Under which an operation says that it is answered so often and no more, where people sign in, until then. */
export const LIMITED_EXTENSION = 'x-limited';

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

/** What only those who sign in are answered with. */
const PEOPLE_PROBLEMS = ['401', '403', '404'];

const SESSION = { session: [] };
const TOKEN = { token: [] };
/** Who somebody is: not said by themselves, where people sign in. */
const CLAIMS = new Set(['Actor', 'Actor-Role']);

/**
 * Says who may ask for an operation, where people sign in; elsewhere it is said by headers, and nothing is left to say.
 * Returns the status of each problem that comes of it.
 */
export function secure(operation: Operation, peopleSignIn: boolean): readonly string[] {
  const { gated, by, isLimited } = takeNotes(operation);
  if (!peopleSignIn) return [];
  operation.parameters = (operation.parameters ?? []).filter((each) => !('name' in each && CLAIMS.has(each.name)));
  operation.security = securityOf(gated, by);
  return [...(isForPeople(operation) ? PEOPLE_PROBLEMS : []), ...(isLimited ? ['429'] : [])];
}

/** Whether an operation is for nobody but those who sign in. */
const isForPeople = ({ security = [] }: Operation): boolean =>
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
function takeNotes(operation: Operation): { gated: Gated | undefined; by: By; isLimited: boolean } {
  const noted = operation as Operation & {
    [GATED_EXTENSION]?: Gated;
    [BY_EXTENSION]?: By;
    [LIMITED_EXTENSION]?: true;
  };
  const { [GATED_EXTENSION]: gated, [BY_EXTENSION]: by = 'browser', [LIMITED_EXTENSION]: isLimited = false } = noted;
  delete noted[GATED_EXTENSION];
  delete noted[BY_EXTENSION];
  delete noted[LIMITED_EXTENSION];
  return { gated, by, isLimited };
}
