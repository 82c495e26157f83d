import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Identity } from '#identity';
import { exampleOrganization } from '../../../../test/support/example-organization.js';
import { type Persona, type Roles, signedIn } from '../../../../test/support/people.js';
import { runProduct, type RunningProduct } from '../../../../test/support/product.js';
import { joined, Visit, visitBy } from '../../../../test/support/visit.js';

let product: RunningProduct;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
});
afterAll(() => product.remove());

async function visitOf(name: string, roles: Roles): Promise<{ browser: Visit } & Persona> {
  const persona = await signedIn(product, name, roles);
  const browser = new Visit(product.address);
  browser.hold(persona.headers['Cookie']!);
  return { browser, ...persona };
}

describe('The page of people', () => {
  it('is for those who invite: whoever gives no mandates finds none to give, and who only reads finds nothing', async () => {
    const { browser: secretary } = await visitOf('secretary', { mandates: ['secretariat'] });
    const { status, text } = await secretary.get('/people');
    expect(status).toBe(200);
    expect(text).toContain('Who there is');
    expect(text).not.toContain('Give a mandate');
    const reader = await visitBy(product, 'reads');
    expect((await reader.get('/people')).status).toBe(403);
    expect((await reader.send('/people', { name: 'X', address: 'x@people.example' })).status).toBe(403);
    expect((await new Visit(product.address).get('/people')).location).toBe('/sign-in?next=%2Fpeople');
  });

  it('gives no mandate but to administrators, who are named by the session and by nothing that is sent', async () => {
    const { person } = await joined(product, 'new');
    const { browser: secretary } = await visitOf('secretary2', { mandates: ['secretariat'] });
    expect((await secretary.send('/people/mandates', { person, role: 'auditor' })).status).toBe(403);
    const one = await visitOf('one', { mandates: ['administrator'] });
    const two = await visitOf('two', { mandates: ['administrator'] });
    for (const [by, outcome] of [
      [one, 'proposed'],
      [two, 'given'],
    ] as const) {
      const sent = { person, role: 'auditor', actor: 'person-x' };
      const { location } = await by.browser.send('/people/mandates', sent);
      expect(location).toBe(`/people?done=${outcome}`);
    }
    const { text } = await product.api.get(`/api/events?stream=mandate-${person}`);
    const given = JSON.parse(text.trim().split('\n').at(-1)!) as { data: object; metadata: object };
    expect(given.data).toMatchObject({ role: 'auditor', by: two.person, proposedBy: one.person });
    expect(given.metadata).toMatchObject({ actor: two.person, role: 'administrator' });
    const again = await one.browser.send('/people/mandates', { person, role: 'auditor' });
    expect(again.status).toBe(409);
    expect(again.text).toContain('They have this mandate already.');
  });

  it('puts nobody on record whom nobody has invited, and no mandate that there is not', async () => {
    const { browser } = await visitOf('three', { mandates: ['administrator'] });
    const made = await browser.send('/people/mandates', { person: 'erin-xample', role: 'auditor' });
    expect(made.location).toBe('/people');
    const wrong = await browser.send('/people/mandates', { person: 'erin-xample', role: 'queen' });
    expect([wrong.status, wrong.text.includes('Choose a mandate.')]).toEqual([400, true]);
    expect((await product.api.get('/api/events')).text).not.toContain('erin-xample');
  });

  it('asks for a fresh code, and leads back to itself', async () => {
    const { browser, person } = await visitOf('stale', { mandates: ['administrator'] });
    browser.hold(`__Host-para71=${await product.app.get(Identity).sessions.begin(person, 'full')}`);
    for (const answer of [
      await browser.get('/people'),
      await browser.send('/people', { name: 'X', address: 'x@people.example' }),
      await browser.send('/people/mandates', { person, role: 'auditor' }),
    ])
      expect([answer.status, answer.location]).toEqual([303, '/step-up?next=%2Fpeople']);
  });

  it('lets whoever chooses who acts for an organization invite, and look through nobody', async () => {
    const { headers } = await signedIn(product, 'registrar', { mandates: ['secretariat'] });
    await product.api.send(
      'PUT',
      '/api/organizations/example-registry',
      exampleOrganization('Example Registry'),
      headers,
    );
    const focal = { appointments: [{ organization: 'example-registry', role: 'focal-point' as const }] };
    const { browser } = await visitOf('focal', focal);
    const { text } = await browser.get('/people');
    expect(text).toContain('Invite somebody');
    expect(text).not.toContain('people.example');
    const invited = await browser.send('/people', { name: 'Their Colleague', address: 'colleague@registry.example' });
    expect(invited.location).toBe('/people?done=invited');
    expect((await browser.get(invited.location!)).text).not.toContain('colleague@registry.example');
  });
});
