import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Api, expectProblem } from '../support/api.js';
import { Browser, CLIENT, ExampleId, PUBLIC_URL } from '../support/oidc.js';
import { compileProduct } from '../support/product-process.js';
import { hasRedis } from '../support/redis.js';
import { eventually } from '../support/eventually.js';
import { linkMailedTo } from '../support/mailed.js';
import { Nodes } from './nodes.js';
import { Visitor } from './visitor.js';

const BEA = 'bea@registry.example';
const CALLBACK = /\/sign-in\/oidc\/callback\?/;

const describeWithRedis = hasRedis ? describe : describe.skip;

beforeAll(compileProduct, 120_000);

describeWithRedis('By a provider, where a proxy leads to one of two nodes (needs redis-server)', () => {
  let id: ExampleId;
  let nodes: Nodes;
  let one: Api;
  let other: Api;
  let bea: string;

  beforeAll(async () => {
    id = await ExampleId.start();
    const env = { PEOPLE: 'required', PUBLIC_URL, OIDC_ISSUER: id.issuer, ...CLIENT };
    nodes = await Nodes.start(['api', 'api', 'worker'], env);
    [one, other] = nodes.apis as [Api, Api];
    const ada = new Visitor();
    await ada.setUp(one, /http\S+\/set-up\/\S+/.exec(nodes.said)![0], 'Ada Example', 'ada@secretariat.example');
    const { body } = await ada.post(one, '/api/invitations', { name: 'Bea Example', address: BEA });
    bea = body['person']!;
    id.account = 'bea-at-example-id';
  }, 90_000);
  afterAll(async () => {
    await nodes?.remove();
    await id.stop();
  }, 30_000);

  /** A browser that went to the provider from one node, and where it is to come back to. */
  async function returning(way = '/sign-in/oidc', from = one) {
    const browser = new Browser(from.address);
    const { path } = await browser.visit(way, {}, CALLBACK);
    return { browser, callback: path };
  }

  /** Another browser with the same cookies. */
  function copyOf(browser: Browser, at: Api): Browser {
    const copy = new Browser(at.address);
    const cookies = new Headers();
    for (const cookie of browser.cookies().split('; ')) cookies.append('Set-Cookie', cookie);
    copy.keep(cookies);
    return copy;
  }

  const me = (browser: Browser, api: Api) => api.get('/api/me', { Cookie: browser.cookies() });

  it('somebody accepts an invitation on one, comes back to the other, and is signed in on both', async () => {
    const secret = (await linkMailedTo(nodes.mail, BEA)).split('/').at(-1);
    const { browser, callback } = await returning(`/sign-in/oidc?invitation=${secret}`);
    browser.product = other.address;
    expect(await browser.visit(callback)).toMatchObject({ status: 200, path: '/account' });
    for (const api of [one, other]) expect((await me(browser, api)).body).toMatchObject({ person: bea });
  }, 60_000);

  it('they sign in so, and what they came back with signs nobody in again, on neither', async () => {
    const { browser, callback } = await returning();
    const copies = [copyOf(browser, one), copyOf(browser, other)];
    browser.product = other.address;
    expect(await browser.visit(callback)).toMatchObject({ status: 200 });
    expect((await me(browser, one)).body).toMatchObject({ person: bea });
    for (const copy of copies) {
      const landing = await copy.visit(callback);
      // Here already: the provider, which would refuse it too, is not asked.
      expect(landing.status).toBe(400);
      expect(landing.text).toMatch(/was not begun in this browser/);
      expectProblem(await me(copy, one), 401, 'not-signed-in');
    }
  });

  it('of two nodes that it is shown to at once, one lets them in', async () => {
    const { browser, callback } = await returning();
    const both = [copyOf(browser, one), copyOf(browser, other)];
    const landings = await Promise.all(both.map((each) => each.visit(callback)));
    expect(new Set(landings.map(({ status }) => status))).toEqual(new Set([200, 400]));
  });

  it('while Redis is away they are told to come again, and the same way is still good when it is back', async () => {
    const { browser, callback } = await returning();
    await nodes.redis.kill();
    try {
      const landing = await browser.visit(callback);
      expect(landing.status).toBe(503);
      expect(Number(landing.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(landing.text).toMatch(/Nobody can be told from anybody else now/);
    } finally {
      await nodes.redis.start();
    }
    browser.product = other.address;
    await eventually(async () => (await browser.visit(callback)).status === 200);
    expect((await me(browser, one)).body).toMatchObject({ person: bea });
  }, 60_000);
});
