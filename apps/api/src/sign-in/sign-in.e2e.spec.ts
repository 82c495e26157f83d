import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, type Api, expectProblem } from '../../../../test/support/api.js';
import { linkMailedTo } from '../../../../test/support/mailed.js';
import { codeNow } from '../../../../test/support/people.js';
import { runProduct, type RunningProduct } from '../../../../test/support/product.js';

const password = 'the cow jumps over my green lamp';
const admin = { name: 'Ada Example', address: 'ada@secretariat.example', password };

const cookieOf = ({ headers }: Answer<unknown>) => headers.get('set-cookie')!.split(';')[0]!;

describe('Where people sign in', () => {
  let product: RunningProduct;
  let api: Api;

  beforeAll(async () => {
    product = await runProduct({ env: { PEOPLE: 'required' } });
    ({ api } = product);
  });
  afterAll(() => product.remove());

  const post = <Body = Record<string, string>>(path: string, body: object | undefined, cookie?: string) =>
    api.send<Body>('POST', path, body, { ...(cookie !== undefined && { Cookie: cookie }) });
  const get = <Body = Record<string, unknown>>(path: string, headers: Record<string, string>) =>
    api.send<Body>('GET', path, undefined, headers);

  let administrator = '';

  it('nobody is let in before the set-up link is used, and it works once', async () => {
    const secret = product.setUpLink!.split('/').at(-1)!;
    expectProblem(await post('/api/set-up', { ...admin, secret: `${secret.slice(0, -1)}_` }), 404, 'set-up-void');
    expectProblem(
      await post('/api/set-up', { ...admin, secret, password: 'Para71Secretariat' }),
      422,
      'password-guessable',
    );
    const begun = await post('/api/set-up', { ...admin, secret });
    expect(begun.status).toBe(200);
    expect(begun.body['next']).toBe('enrol');
    expect(begun.headers.get('set-cookie')).toMatch(
      /^__Host-para71=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(begun.headers.get('cache-control')).toBe('no-store');
    expectProblem(await post('/api/set-up', { ...admin, secret }), 404, 'set-up-void');

    const half = cookieOf(begun);
    expectProblem(await get('/api/persons', { Cookie: half }), 401, 'not-signed-in');
    const { body: enrolment } = await post('/api/second-factor', undefined, half);
    const confirmed = await post<{ codes: string[] }>(
      '/api/second-factor/confirmation',
      { code: codeNow(enrolment['secret']!) },
      half,
    );
    expect(confirmed.body.codes).toHaveLength(10);
    administrator = cookieOf(confirmed);
    expect(administrator).not.toBe(half);
    expectProblem(await get('/api/me', { Cookie: half }), 401, 'not-signed-in');
    expect((await get('/api/me', { Cookie: administrator })).body).toMatchObject({
      mandates: ['administrator'],
      isProven: true,
    });
  });

  it('the first administrator stands on the record, by an opaque id', async () => {
    const { body } = await get<{ person: string }>('/api/me', { Cookie: administrator });
    const { text } = await get('/api/events', {});
    expect(text).toContain('"ground":"set-up"');
    expect(text).toContain(body.person);
    expect(text).not.toContain(admin.address);
    expect(text).not.toContain(admin.name);
    const mandates = (headers: Record<string, string>) => get(`/api/mandates/${body.person}`, headers);
    expect((await mandates({})).body).toEqual({ person: body.person, held: { administrator: expect.any(String) } });
    expect((await mandates({ Cookie: administrator })).body).toMatchObject({ proposed: {} });
  });

  it('an invitation goes by mail at once, and the log holds neither its link nor its address', async () => {
    const address = 'erin@registry.example';
    const asked = Date.now();
    const invited = await post('/api/invitations', { name: 'Erin Xample', address }, administrator);
    expect(invited.status).toBe(200);
    expect(JSON.stringify(invited.body)).not.toMatch(/join|secret/);
    const secret = (await linkMailedTo(join(product.dataDir, 'mail'), address)).split('/').at(-1)!;
    // Not when the log is next looked through, some twenty seconds after the start.
    expect(Date.now() - asked).toBeLessThan(15_000);
    const files = readdirSync(product.dataDir).filter((name) => name.startsWith('events.sqlite'));
    for (const file of files) {
      const bytes = readFileSync(join(product.dataDir, file));
      expect(bytes.includes(address)).toBe(false);
      expect(bytes.includes(secret.split('.')[1]!)).toBe(false);
    }
    const begun = await post('/api/invitations/acceptance', { secret, password });
    expect(begun.body).toEqual({ person: invited.body['person'], next: 'none' });
    const cookie = cookieOf(begun);
    // Erin has no role yet: nobody to see, nobody to invite.
    expectProblem(await get('/api/persons', { Cookie: cookie }), 403, 'forbidden');
    expectProblem(await get(`/api/persons/${invited.body['person']!}`, { Cookie: cookie }), 404, 'resource-unknown');
    expectProblem(await post('/api/invitations', { name: 'X', address: 'x@y.example' }, cookie), 403, 'forbidden');
    expectProblem(await post('/api/invitations', { name: 'X', address: 'x@y.example' }), 401, 'not-signed-in');
  }, 60_000);

  it('a token reads and writes for its owner, and is no way to what needs a second factor', async () => {
    const asked = {
      name: 'Program',
      scopes: ['read', 'administer'],
      until: new Date(Date.now() + 86_400_000).toISOString(),
    };
    const { body: issued } = await post('/api/tokens', asked, administrator);
    const bearer = { Authorization: `Bearer ${issued['text']!}` };
    expect((await get('/api/persons', bearer)).status).toBe(200);
    const inviting = await api.send('POST', '/api/invitations', { name: 'X', address: 'x@y.example' }, bearer);
    expectProblem(inviting, 403, 'forbidden');
    expectProblem(await api.send('POST', '/api/tokens', asked, bearer), 401, 'not-signed-in');
    // A token that is not good is not made up for by a cookie.
    expectProblem(await get('/api/me', { Authorization: 'Bearer p71_x', Cookie: administrator }), 401, 'not-signed-in');
    expect((await get('/api/tokens', { Cookie: administrator })).text).not.toContain(issued['text']!.split('_')[2]!);
    await post(`/api/tokens/${issued['token']!}/revocation`, undefined, administrator);
    expectProblem(await get('/api/persons', bearer), 401, 'not-signed-in');
  });

  it('a session is listed, ended from elsewhere, and worth nothing after that', async () => {
    const begun = await post('/api/sign-in', { address: 'erin@registry.example', password });
    const other = await post('/api/sign-in', { address: 'erin@registry.example', password });
    type Listed = { items: { session: string; isThis: boolean }[] };
    const { body } = await get<Listed>('/api/sessions', { Cookie: cookieOf(begun) });
    const mine = (await get<Listed>('/api/sessions', { Cookie: cookieOf(other) })).body.items.find(
      ({ isThis }) => isThis,
    )!;
    expect(body.items.map(({ session }) => session)).toContain(mine.session);
    expectProblem(await post(`/api/sessions/${mine.session}/end`, undefined, administrator), 404, 'session-unknown');
    expect((await post(`/api/sessions/${mine.session}/end`, undefined, cookieOf(begun))).status).toBe(200);
    expectProblem(await get('/api/me', { Cookie: cookieOf(other) }), 401, 'not-signed-in');
    const out = await post('/api/sign-out', undefined, cookieOf(begun));
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-para71=; .*Max-Age=0$/);
    expectProblem(await get('/api/me', { Cookie: cookieOf(begun) }), 401, 'not-signed-in');
  });

  it('a new password ends the sessions elsewhere and lets tokens go on, and says how many there are', async () => {
    const signIn = (word: string) => post('/api/sign-in', { address: 'erin@registry.example', password: word });
    const [here, elsewhere] = [cookieOf(await signIn(password)), cookieOf(await signIn(password))];
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const { body: token } = await post('/api/tokens', { name: 'Program', scopes: ['read'], until }, here);
    const next = 'a green cow is under the lamp now';
    const changed = await post<object>('/api/password', { present: password, next }, here);
    expect(changed.body).toEqual({ ended: true, tokens: 1 });
    expectProblem(await get('/api/me', { Cookie: elsewhere }), 401, 'not-signed-in');
    expect((await get('/api/me', { Cookie: here })).status).toBe(200);
    expect((await get('/api/me', { Authorization: `Bearer ${token['text']!}` })).status).toBe(200);
    expectProblem(await signIn(password), 401, 'sign-in-failed');
    await post('/api/password', { present: next, next: password }, here);
    await post(`/api/tokens/${token['token']!}/revocation`, undefined, here);
  });

  it('nothing that is said at the door is kept by any cache', async () => {
    for (const path of ['me', 'persons', 'sessions', 'tokens']) {
      const { headers } = await get(`/api/${path}`, { Cookie: administrator });
      expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
    }
    const renewed = await post('/api/recovery-codes', undefined, administrator);
    expect(renewed.headers.get('cache-control')).toBe('no-store');
  });

  it('a page of another site can neither sign somebody in nor out', async () => {
    const from = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site', Cookie: administrator };
    expectProblem(await api.send('POST', '/api/sign-out', undefined, from), 403, 'cross-site-request');
    expectProblem(
      await api.send('POST', '/api/sign-in', { address: 'a', password: 'b' }, from),
      403,
      'cross-site-request',
    );
  });

  it('who guesses is told to wait, and for how long', async () => {
    const guess = () => post('/api/sign-in', { address: 'guessed@registry.example', password: 'wrong' });
    for (let n = 0; n < 10; n++) expectProblem(await guess(), 401, 'sign-in-failed');
    const answer = await guess();
    expectProblem(answer, 429, 'sign-in-too-often');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('one address is not sent invitations without end, and it is said when the next one can be', async () => {
    const invitee = { name: 'Often Xample', address: 'often@registry.example' };
    const { body } = await post('/api/invitations', invitee, administrator);
    const again = () => post(`/api/persons/${body['person']}/invitation`, undefined, administrator);
    for (let n = 0; n < 2; n++) expect((await again()).status).toBe(200);
    const answer = await again();
    expectProblem(answer, 429, 'invited-too-often');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(86_000);
    expect(answer.body['detail']).toMatch(/^It can be done again from 20\d\d-[\dT:.-]+Z on\. Wait for the seconds/);
  });

  it('neither a password nor an unknown field is repeated in an answer', async () => {
    const answer = await post('/api/sign-in', { address: 'a', password, more: 1 });
    expectProblem(answer, 400, 'command-invalid');
    expect(answer.text).not.toContain(password);
    const wrongType = await post('/api/sign-in', { address: 'a', password: { secret: password } });
    expectProblem(wrongType, 400, 'command-invalid');
    expect(wrongType.text).not.toContain(password);
  });

  it('erasing takes two administrators', async () => {
    const { body } = await get<{ items: { person: string; address: string }[] }>('/api/persons', {
      Cookie: administrator,
    });
    const { person } = body.items.find(({ address }) => address === 'erin@registry.example')!;
    const erase = () => post(`/api/persons/${person}/erasure`, { ground: 'asked-by-the-person' }, administrator);
    expect((await erase()).body).toEqual({ outcome: 'proposed' });
    expectProblem(await erase(), 409, 'erasure-needs-another');
    expectProblem(
      await post(`/api/persons/${person}/erasure`, { ground: 'because of Erin' }, administrator),
      400,
      'command-invalid',
    );
  });
});

describe('Where nobody signs in', () => {
  it('there is no way to', async () => {
    const product = await runProduct();
    try {
      expect(product.setUpLink).toBeUndefined();
      const answer = await product.api.send('POST', '/api/sign-in', { address: 'a', password: 'b' });
      expectProblem(answer, 404, 'route-unknown');
      expect(readdirSync(product.dataDir)).not.toContain('keys');
    } finally {
      await product.remove();
    }
  });
});
