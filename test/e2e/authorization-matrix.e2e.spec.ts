import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Problem } from '../support/api.js';
import { operationsOf } from '../support/operations.js';
import type { Persona } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { MATRIX, MORE_READS, type Outcome, type PersonaName, PERSONAS } from './authorization-matrix.js';
import { BROWSER_ALONE, STEP_UP } from './authorization-matrix-proofs.js';
import { PREPARED, takesIfMatch, tokenOf } from './authorization-matrix-requests.js';
import { exampleOf, setStage, type Stage, UNKNOWN, UNKNOWN_PART } from './authorization-matrix-stage.js';

/** How somebody shows who they are; `proven`: with a session, and a second factor that was given just now. */
type Proof = 'proven' | 'unproven' | 'token';

const ROWS = { ...MATRIX, ...MORE_READS };
const OPERATIONS = Object.keys(ROWS);
const REFUSED = { 'sign-in': '401 not-signed-in', no: '403 forbidden' } as const;

let product: RunningProduct;
let stage: Stage;
const tokens = new Map<PersonaName, string>();

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  stage = await setStage(product);
  const { identity, until } = stage;
  for (const [name, persona] of stage.personas) tokens.set(name, (await tokenOf(identity, persona, until)).text);
}, 90_000);
afterAll(() => product.remove());

const sessions = new Map<string, string>();

/** What some of the operations about one's own sessions end is a session of its own. */
async function proofOf(name: PersonaName, proof: Proof, operation: string): Promise<Readonly<Record<string, string>>> {
  const persona = stage.personas.get(name);
  if (!persona) return {};
  if (proof === 'token') return { Authorization: `Bearer ${tokens.get(name)}` };
  const key = [name, proof, BROWSER_ALONE.has(operation) ? operation : ''].join(' ');
  const begun = sessions.get(key) ?? (await begin(persona, proof));
  sessions.set(key, begun);
  return { Cookie: `__Host-para71=${begun}` };
}

const begin = ({ person }: Persona, proof: Proof) =>
  stage.identity.sessions.begin(person, 'full', { isProven: proof === 'proven' });

async function send(
  operation: string,
  name: PersonaName,
  proof: Proof,
  instead: Readonly<Record<string, string>> = {},
  says?: object,
) {
  const [method, template] = operation.split(' ') as [string, string];
  const persona = stage.personas.get(name);
  const { document } = stage;
  const sending = (await PREPARED[operation]?.sends?.(stage, persona)) ?? {};
  const named = { ...stage.parameters, ...sending.parameters, ...instead };
  const path = template.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => {
    const value = named[parameter];
    if (value === undefined) throw new Error(`Say on the stage what {${parameter}} is to be, for ${operation}`);
    return value;
  });
  const usual = () => sending.body ?? exampleOf(document, method, template, stage, persona);
  const body = method === 'GET' ? undefined : (says ?? usual());
  return product.api.send<Problem>(method, path + (sending.query ?? ''), body, {
    ...(takesIfMatch(document, method, template) && { 'If-Match': '"999"' }),
    ...sending.headers,
    ...(await proofOf(name, proof, operation)),
  });
}

const told = ({ status, body }: Answer<Problem>) => (status < 400 ? `${status}` : `${status} ${body.code}`);

/** What whoever is let in is answered. */
function letIn(operation: string): string {
  const [method, address] = operation.split(' ') as [string, string];
  const prepared = PREPARED[operation]?.letIn;
  if (prepared !== undefined) return prepared;
  if (method === 'GET') return '200';
  if (takesIfMatch(stage.document, method, address)) return '412 revision-stale';
  throw new Error(`Say in PREPARED what whoever may is answered to ${operation}`);
}

function expected(operation: string, outcome: Outcome, name: PersonaName, proof: Proof): string {
  if (name !== 'anonymous' && proof === 'token' && BROWSER_ALONE.has(operation)) return REFUSED['sign-in'];
  if (outcome === 'hidden') return '404';
  if (outcome !== 'yes') return REFUSED[outcome];
  if (name === 'anonymous' || proof === 'proven' || !STEP_UP.has(operation)) return letIn(operation);
  return proof === 'token' ? REFUSED.no : '401 step-up-needed';
}

describe('Who may do what by HTTP', () => {
  it('is said of every operation, and of no other', () => {
    const operations = operationsOf(stage.document).map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(MATRIX).toSorted()).toEqual(operations.toSorted());
    for (const named of [...STEP_UP, ...BROWSER_ALONE, ...Object.keys(PREPARED)]) expect(operations).toContain(named);
  });

  describe.each<Proof>(['proven', 'unproven', 'token'])('with what is shown: %s;', (proof) => {
    it.each(proof === 'proven' ? PERSONAS : PERSONAS.slice(1))(
      'is so for %s',
      async (name) => {
        const is: Record<string, string> = {};
        const shouldBe: Record<string, string> = {};
        for (const operation of OPERATIONS) {
          shouldBe[operation] = expected(operation, ROWS[operation]![name], name, proof);
          const answer = await send(operation, name, proof);
          // Under which code a thing is not there depends on what it is.
          is[operation] = shouldBe[operation] === '404' ? `${answer.status}` : told(answer);
        }
        expect(is).toEqual(shouldBe);
      },
      60_000,
    );
  });

  it('asks who has not signed in to do so before it looks at what they send', async () => {
    for (const operation of OPERATIONS) {
      if (operation.startsWith('GET') || ROWS[operation]!.anonymous !== 'sign-in') continue;
      const answer = await send(operation, 'anonymous', 'proven', {}, { takenByNone: true });
      expect({ operation, is: told(answer) }).toEqual({ operation, is: REFUSED['sign-in'] });
    }
  });

  it.each(PERSONAS)(
    'tells %s of what is foreign nothing else than of what is not there',
    async (name) => {
      const words = ({ status, body: { code, detail } }: Answer<Problem>) => ({ status, code, detail });
      for (const operation of OPERATIONS) {
        const outcome = ROWS[operation]![name];
        if (outcome !== 'hidden' && outcome !== 'sign-in') continue;
        const isPart = /\{(version|among)\}/.test(operation);
        const foreign = await send(operation, name, 'proven');
        const unknown = await send(operation, name, 'proven', isPart ? UNKNOWN_PART : UNKNOWN);
        expect({ operation, ...words(foreign) }).toEqual({ operation, ...words(unknown) });
      }
    },
    60_000,
  );
});
