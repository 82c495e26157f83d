import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StandIn } from '../stand-in/stand-in.js';
import type { Api, EventLine } from '../support/api.js';
import { type RunningProduct, runProduct } from '../support/product.js';

const MINUTE = 60_000;
const PATIENCE_MS = 30_000;
const registration = {
  name: 'Example Union',
  profile: { kind: 'ACADEMIC', description: 'An example.' },
  sources: [{ title: 'A source', confidence: 'found' }],
};

let server: StandIn;
/** Its clock is right. */
let right: RunningProduct;
/** Its clock is ten minutes ahead. */
let ahead: RunningProduct;

beforeAll(async () => {
  server = await StandIn.start();
  const env = { EVENT_STORE_URL: server.url };
  right = await runProduct({ env });
  ahead = await runProduct({ env, options: { now: () => Date.now() + 10 * MINUTE } });
}, 30_000);

afterAll(async () => {
  await right.remove();
  await ahead.remove();
  await server.stop();
}, 30_000);

const register = (api: Api, id: string) => api.record('PUT', `/api/organizations/${id}`, registration);
const timesOf = (events: readonly EventLine[]) => events.map(({ metadata }) => metadata['recordedAt']!);

/** Both have read all that there is. */
async function meet(): Promise<void> {
  const last = Math.max(right.views.head.sequence, ahead.views.head.sequence);
  await Promise.all([right, ahead].map(({ views }) => views.passedSequence(last, PATIENCE_MS)));
}

describe('two nodes whose clocks differ', () => {
  it('record no time that is earlier than one that they have read', async () => {
    const { sequence: from } = (await register(right.api, 'first')).body;
    await meet();
    for (let n = 0; n < 20; n++) {
      await register((n % 2 ? right : ahead).api, `in-turn-${n}`);
      await meet();
    }
    const times = timesOf(await right.api.events(`?after=${from}`));
    expect(times).toHaveLength(20);
    expect(times).toEqual(times.toSorted());
  }, 90_000);

  it('record no time in a stream that is earlier than the one before it there', async () => {
    const path = '/api/organizations/renamed';
    await register(ahead.api, 'renamed');
    for (let n = 0; n < 20; n++) {
      // Without waiting until the other one has read it.
      const { api } = n % 2 ? ahead : right;
      await api.record('PUT', `${path}/name`, { name: `Example ${n}`, on: '2010', reason: 'An example.' });
    }
    await meet();
    const times = timesOf(await right.api.events('?stream=organization-renamed'));
    expect(times).toHaveLength(21);
    expect(times).toEqual(times.toSorted());
  }, 90_000);

  it('answer alike what was on record at a time, in the order of the log, also where both wrote at once', async () => {
    const writing = [right, ahead].map(async ({ api }, node) => {
      for (let n = 0; n < 40; n++) await register(api, `at-once-${node}-${n}`);
    });
    await Promise.all(writing);
    await meet();
    const events = await right.api.events();
    let latest = '';
    const told = timesOf(events).map((time) => (latest = time > latest ? time : latest));
    for (const time of new Set(told)) {
      const expected = { asOf: told.lastIndexOf(time) };
      for (const { api } of [right, ahead]) {
        expect(await api.read(`/api/organizations?limit=1&asOf=${encodeURIComponent(time)}`)).toMatchObject(expected);
      }
    }
    expect(ahead.views.digest()).toBe(right.views.digest());
  }, 120_000);

  it('do not go back when the one whose clock is ahead is gone', async () => {
    const { body } = await register(ahead.api, 'before-the-end');
    await right.views.passedSequence(body.sequence, PATIENCE_MS);
    const recordedAt = right.views.head.recordedAt;
    const { body: after } = await register(right.api, 'after-the-end');
    const [event] = await right.api.events(`?after=${after.sequence - 1}&limit=1`);
    expect(event!.metadata['recordedAt']! >= recordedAt).toBe(true);
  });
});
