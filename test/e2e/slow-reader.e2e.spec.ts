import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PAGE_SIZE, type ReadAllOptions, SqliteEventStore } from '#event-store';
import { type RunningProduct, runProduct, temporaryFolder } from '../support/product.js';

/** Some 24 MB: more than what the buffers between two sockets hold. */
const PAGES = 16;
const DESCRIPTION = 'An example. '.repeat(110);

let product: RunningProduct;
const reading = { pages: 0, ended: false };

beforeAll(async () => {
  const dataDir = temporaryFolder();
  const store = SqliteEventStore.open(join(dataDir, 'events.sqlite'));
  const metadata = { recordedAt: '2026-01-15T09:30:00.000Z', v: '1' };
  const profile = { kind: 'ACADEMIC', description: DESCRIPTION };
  const appends = Array.from({ length: PAGES * PAGE_SIZE }, (_, n) => {
    const id = `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`;
    const data = { name: `Example ${n}`, profile, sources: [] };
    const event = { id, type: 'OrganizationRegistered', data, metadata };
    return store.append(`organization-example-${n}`, 'no-stream', [event]);
  });
  await Promise.all(appends);
  await store.close();
  product = await runProduct({ dataDir });
  watch(product);
}, 60_000);

afterAll(() => product.remove());

beforeEach(() => {
  Object.assign(reading, { pages: 0, ended: false });
});

function watch({ store }: RunningProduct): void {
  const readPages = store.readPages.bind(store);
  store.readPages = async function* (options?: ReadAllOptions) {
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
  const socket = connect(Number(new URL(product.address).port), '127.0.0.1');
  socket.write('GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'data');
  socket.pause();
  return socket;
}

const settled = async () => {
  for (let before = -1; before !== reading.pages; await wait(300)) before = reading.pages;
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
    await settled();
    expect(reading).toEqual({ pages: PAGES, ended: true });
    expect(bytes).toBeGreaterThan(PAGES * PAGE_SIZE * DESCRIPTION.length);
    socket.destroy();
  }, 20_000);

  it('and goes away, ends the reading', async () => {
    const socket = await askAndStop();
    socket.destroy();
    await settled();
    expect(reading.ended).toBe(true);
    expect(reading.pages).toBeLessThan(PAGES);
    expect((await product.api.get('/health/ready')).status).toBe(200);
  }, 20_000);
});
