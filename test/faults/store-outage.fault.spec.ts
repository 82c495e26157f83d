import { describe, expect, it } from '@jest/globals';
import { openLog } from '#operation';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, expectProblem, type Recorded } from '../support/api.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { Proxy } from '../stand-in/proxy.js';
import { StandIn } from '../stand-in/stand-in.js';

/** What a call to the store may take (10 s), and what the machine may be busy with beside it. */
const COMMAND_MS = 18_000;
/** Far less than any call to the store that is not answered. */
const READ_MS = 5_000;
const BACK_MS = 5_000;
const COMMANDS = 8;

/** A product whose store is behind something that breaks. */
interface Installation {
  readonly server: StandIn;
  readonly proxy: Proxy;
  readonly product: RunningProduct;
}

/** Each outage has an installation of its own, as what it takes is mostly waited for, and they do so at the same time. */
async function installed(suffers: (installation: Installation) => Promise<void>): Promise<void> {
  const server = await StandIn.start();
  const proxy = await Proxy.start(server.nodes[0]?.port ?? 0);
  try {
    const product = await runProduct({
      env: { EVENT_STORE_URL: `kurrentdb://127.0.0.1:${proxy.port}?tls=false` },
      // It says each time that the store is away: of no use here.
      options: { log: openLog({ level: 'error', format: 'json' }, 'api', { write: () => undefined }) },
    });
    try {
      await suffers({ server, proxy, product });
    } finally {
      proxy.mode = 'sound';
      for (const node of server.nodes) node.faults = {};
      await product.remove();
    }
  } finally {
    await proxy.stop();
    await server.stop();
  }
}

const idOf = (run: string, n: number) => `example-${run}-${n}`;
const register = ({ product }: Installation, id: string): Promise<Answer<Recorded>> =>
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
const all = (at: Installation, run: string) => Array.from({ length: COMMANDS }, (_, n) => register(at, idOf(run, n)));
const ready = ({ product }: Installation) =>
  product.api.get<{ checks: { name: string; status: string; detail: string }[] }>('/health/ready');

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
async function expectOnce({ product }: Installation, run: string): Promise<void> {
  const streams = (await product.api.events())
    .map(({ stream }) => stream)
    .filter((stream) => stream.includes(`-${run}-`));
  expect(streams.toSorted()).toEqual(Array.from({ length: COMMANDS }, (_, n) => `organization-${idOf(run, n)}`));
}

describe('While the store is away', () => {
  const OUTAGES: readonly [string, string, { begin: (at: Installation) => void; end: (at: Installation) => void }][] = [
    [
      'its server is gone',
      'gone',
      {
        begin: ({ proxy }) => {
          proxy.mode = 'refusing';
          proxy.cut();
        },
        end: ({ proxy }) => {
          proxy.mode = 'sound';
        },
      },
    ],
    [
      'nothing comes through, and nobody says so',
      'silent',
      {
        begin: ({ proxy }) => {
          proxy.mode = 'silent';
          proxy.halfOpen();
        },
        end: ({ proxy }) => {
          proxy.mode = 'sound';
          // As a network that is mended: what stands is dropped in the end.
          proxy.cut();
        },
      },
    ],
  ];

  it.concurrent.each(OUTAGES)(
    'because %s, commands are refused in time, reads are answered, and nothing is lost or doubled after it',
    (_, run, { begin, end }) =>
      installed(async (at) => {
        const before = idOf(run, COMMANDS - 1);
        expect((await register(at, before)).status).toBe(201);

        begin(at);
        const refused = all(at, run)
          .slice(0, COMMANDS - 1)
          .map(timed);
        await until(async () => (await ready(at)).status === 503, COMMAND_MS);
        const [store] = (await ready(at)).body.checks.filter(({ name }) => name === 'store');
        expect(store).toMatchObject({ status: 'fault', detail: expect.stringMatching(/answer/) });
        for (let n = 0; n < 20; n++) {
          const read = await timed(at.product.api.get(`/api/organizations/${before}`));
          expect(read.answer.status).toBe(200);
          expect(read.ms).toBeLessThan(READ_MS);
        }
        for (const { answer, ms } of await Promise.all(refused)) {
          expectProblem(answer, 503, 'store-unavailable');
          expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
          expect(ms).toBeLessThan(COMMAND_MS);
        }

        end(at);
        const began = performance.now();
        await until(async () => (await Promise.all(all(at, run))).every(({ status }) => status < 300), BACK_MS);
        await until(async () => (await ready(at)).status === 200, BACK_MS - (performance.now() - began));
        const repeated = await Promise.all(all(at, run));
        expect(repeated.map(({ body }) => body.revision)).toEqual(Array(COMMANDS).fill(0));
        await expectOnce(at, run);
      }),
    150_000,
  );

  it.concurrent(
    'because it writes and does not answer, a command that was repeated is found to have been recorded',
    () =>
      installed(async (at) => {
        at.server.nodes[0]!.faults = { afterAppend: () => new Promise(() => {}) };
        for (const { answer, ms } of await Promise.all(all(at, 'unanswered').map(timed))) {
          const { detail } = expectProblem(answer, 503, 'store-unavailable');
          expect(detail).not.toContain('Nothing was recorded');
          expect(ms).toBeLessThan(COMMAND_MS);
        }
        at.server.nodes[0]!.faults = {};
        const repeated = await Promise.all(all(at, 'unanswered'));
        expect(repeated.map(({ status, body }) => [status < 300, body.revision])).toEqual(
          Array(COMMANDS).fill([true, 0]),
        );
        await expectOnce(at, 'unanswered');
      }),
    150_000,
  );

  it.concurrent(
    'for the moment in which a connection breaks or dies, commands only take longer',
    () =>
      installed(async (at) => {
        for (const [n, breaks] of (['cut', 'halfOpen', 'cut', 'halfOpen'] as const).entries()) {
          const commands = all(at, `moment${n}`);
          await at.proxy.afterBytes(1_500 * (n + 1));
          at.proxy[breaks]();
          for (const { status } of await Promise.all(commands)) expect(status).toBe(201);
          await expectOnce(at, `moment${n}`);
        }
      }),
    150_000,
  );
});
