import type { OpenAPIObject } from '@nestjs/swagger';
import type { Identity } from '#identity';
import type { Persona } from '../support/people.js';
import type { Stage } from './authorization-matrix-stage.js';

/** What a persona sends of an operation: what its address names, and what its body says. */
export interface Sending {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Prepared {
  /** What whoever is let in is answered: a status, and the code where it is a problem. */
  readonly letIn: string;
  /** By default the example of the document. */
  readonly sends?: (at: Stage, persona: Persona | undefined) => Sending | Promise<Sending>;
}

/** No command: nothing is to be done by it that the next persona would find done. */
const UNTAKEN = { body: { takenByNone: true } };

const someone = async ({ identity, aPerson }: Stage) => ({ parameters: { person: await aPerson(identity) } });

/**
 * What is sent where the example of the document will not do, or where whoever is let in is not answered with 200. All that
 * records something is sent with an `If-Match` of which nobody has heard, which is looked at behind the bus of commands: so
 * whoever is let in is refused with 412, and nothing has changed for the next one.
 */
export const PREPARED: Readonly<Record<string, Prepared>> = {
  'GET /api/organizations/{organization}/comparison': { letIn: '200', sends: () => ({ query: '?years=2007,2008' }) },
  'GET /api/reports/{series}/{year}/{organization}/changes': { letIn: '200', sends: () => ({ query: '?since=0' }) },
  'GET /api/search': { letIn: '200', sends: () => ({ query: '?q=example' }) },

  'POST /api/sign-in': { letIn: '200', sends: ({ atTheDoor }) => ({ body: atTheDoor }) },
  'POST /api/invitations/acceptance': { letIn: '404 invitation-void' },
  'POST /api/invitations/provider': { letIn: '404 oidc-not-offered' },
  'POST /api/set-up': { letIn: '404 set-up-void' },

  'POST /api/second-factor/proof': {
    letIn: '200',
    sends: async ({ identity }, persona) => ({ body: { code: await codeOf(identity, persona) } }),
  },
  'POST /api/second-factor': { letIn: '409 second-factor-exists' },
  'POST /api/second-factor/confirmation': { letIn: '409 second-factor-exists' },
  'POST /api/recovery-codes': { letIn: '200' },
  'POST /api/password': { letIn: '401 sign-in-failed' },
  'POST /api/sign-out': { letIn: '200' },
  'POST /api/sessions/{session}/end': {
    letIn: '200',
    sends: async ({ identity }, persona) => ({ parameters: { session: await sessionOf(identity, persona) } }),
  },
  'POST /api/tokens': { letIn: '200', sends: ({ until }) => ({ body: { name: 'Another', scopes: ['read'], until } }) },
  'POST /api/tokens/{token}/revocation': {
    letIn: '200',
    sends: async ({ identity, until }, persona) => ({
      parameters: { token: persona ? (await tokenOf(identity, persona, until)).token : '0'.repeat(16) },
    }),
  },
  'GET /api/provider': { letIn: '404 oidc-not-offered' },
  'POST /api/provider/link': { letIn: '404 oidc-not-offered' },
  'POST /api/provider/unlink': { letIn: '404 oidc-not-offered' },

  'PUT /api/reports/{series}/{year}/{organization}/bookmark': {
    letIn: '200',
    sends: () => ({ body: { sequence: 0 } }),
  },
  'POST /api/reports/{series}/{year}/{organization}/sections/{section}/delegation': {
    letIn: '412 revision-stale',
    sends: ({ contributor }) => ({ body: { to: contributor.person } }),
  },
  'POST /api/attachments': {
    letIn: '201',
    sends: () => ({
      body: 'Example minutes.',
      headers: { 'Content-Type': 'text/plain', 'Content-Disposition': "attachment; filename*=UTF-8''minutes.txt" },
    }),
  },
  'POST /api/cycles/{series}/{year}/requests/preview': { letIn: '200' },
  'POST /api/cycles/{series}/{year}/requests': { letIn: '409 requests-changed' },
  'POST /api/jobs/rebuild': { letIn: '400 command-invalid', sends: () => UNTAKEN },
  'POST /api/jobs/import': { letIn: '400 command-invalid', sends: () => UNTAKEN },

  'POST /api/invitations': {
    letIn: '200',
    sends: ({ anAddress }) => ({ body: { name: 'Erin Xample', address: anAddress() } }),
  },
  'POST /api/persons/{person}/invitation': {
    letIn: '200',
    sends: async ({ identity, anAddress }) => ({
      parameters: { person: await identity.people.register('Invited before', anAddress()) },
    }),
  },
  'GET /api/persons/{person}': { letIn: '200', sends: someone },
  'POST /api/persons/{person}/closing': { letIn: '200', sends: someone },
  'POST /api/persons/{person}/second-factor/reset': { letIn: '409 second-factor-missing', sends: someone },
  'POST /api/persons/{person}/erasure': { letIn: '200', sends: someone },
};

/** For whom there is no recovery code there is none that would be taken. */
async function codeOf({ credentials }: Identity, persona: Persona | undefined): Promise<string> {
  if (!persona) return 'abcd-efgh-ijkl-mnop';
  return (await credentials.replaceRecoveryCodes(persona.person))[0]!;
}

async function sessionOf({ sessions }: Identity, persona: Persona | undefined): Promise<string> {
  if (!persona) return '0'.repeat(16);
  await sessions.begin(persona.person, 'full', { agent: 'To be ended' });
  return (await sessions.list(persona.person)).find(({ agent }) => agent === 'To be ended')!.session;
}

export const tokenOf = ({ credentials }: Identity, { person }: Persona, until: string) =>
  credentials.issueToken(person, {
    name: 'Example',
    scopes: ['read', 'draft', 'submit', 'review', 'administer'],
    until,
  });

/** Whether an operation looks at what revision somebody has seen, as all that goes to the bus of commands does. */
export function takesIfMatch(document: OpenAPIObject, method: string, template: string): boolean {
  const parameters = document.paths[template]?.[method.toLowerCase() as 'put']?.parameters ?? [];
  return parameters.some((each) => 'name' in each && each.name === 'If-Match');
}
