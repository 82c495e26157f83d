import { expect, it } from '@jest/globals';
import { expectProblem } from '../../support/api.js';
import type { Persona } from '../../support/people.js';
import { REGISTRY, STANDARDS, everybody, reportOf, type Report, type SideBySide, type Year } from './year.js';

/** What a reviewer finds, and what becomes public of it. */
export function assessed(year: Year): void {
  it('is reviewed by whoever never acted for the organization, and by nobody else', async () => {
    const of = (person: Persona) => `${reportOf(REGISTRY)}/assessments/${person.person}`;
    const assigned = { from: '2025-09-15' };
    expectProblem(await year.attempt(year.secretary, 'PUT', of(year.formerly), assigned), 403, 'conflict-of-interest');
    await year.does(year.secretary, 'PUT', of(year.reviewer), assigned);
    // Of the organization that they never worked for they may.
    await year.does(year.secretary, 'PUT', `${reportOf(STANDARDS)}/assessments/${year.formerly.person}`, assigned);
    await year.does(year.reviewer, 'POST', `${of(year.reviewer)}/no-conflict`);
  });

  it('is found on: drafted, shown, commented on, and public only once its version is', async () => {
    const address = reportOf(REGISTRY);
    const finding = `${address}/assessments/${year.reviewer.person}/findings/F-1`;
    const { asOf } = await year.reads<Report>(year.reviewer, address);
    const statement = 'The minutes show five months, and not four.';
    await year.does(year.reviewer, 'PUT', finding, {
      criterion: 'C71-PACE',
      statement,
      evidence: [{ action: 'EX-1' }, { section: 'S04' }],
      version: 2,
      sequence: asOf,
    });
    const seenBy = async (as: typeof everybody) => {
      const { criteria } = await year.reads<SideBySide>(as, `${address}/assessments`);
      return criteria.flatMap(({ findings }) => findings).map(({ standing }) => standing);
    };
    expect(await seenBy(year.reviewer)).toEqual(['draft']);
    for (const other of [everybody, year.registry.contributor, year.standards.contributor, year.formerly]) {
      expect(await seenBy(other)).toEqual([]);
    }
    await year.does(year.reviewer, 'POST', `${finding}/showing`, { until: '2999-12-31' });
    expect(await seenBy(year.registry.contributor)).toEqual(['shown']);
    expect(await seenBy(everybody)).toEqual([]);
    expectProblem(await year.attempt(year.secretary, 'POST', `${finding}/publication`), 409, 'organization-not-heard');
    await year.does(year.registry.signatory, 'POST', `${finding}/comments`, { text: 'Four, by our count.' });
    expectProblem(await year.attempt(year.secretary, 'POST', `${finding}/publication`), 409, 'version-not-published');

    expectProblem(
      await year.attempt(year.formerly, 'POST', `${address}/notes`, { version: 2, sequence: asOf }),
      403,
      'forbidden',
    );
    await year.does(year.secretary, 'POST', `${address}/notes`, {
      version: 2,
      sequence: asOf,
      note: 'At its second meeting.',
    });
    const publish = (as: Persona) => year.attempt(as, 'POST', `${address}/publication`, { version: 2 });
    expect((await publish(year.secretary)).status).toBe(200);
    expectProblem(await publish(year.secretary), 409, 'second-person-needed');
    expectProblem(await publish(year.formerly), 403, 'forbidden');
    expect((await publish(year.otherSecretary)).status).toBe(200);
    await year.does(year.secretary, 'POST', `${finding}/publication`);
    const { criteria } = await year.reads<SideBySide>(everybody, `${address}/assessments`);
    expect(criteria.find(({ criterion }) => criterion === 'C71-PACE')).toMatchObject({
      claims: [{ text: 'Signed within four months.' }],
      findings: [{ standing: 'published', statement, comments: ['Four, by our count.'] }],
    });
    const conclusion = `${address}/assessments/${year.reviewer.person}/conclusion`;
    await year.does(year.reviewer, 'POST', conclusion, { summary: 'Read with care.' });
  });

  it('is withheld in a part, and says so with the reason, so that nobody takes it for a leak', async () => {
    const address = reportOf(REGISTRY);
    const secret = (await year.reads<Report>(everybody, address)).sections.find(
      ({ section }) => section === 'S13',
    )!.text;
    const reason = 'It names a person.';
    await year.does(year.otherSecretary, 'POST', `${address}/withheld-parts`, { version: 2, part: 'S13', reason });
    const { text } = await year.product.api.get(address);
    expect(text).not.toContain(secret);
    expect(text).toContain(reason);
  });
}
