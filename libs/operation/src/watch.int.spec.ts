import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type EventStore, SqliteEventStore } from '#event-store';
import { readConfiguration } from './configuration/configuration.js';
import { MOST_COUNTED } from './health/backlog.js';
import type { QueueDepth } from './health/checks.js';
import { OperationServer } from './health/operation-server.js';
import { openLog } from './logs/log.js';
import { MeasuredStore } from './metrics/measured-store.js';
import { Metrics } from './metrics/metrics.js';
import { watch } from './watch.js';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');
const log = openLog({ level: 'error', format: 'text' }, 'test');
const digest = { isForAll: true, covering: async () => undefined };

let folder: string;
let store: EventStore;
let metrics: Metrics;
let head: { sequence: number; position?: string };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-'));
  metrics = new Metrics();
  store = new MeasuredStore(SqliteEventStore.open(join(folder, 'events.sqlite')), metrics.appends);
  head = { sequence: -1 };
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const event = (recordedAt: string) => ({
  id: randomUUID(),
  type: 'OrganizationRegistered',
  data: {},
  metadata: { recordedAt },
});

function readiness(queue?: { depth(): Promise<QueueDepth> }) {
  return watch({
    configuration: readConfiguration({ DATA_DIR: folder }),
    version: '1.2.3',
    metrics,
    store,
    views: { head, trouble: undefined },
    categories: ['organization'],
    ...(queue && { queue }),
    now: () => NOW,
  });
}

/** The values of a metric, by its labels. */
async function valuesOf(name: string): Promise<Record<string, number>> {
  const lines = (await metrics.text())
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('the metrics', () => {
  it('count appends by their outcome, and how long they took', async () => {
    const first = event('2026-11-22T09:00:00.000Z');
    await store.append('organization-a', 'no-stream', [first]);
    await store.append('organization-a', 'no-stream', [first]);
    await expect(store.append('organization-a', 5, [event('2026-11-22T09:00:00.000Z')])).rejects.toThrow(
      'organization-a',
    );
    await store.close();
    await expect(store.append('organization-b', 'no-stream', [first])).rejects.toThrow('closed');
    expect(await valuesOf('para71_append_duration_seconds_count')).toEqual({
      '{outcome="recorded"}': 1,
      '{outcome="repeated"}': 1,
      '{outcome="refused"}': 1,
      '{outcome="failed"}': 1,
    });
    const [buckets, sums] = [
      await valuesOf('para71_append_duration_seconds_bucket'),
      await valuesOf('para71_append_duration_seconds_sum'),
    ];
    expect(buckets['{outcome="recorded",le="+Inf"}']).toBe(1);
    expect(sums['{outcome="recorded"}']).toBeGreaterThan(0);
    expect(sums['{outcome="recorded"}']).toBeLessThan(5);
  });

  it('tell how long appends took', async () => {
    const slow = SqliteEventStore.open(join(folder, 'slow.sqlite'));
    const append = slow.append.bind(slow);
    let took = 0;
    slow.append = async (...given) => {
      const began = performance.now();
      await delay(120);
      const appended = await append(...given);
      took += performance.now() - began;
      return appended;
    };
    const measured = new MeasuredStore(slow, metrics.appends);
    const began = performance.now();
    await measured.append('organization-a', 'no-stream', [event('2026-11-22T09:00:00.000Z')]);
    await measured.append('organization-b', 'no-stream', [event('2026-11-22T09:00:00.000Z')]);
    const all = performance.now() - began;
    const { '{outcome="recorded"}': sum } = await valuesOf('para71_append_duration_seconds_sum');
    expect(sum! * 1_000).toBeGreaterThanOrEqual(took);
    expect(sum! * 1_000).toBeLessThanOrEqual(all);
    const buckets = await valuesOf('para71_append_duration_seconds_bucket');
    expect(['0.1', '+Inf'].map((le) => buckets[`{outcome="recorded",le="${le}"}`])).toEqual([0, 2]);
    await measured.close();
  });

  it('are cumulative in their buckets, with bounds that belong to them', async () => {
    const tally = metrics.requests.tally({ method: 'GET', route: '/', status: '2xx' });
    for (const seconds of [0.0005, 0.0006, 0.3, 100]) tally.add(seconds);
    const buckets = await valuesOf('para71_http_request_duration_seconds_bucket');
    const at = (le: string) => buckets[`{method="GET",route="/",status="2xx",le="${le}"}`];
    expect(['0.0005', '0.001', '0.25', '0.5', '10', '+Inf'].map(at)).toEqual([1, 2, 2, 3, 3, 4]);
  });

  it('say how far the views are behind, in events and in seconds', async () => {
    readiness();
    expect(await valuesOf('para71_projection_lag_events')).toEqual({ '': 0 });
    expect(await valuesOf('para71_projection_lag_seconds')).toEqual({ '': 0 });
  });

  it('count what the views have not shown, of what they follow', async () => {
    const { position } = await store.append('organization-a', 'no-stream', [event('2026-11-22T09:00:00.000Z')]);
    await store.append('organization-b', 'no-stream', [
      event('2026-11-22T09:59:30.000Z'),
      event('2026-11-22T09:59:59.000Z'),
    ]);
    await store.append('mail-1', 'no-stream', [event('2026-11-22T09:00:00.000Z')]);
    head = { sequence: 0, position };
    readiness();
    expect(await valuesOf('para71_projection_lag_events')).toEqual({ '': 2 });
    expect(await valuesOf('para71_projection_lag_seconds')).toEqual({ '': 30 });
  });

  it('do not count a long backlog to its end', async () => {
    const events = Array.from({ length: MOST_COUNTED + 50 }, () => event('2026-11-22T09:00:00.000Z'));
    await store.append('organization-a', 'no-stream', events);
    readiness();
    expect(await valuesOf('para71_projection_lag_events')).toEqual({ '': MOST_COUNTED });
    expect(await valuesOf('para71_projection_lag_seconds')).toEqual({ '': 3_600 });
  });

  it('show nothing of a store that is away, but that it is', async () => {
    readiness();
    await store.close();
    expect(await valuesOf('para71_store_up')).toEqual({ '': 0 });
    expect(await valuesOf('para71_projection_lag_events')).toEqual({});
    expect(await valuesOf('para71_views_phase')).toMatchObject({ '{phase="live"}': 1, '{phase="building"}': 0 });
  });

  it('show the queue, and where it is away', async () => {
    let away = false;
    readiness({
      depth: () =>
        away
          ? Promise.reject(new Error('Redis is away'))
          : Promise.resolve({ waiting: 3, delayed: 2, active: 1, failed: 0, oldestDueMs: 1_500 }),
    });
    expect(await valuesOf('para71_job_queue_depth')).toEqual({
      '{state="waiting"}': 3,
      '{state="delayed"}': 2,
      '{state="active"}': 1,
      '{state="failed"}': 0,
    });
    expect(await valuesOf('para71_oldest_overdue_job_seconds')).toEqual({ '': 1.5 });
    expect(await valuesOf('para71_job_queue_up')).toEqual({ '': 1 });
    away = true;
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await valuesOf('para71_job_queue_up')).toEqual({ '': 0 });
    expect(await valuesOf('para71_job_queue_depth')).toEqual({});
  });

  it('have room for what others count', async () => {
    metrics.gauge('para71_mails_unsent', 'Mails that have not left', () => 4);
    metrics.gauge('para71_broken', 'Fails', () => Promise.reject(new Error('no')));
    expect(await valuesOf('para71_mails_unsent')).toEqual({ '': 4 });
    expect(await valuesOf('para71_broken')).toEqual({});
  });
});

describe('the server of a process without an API', () => {
  it('answers for health and metrics as the API does', async () => {
    const server = await OperationServer.listen({
      host: '127.0.0.1',
      port: 0,
      readiness: readiness(),
      metrics,
      log,
      digest,
    });
    const { address } = server;
    const get = (path: string, method = 'GET') => fetch(address + path, { method });
    expect(await (await get('/health/live')).json()).toEqual({ status: 'live' });
    const ready = await get('/health/ready?x=1');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: 'ready', checks: [{ name: 'store', status: 'ok' }, {}, {}] });
    const scraped = await get('/metrics');
    expect(scraped.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await scraped.text()).toContain('para71_build_info{version="1.2.3"} 1');
    expect((await get('/api/events')).status).toBe(404);
    expect((await get('/metrics', 'POST')).status).toBe(405);
    await server.close();
    await expect(get('/health/live')).rejects.toThrow('fetch failed');
  });

  it('is not ready while the log cannot be read', async () => {
    const server = await OperationServer.listen({ host: '::1', port: 0, readiness: readiness(), metrics, log, digest });
    await store.close();
    const answer = await fetch(`${server.address}/health/ready`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Retry-After')).toBe('1');
    expect(await answer.json()).toMatchObject({
      status: 'not-ready',
      checks: [{ name: 'store', status: 'fault', detail: 'The event store is closed.' }, {}, {}],
    });
    await server.close();
  });
});
