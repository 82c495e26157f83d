import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { expectProblem } from '../../../../test/support/api.js';
import { type Persona, signedIn } from '../../../../test/support/people.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

let product: RunningProduct;
let erin: Persona;
let amina: Persona;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  erin = await signedIn(product, 'erin', { mandates: ['secretariat'] });
  amina = await signedIn(product, 'amina', { mandates: ['secretariat'] });
}, 60_000);
afterAll(() => product.remove());

async function upload({ headers }: Persona, text: string) {
  const given = { 'Content-Type': 'text/plain', 'Content-Disposition': 'attachment; filename="a.txt"' };
  const response = await fetch(`${product.address}/api/attachments`, {
    method: 'POST',
    headers: { ...headers, ...given },
    body: text,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

it('One person uploads forty files within an hour, whatever becomes of them, and is told when there is one again', async () => {
  for (let n = 0; n < 39; n++) expect((await upload(erin, `File ${n % 3}`)).status).toBe(201);
  expect((await upload(erin, '\u0000')).status).toBe(415);
  const refused = await upload(erin, 'One more.');
  expectProblem(refused as never, 429, 'uploaded-too-often');
  const wait = Number(refused.headers.get('Retry-After'));
  expect(wait).toBeGreaterThan(3_000);
  expect(wait).toBeLessThanOrEqual(3_600);
  expect((await upload(amina, 'One more.')).status).toBe(201);
}, 60_000);
