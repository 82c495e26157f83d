import { expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EventLine } from '../../support/api.js';
import { runProduct } from '../../support/product.js';
import { PEOPLE, REGISTRY, STANDARDS, YEAR, everybody, reportOf, source, type Report, type Year } from './year.js';

/** What the year looks like from later on. */
export function lookedBackOn(year: Year): void {
  it('is compared with the year before', async () => {
    const comparison = await year.reads<{ figures: object; claims: object; sections: { section: string }[] }>(
      everybody,
      `/api/organizations/${REGISTRY}/comparison?years=2024,${YEAR}`,
    );
    expect(comparison.figures).toMatchObject({ items: [{ indicator: 'participants', change: 34 }] });
    expect(comparison.claims).toMatchObject({ items: [{ criterion: 'C71-PACE' }, { criterion: 'C71-STAKEHOLDERS' }] });
    expect(comparison.sections.length).toBeGreaterThan(5);
  });

  it('Trap (opendatasurvey#735, opendatasurvey#491): is neither hidden nor mixed up when the next one begins', async () => {
    const list = (of: number) =>
      year.reads<{ items: object[] }>(everybody, `/api/reports?series=ec-performance&year=${of}`);
    const before = (await list(YEAR)).items;
    const next = { title: 'Round of 2026', opensOn: '2026-03-01', sources: [source] };
    await year.does(year.secretary, 'PUT', '/api/cycles/ec-performance/2026', next);
    expect((await list(2026)).items).toEqual([]);
    const address = reportOf(STANDARDS, 2026);
    const started = { on: '2026-04', prefilledFrom: YEAR };
    await year.does(year.standards.contributor, 'POST', `${address}/draft`, started);
    expect((await list(2026)).items).toMatchObject([{ organization: STANDARDS, phase: 'draft' }]);
    // What was not published when the year ended is still there to be.
    expect((await list(YEAR)).items).toEqual(before);
    await year.does(year.secretary, 'POST', `${reportOf(STANDARDS)}/publication`, { version: 1 });
    await year.does(year.otherSecretary, 'POST', `${reportOf(STANDARDS)}/publication`, { version: 1 });
    expect(await year.reads<Report>(everybody, reportOf(STANDARDS))).toMatchObject({ report: { published: 1 } });
  });

  it('can be read as it stood at an earlier moment', async () => {
    const address = reportOf(REGISTRY);
    expect(await year.reads<Report>(year.auditor, `${address}?asOf=${year.early}`)).toMatchObject({
      asOf: year.early,
      report: { phase: 'draft', deadline: '2025-06-30' },
    });
    const then = await year.reads<Report>(year.auditor, `${address}?asOf=${year.read}`);
    expect(then).toMatchObject({ version: 1, report: { phase: 'submitted' } });
    expect(then.sections.map(({ text }) => text)).toContain('We carried the agreement on.');
    expect(then.report).not.toHaveProperty('published');
  });

  it('is told again by its events alone, to the last word', async () => {
    const { text } = await year.product.api.get('/api/events', year.auditor.headers);
    const sequences = text.split('\n').flatMap((line) => (line ? [(JSON.parse(line) as EventLine).sequence] : []));
    const digest = await year.reads<{ sequence: number; digest: string }>(year.auditor, '/health/digest');
    expect(sequences).toEqual(Array.from({ length: digest.sequence + 1 }, (_, n) => n));
    const address = reportOf(REGISTRY);
    const before = await year.reads<Report>(everybody, address);
    const { dataDir } = year.product;
    await year.product.close();
    rmSync(join(dataDir, 'views'), { recursive: true });
    year.product = await runProduct({ dataDir, env: PEOPLE });
    expect(await year.reads(year.auditor, '/health/digest')).toEqual(digest);
    expect(await year.reads<Report>(everybody, address)).toEqual(before);
  });
}
