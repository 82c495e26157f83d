import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type NewEvent, PAGE_SIZE, type ReadAllOptions } from '#event-store';
import { type RunningProduct, runProduct, temporaryFolder } from '../support/product.js';
import { openLog } from '../support/setup.js';

/** Some 24 MB: more than what the buffers between two sockets hold. */
const PAGES = 16;
/** Of each organization. */
const TELLINGS = 100;
const DESCRIPTION = 'An example. '.repeat(110);

let product: RunningProduct;
let socket: Socket | undefined;
const reading = { pages: 0, ended: false };

beforeAll(async () => {
  const dataDir = temporaryFolder();
  const store = await openLog(dataDir);
  const metadata = { recordedAt: '2026-01-15T09:30:00.000Z', v: '1' };
  const profile = { kind: 'ACADEMIC', description: DESCRIPTION };
  const eventAt = (n: number) => {
    const id = `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`;
    const [type, data] =
      n % TELLINGS === 0
        ? ['OrganizationRegistered', { name: `Example ${n}`, profile, sources: [] }]
        : ['OrganizationProfileRevised', { profile, reason: 'An example.', sources: [] }];
    return { id, type, data, metadata } as NewEvent;
  };
  for (let n = 0; n < PAGES * PAGE_SIZE; n += TELLINGS) {
    const events = Array.from({ length: TELLINGS }, (_, more) => eventAt(n + more));
    await store.append(`organization-example-${n}`, 'no-stream', events);
  }
  await store.close();
  product = await runProduct({ dataDir });
  watch(product);
}, 60_000);

afterAll(() => product.remove());

afterEach(() => {
  socket?.destroy();
});

beforeEach(() => {
  Object.assign(reading, { pages: 0, ended: false });
});

/** The reading of the whole record, and not what jobs read meanwhile. */
function watch({ store }: RunningProduct): void {
  const readPages = store.readPages.bind(store);
  store.readPages = async function* (options?: ReadAllOptions) {
    if (options?.limit !== PAGES * PAGE_SIZE) {
      yield* readPages(options);
      return;
    }
    try {
      for await (const page of readPages(options)) {
        reading.pages++;
        yield page;
      }
    } finally {
      reading.ended = true;
    }
  };
}

/** Asks for the whole record and does not go on reading after the first bytes. */
async function askAndStop(): Promise<Socket> {
  socket = connect(Number(new URL(product.address).port), '127.0.0.1');
  socket.write('GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'data');
  socket.pause();
  return socket;
}

const settled = async () => {
  for (let before = -1; before !== reading.pages; await wait(300)) before = reading.pages;
};

/** A test that waits for it in vain ends by its time limit. */
const toItsEnd = async () => {
  while (!reading.ended) await wait(20);
};

describe('whoever reads the record', () => {
  it('slowly, holds nothing but themselves up', async () => {
    const socket = await askAndStop();
    await settled();
    expect(reading.ended).toBe(false);
    expect(reading.pages).toBeLessThan(PAGES);
    expect((await product.api.get('/api/organizations?limit=1')).status).toBe(200);
    let bytes = 0;
    socket.on('data', (chunk) => (bytes += chunk.length)).resume();
    await toItsEnd();
    expect(reading).toEqual({ pages: PAGES, ended: true });
    // All of it comes, if some of it later; else this ends by its time limit.
    while (bytes <= PAGES * PAGE_SIZE * DESCRIPTION.length) await wait(20);
    socket.destroy();
  }, 60_000);

  it('and goes away, ends the reading', async () => {
    const socket = await askAndStop();
    socket.destroy();
    await toItsEnd();
    expect(reading.pages).toBeLessThan(PAGES);
    expect((await product.api.get('/health/ready')).status).toBe(200);
  }, 60_000);
});
