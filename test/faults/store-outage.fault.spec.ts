import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openLog } from '#operation';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, expectProblem, type Recorded } from '../support/api.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { Proxy } from '../stand-in/proxy.js';
import { StandIn } from '../stand-in/stand-in.js';

/** What a call to the store may take (10 s), and what the machine may be busy with beside it. */
const COMMAND_MS = 12_000;
const READ_MS = 1_000;
const BACK_MS = 5_000;
const COMMANDS = 8;

let server: StandIn;
let proxy: Proxy;
let product: RunningProduct;
beforeAll(async () => {
  server = await StandIn.start();
  proxy = await Proxy.start(server.nodes[0]?.port ?? 0);
  product = await runProduct({
    env: { EVENT_STORE_URL: `kurrentdb://127.0.0.1:${proxy.port}?tls=false` },
    // It says each time that the store is away: of no use here.
    options: { log: openLog({ level: 'error', format: 'json' }, 'api', { write: () => undefined }) },
  });
}, 60_000);
afterAll(async () => {
  await product.remove();
  await proxy.stop();
  await server.stop();
});

const idOf = (run: string, n: number) => `example-${run}-${n}`;
const register = (id: string): Promise<Answer<Recorded>> =>
  product.api.command(
    'PUT',
    `/api/organizations/${id}`,
    {
      name: `Example ${id}`,
      profile: { kind: 'STANDARDS_BODY', stakeholderGroup: 'TECH', description: 'An example.' },
      sources: [{ title: 'Example minutes', confidence: 'found' }],
    },
    { 'Idempotency-Key': id },
  );
const all = (run: string) => Array.from({ length: COMMANDS }, (_, n) => register(idOf(run, n)));
const ready = () => product.api.get<{ checks: { name: string; status: string; detail: string }[] }>('/health/ready');

async function timed<T>(promise: Promise<T>): Promise<{ answer: T; ms: number }> {
  const began = performance.now();
  const answer = await promise;
  return { answer, ms: performance.now() - began };
}

/** How long it took until it was so. */
async function until(isSo: () => Promise<boolean>, atMost: number): Promise<number> {
  const began = performance.now();
  while (!(await isSo())) {
    if (performance.now() - began > atMost) throw new Error(`Not so after ${atMost} ms: ${isSo.toString()}`);
    await delay(20);
  }
  return performance.now() - began;
}

/** Each of them once on the log, whatever was answered and however often it was sent. */
async function expectOnce(run: string): Promise<void> {
  const streams = (await product.api.events())
    .map(({ stream }) => stream)
    .filter((stream) => stream.includes(`-${run}-`));
  expect(streams.toSorted()).toEqual(Array.from({ length: COMMANDS }, (_, n) => `organization-${idOf(run, n)}`));
}

describe('While the store is away', () => {
  afterEach(() => {
    proxy.mode = 'sound';
    for (const node of server.nodes) node.faults = {};
  });

  const OUTAGES: readonly [string, string, { begin: () => void; end: () => void }][] = [
    [
      'its server is gone',
      'gone',
      {
        begin: () => {
          proxy.mode = 'refusing';
          proxy.cut();
        },
        end: () => {
          proxy.mode = 'sound';
        },
      },
    ],
    [
      'nothing comes through, and nobody says so',
      'silent',
      {
        begin: () => {
          proxy.mode = 'silent';
          proxy.halfOpen();
        },
        end: () => {
          proxy.mode = 'sound';
          // As a network that is mended: what stands is dropped in the end.
          proxy.cut();
        },
      },
    ],
  ];

  it.each(OUTAGES)(
    'because %s, commands are refused in time, reads are answered, and nothing is lost or doubled after it',
    async (_, run, { begin, end }) => {
      const before = idOf(run, COMMANDS - 1);
      expect((await register(before)).status).toBe(201);

      begin();
      const refused = all(run)
        .slice(0, COMMANDS - 1)
        .map(timed);
      await until(async () => (await ready()).status === 503, COMMAND_MS);
      const [store] = (await ready()).body.checks.filter(({ name }) => name === 'store');
      expect(store).toMatchObject({ status: 'fault', detail: expect.stringMatching(/answer/) });
      for (let n = 0; n < 20; n++) {
        const read = await timed(product.api.get(`/api/organizations/${before}`));
        expect(read.answer.status).toBe(200);
        expect(read.ms).toBeLessThan(READ_MS);
      }
      for (const { answer, ms } of await Promise.all(refused)) {
        expectProblem(answer, 503, 'store-unavailable');
        expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
        expect(ms).toBeLessThan(COMMAND_MS);
      }

      end();
      const began = performance.now();
      await until(async () => (await Promise.all(all(run))).every(({ status }) => status < 300), BACK_MS);
      await until(async () => (await ready()).status === 200, BACK_MS - (performance.now() - began));
      const repeated = await Promise.all(all(run));
      expect(repeated.map(({ body }) => body.revision)).toEqual(Array(COMMANDS).fill(0));
      await expectOnce(run);
    },
    60_000,
  );

  it('because it writes and does not answer, a command that was repeated is found to have been recorded', async () => {
    server.nodes[0]!.faults = { afterAppend: () => new Promise(() => {}) };
    for (const { answer, ms } of await Promise.all(all('unanswered').map(timed))) {
      const { detail } = expectProblem(answer, 503, 'store-unavailable');
      expect(detail).not.toContain('Nothing was recorded');
      expect(ms).toBeLessThan(COMMAND_MS + 2_000);
    }
    server.nodes[0]!.faults = {};
    const repeated = await Promise.all(all('unanswered'));
    expect(repeated.map(({ status, body }) => [status < 300, body.revision])).toEqual(Array(COMMANDS).fill([true, 0]));
    await expectOnce('unanswered');
  }, 60_000);

  it('for the moment in which a connection breaks or dies, commands only take longer', async () => {
    for (const [n, breaks] of (['cut', 'halfOpen', 'cut', 'halfOpen'] as const).entries()) {
      const commands = all(`moment${n}`);
      await proxy.afterBytes(1_500 * (n + 1));
      proxy[breaks]();
      for (const { status } of await Promise.all(commands)) expect(status).toBe(201);
      await expectOnce(`moment${n}`);
    }
  }, 60_000);
});
