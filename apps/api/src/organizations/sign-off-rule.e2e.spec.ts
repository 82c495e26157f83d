import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem, type ListOf } from '../../../../test/support/api.js';
import { exampleOrganization } from '../../../../test/support/example-organization.js';
import { type Persona, signedIn } from '../../../../test/support/people.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

const REGISTRY = '/api/organizations/example-registry';
const RULE = `${REGISTRY}/sign-off-rule`;
const WHY = 'Its council is one person this year';

let product: RunningProduct;
let secretary: Persona;
let signatory: Persona;
let other: Persona;
const nobody: Persona = { person: '', headers: {} };

const give = (who: Persona, method: string, path: string, body: object) =>
  product.api.send<{ sequence: number }>(method, path, body, who.headers);
const read = <Body>(who: Persona, path: string) => product.api.send<Body>('GET', path, undefined, who.headers);
const signatures = async () => (await read<{ signatures?: number }>(nobody, REGISTRY)).body.signatures ?? 1;
const typesTold = async (who: Persona) =>
  (await read<ListOf<{ type: string }>>(who, '/api/changes?organization=example-registry')).body.items.map(
    ({ type }) => type,
  );

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  secretary = await signedIn(product, 'secretary', { mandates: ['secretariat'] });
  await give(secretary, 'PUT', REGISTRY, exampleOrganization('Example Registry'));
  const roles = { appointments: [{ organization: 'example-registry', role: 'signatory' }] } as const;
  signatory = await signedIn(product, 'signatory', roles);
  other = await signedIn(product, 'other', roles);
  expect((await give(signatory, 'PUT', RULE, { signatures: 2, reason: 'Its statutes' })).status).toBe(200);
}, 90_000);
afterAll(() => product.remove());

describe('That two sign the reports of an organization', () => {
  let proposed = 0;

  it('is not undone by one of them', async () => {
    const answer = await give(signatory, 'PUT', RULE, { signatures: 1, reason: WHY });
    expect(answer.status).toBe(200);
    proposed = answer.body.sequence;
    expect(await signatures()).toBe(2);
    const again = await give(signatory, 'PUT', RULE, { signatures: 1, reason: WHY });
    expectProblem(again, 409, 'second-person-needed');
    expect(await signatures()).toBe(2);
  });

  it('and what one of them proposed is read by who writes for it, and by nobody else', async () => {
    const event = `/api/events/${proposed}`;
    expect((await read(other, event)).body).toMatchObject({ type: 'SignOffRuleProposed', data: { reason: WHY } });
    for (const who of [nobody, secretary]) {
      const answer = await read(who, event);
      expect(answer.body).toMatchObject({ type: 'SignOffRuleProposed', withheld: true });
      expect(answer.text).not.toContain(WHY);
    }
    expect((await typesTold(other))[0]).toBe('SignOffRuleProposed');
    expect(await typesTold(nobody)).not.toContain('SignOffRuleProposed');
  });

  it('is undone when another one says the same, for everybody to see', async () => {
    expect((await give(other, 'PUT', RULE, { signatures: 1, reason: WHY })).status).toBe(200);
    expect(await signatures()).toBe(1);
    expect((await typesTold(nobody))[0]).toBe('SignOffRuleSet');
  });
});
