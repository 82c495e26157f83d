import { describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { jobsCheck, viewsCheck } from './checks.js';
import { type Finding, type HealthCheck, Readiness } from './readiness.js';

const check = (name: string, look: HealthCheck['look'], otherwise: 'warning' | 'fault' = 'fault'): HealthCheck => ({
  name,
  otherwise,
  look,
});
const ok: Finding = { status: 'ok', detail: 'Fine.' };

describe('readiness', () => {
  it('is there while nothing is a fault, and says what was found', async () => {
    const full: Finding = { status: 'warning', detail: 'Only 0.5 GiB free.' };
    const report = await new Readiness([check('store', () => ok), check('disk', () => full)]).report();
    expect(report).toEqual({
      isReady: true,
      checks: [
        { name: 'store', ...ok },
        { name: 'disk', ...full },
      ],
    });
  });

  it('is not there with one fault, and says all reasons', async () => {
    const checks = [
      check('store', () => Promise.reject(new Error('kurrentdb://me:hunter2@db is away'))),
      check('jobs', () => Promise.reject(new Error('Redis is away')), 'warning'),
    ];
    expect(await new Readiness(checks).report()).toEqual({
      isReady: false,
      checks: [
        { name: 'store', status: 'fault', detail: 'kurrentdb://[redacted]@db is away.' },
        { name: 'jobs', status: 'warning', detail: 'Redis is away.' },
      ],
    });
  });

  it('does not wait for what does not answer, nor ask it again meanwhile', async () => {
    let asked = 0;
    const hanging = check('store', () => {
      asked++;
      return new Promise(() => undefined);
    });
    const readiness = new Readiness([hanging], { forMs: 1, withinMs: 20 });
    for (let n = 0; n < 3; n++) {
      const { isReady, checks } = await readiness.report();
      expect(isReady).toBe(false);
      expect(checks[0]?.detail).toBe('There was no answer within 20 ms.');
    }
    expect(asked).toBe(1);
  });

  it('looks once for all who ask at the same time, and again later', async () => {
    let looked = 0;
    const counting = check('store', async () => {
      looked++;
      return ok;
    });
    const readiness = new Readiness([counting], { forMs: 60_000 });
    await Promise.all([readiness.report(), readiness.report()]);
    await readiness.report();
    expect(looked).toBe(1);
    const forgetful = new Readiness([counting], { forMs: 20 });
    await forgetful.report();
    await wait(40);
    await forgetful.report();
    expect(looked).toBe(3);
  });

  it('ends when the process does', async () => {
    const readiness = new Readiness([check('store', () => ok)]);
    readiness.end();
    const { isReady, checks } = await readiness.report();
    expect(isReady).toBe(false);
    expect(checks[0]).toMatchObject({ name: 'process', status: 'fault' });
  });
});

describe('what is found of the views', () => {
  const found = (trouble?: object) =>
    viewsCheck({ head: { sequence: 7 }, trouble: trouble as never }).look() as Finding;

  it.each([
    [undefined, 'ok', 'They tell the present, up to sequence 7.'],
    [{ reason: 'building', progress: { events: 1200 } }, 'fault', 'They are building, 1200 events so far; until then'],
    [{ reason: 'failed', detail: 'disk full' }, 'fault', 'They stopped at sequence 7: disk full'],
    [{ reason: 'not-started' }, 'fault', 'They are not-started'],
  ])('says for %j: %s', (trouble, status, detail) => {
    expect(found(trouble).status).toBe(status);
    expect(found(trouble).detail).toContain(detail);
  });
});

describe('what is found of the jobs', () => {
  const depth = { waiting: 3, delayed: 2, active: 1, failed: 0, oldestDueMs: 0 };
  const found = (failed: number) => jobsCheck({ depth: () => Promise.resolve({ ...depth, failed }) }).look();

  it('is a warning where one was given up', async () => {
    expect(await found(0)).toEqual({ status: 'ok', detail: '3 waiting, 2 for later, 1 at work.' });
    expect(await found(1)).toMatchObject({ status: 'warning', detail: expect.stringContaining('1 given up') });
  });
});
