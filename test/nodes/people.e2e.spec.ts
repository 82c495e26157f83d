import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, expectProblem } from '../support/api.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { hasRedis } from '../support/redis.js';
import { eventually } from '../support/eventually.js';
import { linkMailedTo, mailsTo } from '../support/mailed.js';
import { Nodes } from './nodes.js';
import { PASSWORD, Visitor } from './visitor.js';

const ADA = 'ada@secretariat.example';
const BEA = 'bea@secretariat.example';

const describeWithRedis = hasRedis ? describe : describe.skip;

beforeAll(compileProduct, 120_000);

describeWithRedis('People on two nodes (needs redis-server)', () => {
  let nodes: Nodes;
  let one: Api;
  let other: Api;
  const ada = new Visitor('Ada on a computer');
  const bea = new Visitor('Bea on a computer');

  beforeAll(async () => {
    nodes = await Nodes.start(['api', 'api', 'worker'], { PEOPLE: 'required' });
    [one, other] = nodes.apis as [Api, Api];
  }, 90_000);
  afterAll(() => nodes.remove(), 30_000);

  it('are offered one set-up link by both, which is used up on both at once', async () => {
    const links = [...nodes.said.matchAll(/http\S+\/set-up\/\S+/g)].map(([link]) => link);
    expect(links).toHaveLength(2);
    expect(new Set(links.map((link) => link.split('/').at(-1))).size).toBe(1);
    await ada.setUp(other, links[0]!, 'Ada Example', ADA);
    const late = new Visitor().setUp(one, links[0]!, 'Late Example', 'late@secretariat.example');
    await expect(late).rejects.toThrow('set-up-void');
  });

  it('are signed in on both by one cookie, and are shown it once', async () => {
    for (const api of [one, other])
      expect((await ada.get(api, '/api/me')).body).toMatchObject({ person: ada.person, isProven: true });
    const { body } = await ada.get<{ items: { agent: string; isThis: boolean }[] }>(one, '/api/sessions');
    expect(body.items).toEqual([expect.objectContaining({ agent: 'Ada on a computer', isThis: true })]);
  });

  it('are invited on one, written to by the worker within five seconds, and join on the other', async () => {
    await ada.post(one, '/api/invitations', { name: 'Bea Example', address: BEA });
    const invited = Date.now();
    const link = await linkMailedTo(nodes.mail, BEA);
    expect(Date.now() - invited).toBeLessThan(5_000);
    await bea.join(other, link);
    expect((await bea.get(one, '/api/me')).body).toMatchObject({ person: bea.person });
  }, 60_000);

  it('are invited once where both nodes invite somebody at one address at the same moment, and are sent one mail', async () => {
    const told: number[][] = [];
    for (let n = 0; n < 6; n++) {
      const invitee = { name: 'Twice Example', address: `twice-${n}@registry.example` };
      const both = await Promise.all([one, other].map((api) => ada.send(api, 'POST', '/api/invitations', invitee)));
      told.push(both.map(({ status }) => status).toSorted((a, b) => a - b));
      const { items } = (await ada.get<{ items: { address: string }[] }>(one, '/api/persons')).body;
      expect(items.filter(({ address }) => address === invitee.address)).toHaveLength(1);
    }
    expect(told).toEqual(told.map(() => [200, 409]));
    for (let n = 0; n < 6; n++) await linkMailedTo(nodes.mail, `twice-${n}@registry.example`);
    for (let n = 0; n < 6; n++) expect(mailsTo(nodes.mail, `twice-${n}@registry.example`)).toHaveLength(1);
  }, 60_000);

  it('who are appointed while they are signed in prove more before they go on, wherever they are', async () => {
    const role = await ada.send(other, 'PUT', `/api/mandates/${bea.person}/administrator`, { from: '2026-01-01' });
    expect(role.status).toBe(200);
    for (const api of [one, other]) expectProblem(await bea.get(api, '/api/me'), 401, 'not-signed-in');
    await bea.enrol(one);
    expect((await bea.get(other, '/api/persons')).status).toBe(200);
  });

  it('end a session on one, and it has ended on the other at once', async () => {
    const phone = new Visitor('Ada on a phone');
    const { body } = await phone.signIn(one, ADA);
    expect(body.next).toBe('second-factor');
    for (const api of [one, other]) {
      const { items } = (await ada.get<{ items: { session: string; agent: string }[] }>(api, '/api/sessions')).body;
      expect(items.map(({ agent }) => agent)).toEqual(['Ada on a computer', 'Ada on a phone']);
    }
    const { items } = (await ada.get<{ items: { session: string; agent: string }[] }>(other, '/api/sessions')).body;
    await ada.post(other, `/api/sessions/${items[1]!.session}/end`);
    expectProblem(await phone.send(one, 'POST', '/api/second-factor'), 401, 'not-signed-in');
    await ada.post(other, '/api/sign-out');
  });

  it('guess ten times in all, and not ten times on each', async () => {
    const told: number[] = [];
    for (let n = 0; n < 12; n++) {
      const wrong = { address: 'carl@registry.example', password: `wrong ${PASSWORD}` };
      told.push((await new Visitor().send([one, other][n % 2]!, 'POST', '/api/sign-in', wrong)).status);
    }
    expect(told.filter((status) => status === 401)).toHaveLength(10);
    expect(told.slice(10)).toEqual([429, 429]);
  }, 30_000);

  it('are asked to come back while Redis is away, and everybody reads the public record', async () => {
    await nodes.redis.kill();
    try {
      for (const path of ['/api/me', '/api/persons', '/api/reminders']) {
        const answer = await bea.get(one, path);
        expectProblem(answer, 503, 'sessions-unavailable');
        expect(answer.headers.get('Retry-After')).toBe('1');
      }
      const address = { address: BEA, password: PASSWORD };
      expectProblem(await new Visitor().send(other, 'POST', '/api/sign-in', address), 503, 'sessions-unavailable');
      for (const reader of [new Visitor(), bea]) {
        expect((await reader.get(one, '/api/organizations')).status).toBe(200);
        expect((await one.get('/', { Cookie: reader.cookie, Accept: 'text/html' })).status).toBe(200);
        const { status, body } = await reader.get<{ checks: object[] }>(one, '/health/ready');
        expect(status).toBe(200);
        expect(body.checks).toContainEqual(expect.objectContaining({ name: 'people', status: 'warning' }));
      }
      // That something is not there cannot be told to somebody who may be anybody.
      expectProblem(await new Visitor().get(one, '/api/organizations/nobody'), 404, 'organization-unknown');
      expectProblem(await bea.get(one, '/api/organizations/nobody'), 503, 'sessions-unavailable');
      // Nor whose bookmark is not there.
      const changes = '/api/reports/ec-performance/2008/example-registry/changes';
      expectProblem(await new Visitor().get(one, changes), 400, 'query-parameter-malformed');
      expectProblem(await bea.get(one, changes), 503, 'sessions-unavailable');
    } finally {
      await nodes.redis.start();
    }
    await eventually(async () => (await bea.get(one, '/api/me')).status === 200);
  }, 60_000);

  it('sign in again when Redis was emptied, and nothing else is lost', async () => {
    await nodes.redis.empty();
    expectProblem(await bea.get(one, '/api/me'), 401, 'not-signed-in');
    expect((await bea.signIn(other, BEA)).body.next).toBe('second-factor');
  });

  it('are not let in by a node that has other keys', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'para71-'));
    try {
      const env = { DATA_DIR: folder, EVENT_STORE_URL: nodes.server.url, REDIS_URL: nodes.redis.url };
      const stray = ProductProcess.run({ ...env, PEOPLE: 'required', RECORD: 'none' });
      const { code, errors } = await stray.ended;
      expect(code).toBe(1);
      expect(errors).toMatch(/The keys of persons in \S+keys are not those that belong to this log.*folder\.id/s);
      expect(readdirSync(join(folder, 'keys'))).toEqual(['folder.id']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 30_000);
});
