import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { Identity } from '#identity';
import { expectProblem } from '../support/api.js';
import { eventually } from '../support/eventually.js';
import { mailsTo } from '../support/mailed.js';
import { codeNow, type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';

const password = 'the cow jumps over my green lamp';
const address = 'reviewer@people.example';

let product: RunningProduct;
let reviewer: Persona;
let first: Persona;
let second: Persona;

const post = <Body = Record<string, string>>(path: string, headers: Persona['headers'], body?: object) =>
  product.api.send<Body>('POST', path, body, headers);
const reset = (of: Persona, by: Persona) => post(`/api/persons/${of.person}/second-factor/reset`, by.headers);

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  first = await signedIn(product, 'first', { mandates: ['administrator'] });
  second = await signedIn(product, 'second', { mandates: ['administrator'] });
  reviewer = await signedIn(product, 'reviewer', { mandates: ['reviewer'] });
  await product.app.get(Identity).credentials.setPassword(reviewer.person, password);
});
afterAll(() => product.remove());

describe('Who has lost their second factor, and has no recovery code left', () => {
  let bearer: Readonly<Record<string, string>>;

  it('is not helped by one administrator alone, nor by themselves', async () => {
    const asked = { name: 'Program', scopes: ['read'], until: new Date(Date.now() + 86_400_000).toISOString() };
    const issued = await post('/api/tokens', reviewer.headers, asked);
    bearer = { Authorization: `Bearer ${issued.body['text']!}` };
    expectProblem(await reset(reviewer, reviewer), 404, 'resource-unknown');
    expectProblem(await reset(first, first), 409, 'reset-for-oneself');
    expect((await reset(reviewer, first)).body).toEqual({ outcome: 'proposed' });
    expectProblem(await reset(reviewer, first), 409, 'reset-needs-another');
    expect((await product.api.send('GET', '/api/me', undefined, reviewer.headers)).status).toBe(200);
    expect((await product.api.send('GET', '/api/me', undefined, bearer)).status).toBe(200);
  });

  it('is seen by another administrator, who is told by whom it was proposed', async () => {
    const { body } = await product.api.send('GET', `/api/persons/${reviewer.person}`, undefined, second.headers);
    expect(body).toMatchObject({ secondFactorResetProposed: { by: first.person, until: expect.any(String) } });
  });

  it('is signed out everywhere when the second one agrees, tokens and all, and enrols at the next sign-in', async () => {
    expect((await reset(reviewer, second)).body).toEqual({ outcome: 'reset' });
    for (const headers of [reviewer.headers, bearer])
      expectProblem(await product.api.send('GET', '/api/me', undefined, headers), 401, 'not-signed-in');
    expectProblem(await reset(reviewer, second), 409, 'second-factor-missing');

    const begun = await post('/api/sign-in', {}, { address, password });
    expect(begun.body['next']).toBe('enrol');
    const half = { Cookie: begun.headers.get('set-cookie')!.split(';')[0]! };
    expectProblem(await product.api.send('GET', '/api/me', undefined, half), 401, 'not-signed-in');
    const { body: enrolment } = await post('/api/second-factor', half);
    // Each half minute is good for one code, whatever the key is.
    const code = { code: codeNow(enrolment['secret']!, 1) };
    const confirmed = await post<{ codes: string[] }>('/api/second-factor/confirmation', half, code);
    expect(confirmed.body.codes).toHaveLength(10);
    const cookie = { Cookie: confirmed.headers.get('set-cookie')!.split(';')[0]! };
    expect((await product.api.send('GET', '/api/me', undefined, cookie)).body).toMatchObject({
      mandates: ['reviewer'],
    });
    // Those that ended do not come back with it.
    for (const headers of [reviewer.headers, half, bearer])
      expectProblem(await product.api.send('GET', '/api/me', undefined, headers), 401, 'not-signed-in');
  });

  it('enrols also where no role asks for it: nobody falls back to a password alone', async () => {
    const reader = await signedIn(product, 'reader');
    await product.app.get(Identity).credentials.setPassword(reader.person, password);
    await reset(reader, first);
    await reset(reader, second);
    const begun = await post('/api/sign-in', {}, { address: 'reader@people.example', password });
    expect(begun.body['next']).toBe('enrol');
    expectProblem(await product.api.send('GET', '/api/me', undefined, reader.headers), 401, 'not-signed-in');
  });

  it('is told by mail, in which there is nothing secret', async () => {
    const mails = () => mailsTo(join(product.dataDir, 'mail'), address);
    await eventually(() => mails().length > 0, 'The mail');
    const [mail = ''] = mails();
    expect(mail).toMatch(/^Subject: Your second factor at Para 71 was reset/m);
    expect(mail).toMatch(/tell an administrator at once/);
    expect(mail).not.toContain(first.person);
  }, 60_000);

  it('leaves who proposed and who agreed on the log, and nothing of it in public', async () => {
    const stream = reviewer.person.replace('person', 'credential');
    const actors: string[] = [];
    for await (const event of product.store.read(stream)) {
      if (event.type.startsWith('SecondFactorReset')) {
        actors.push(`${event.type} ${event.metadata['actor']!}`);
        expect(Object.keys(event.data)).toEqual(['sealed']);
      }
    }
    expect(actors).toEqual([`SecondFactorResetProposed ${first.person}`, `SecondFactorReset ${second.person}`]);
    const { text } = await product.api.send('GET', '/api/events', undefined, {});
    expect(text).not.toContain('SecondFactor');
  });

  it('is no person who has left', async () => {
    const gone = await signedIn(product, 'gone');
    await product.app.get(Identity).people.close(gone.person, first.person);
    expectProblem(await reset(gone, first), 409, 'person-closed');
    expectProblem(await reset({ ...gone, person: `person-${'0'.repeat(36)}` }, first), 404, 'person-unknown');
  });
});
