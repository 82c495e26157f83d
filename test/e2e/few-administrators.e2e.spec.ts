import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/api.js';
import { invite, invited, joined, setUp } from '../support/joining.js';
import { type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';

const from = '2026-01-01';
const env = { PEOPLE: 'required' };

let product: RunningProduct;

beforeEach(async () => {
  product = await runProduct({ env });
});
afterEach(() => product.remove());

const give = (by: Persona, person: string, role: string) =>
  product.api.send<{ held: object }>('PUT', `/api/mandates/${person}/${role}`, { from }, by.headers);

const heldBy = async (person: string) =>
  (await product.api.send<{ held: object }>('GET', `/api/mandates/${person}`)).body.held;

/** How the mandates of a person came about. */
async function groundsOf(person: string) {
  const { text } = await product.api.get(`/api/events?stream=mandate-${person}`);
  const events = text.trim().split('\n');
  return events.map((line) => JSON.parse(line) as { type: string; data?: { ground?: string } });
}

function comeInBy(link: string) {
  const late = { name: 'Late', address: 'late@people.example', password: 'a'.repeat(30) };
  return product.api.send('POST', '/api/set-up', { secret: link.split('/').at(-1), ...late });
}

async function startAgain(): Promise<void> {
  const { dataDir } = product;
  await product.close();
  product = await runProduct({ env, dataDir });
}

describe('A fresh installation', () => {
  it('gets its second administrator from the first one alone, and every other mandate from the two', async () => {
    const ada = await setUp(product, 'Ada');
    const { bea, cem } = await invited(product, ada, ['bea', 'cem']);
    await give(ada, cem.person, 'secretariat');
    expect(await heldBy(cem.person)).toEqual({});
    expectProblem(await give(ada, cem.person, 'secretariat'), 409, 'second-person-needed');

    expect((await give(ada, bea.person, 'administrator')).status).toBe(200);
    expect(await groundsOf(bea.person)).toMatchObject([{ type: 'MandateGiven', data: { ground: 'set-up' } }]);
    await give(bea, cem.person, 'secretariat');
    expect(await heldBy(cem.person)).toEqual({ secretariat: from });
    await startAgain();
    expect(product.setUpLink).toBeUndefined();
  }, 90_000);
});

describe('Whoever administers alone', () => {
  let ada: Persona;

  beforeEach(async () => {
    ada = await setUp(product, 'Ada');
    // Invited at an address that nobody reads.
    const lost = await invite(product, ada, 'Lost');
    expect((await give(ada, lost, 'administrator')).status).toBe(200);
    expect((await product.api.send('POST', `/api/persons/${lost}/closing`, undefined, ada.headers)).status).toBe(200);
  }, 90_000);

  it('makes nobody else an administrator, though the one before them is gone', async () => {
    const bea = await invite(product, ada, 'Bea');
    await give(ada, bea, 'administrator');
    expectProblem(await give(ada, bea, 'administrator'), 409, 'second-person-needed');
    expect(await heldBy(bea)).toEqual({});
  }, 90_000);

  it('is joined by whoever is given the link of the next start, which the record says, and by nobody with it after that', async () => {
    await startAgain();
    const link = product.setUpLink!;
    const cem = await setUp(product, 'Cem');
    expect(await groundsOf(cem.person)).toMatchObject([{ type: 'MandateGiven', data: { ground: 'set-up' } }]);
    expectProblem(await comeInBy(link), 404, 'set-up-void');

    const bea = await invite(product, ada, 'Bea');
    for (const by of [ada, cem]) await give(by, bea, 'secretariat');
    expect(await heldBy(bea)).toEqual({ secretariat: from });
    await joined(product, 'Bea');
    await startAgain();
    expect(product.setUpLink).toBeUndefined();
  }, 90_000);

  it('finds the link worth nothing that nobody has used, once another one administers', async () => {
    await startAgain();
    await signedIn(product, 'cem', { mandates: ['administrator'] });
    expectProblem(await comeInBy(product.setUpLink!), 404, 'set-up-void');
    expect((await product.api.get(new URL(product.setUpLink!).pathname)).status).toBe(404);
  }, 90_000);

  it('cannot say of themselves that they came by it', async () => {
    const bea = await invite(product, ada, 'Bea');
    const forged = await product.api.send(
      'PUT',
      `/api/mandates/${bea}/administrator`,
      { from, byLink: true },
      ada.headers,
    );
    expectProblem(forged, 400, 'command-invalid');
  }, 90_000);
});
