import { expect, it } from '@jest/globals';
import { expectProblem } from '../../support/api.js';
import { exampleAction } from '../../support/example-action.js';
import { exampleOrganization } from '../../support/example-organization.js';
import type { Persona } from '../../support/people.js';
import { REGISTRY, STANDARDS, YEAR, everybody, reportOf, signature, source, type Report, type Year } from './year.js';

/** Who reports, what was said before, and the question. */
export function asked(year: Year): void {
  it('begins on a record with two organizations, who acts for them, and what one of them said the year before', async () => {
    await year.does(
      year.secretary,
      'PUT',
      '/api/organizations/example-secretariat',
      exampleOrganization('Example Secretariat'),
    );
    for (const [slug, name, persons] of [
      [REGISTRY, 'Example Registry', year.registry],
      [STANDARDS, 'Sample Standards Body', year.standards],
    ] as const) {
      await year.does(year.secretary, 'PUT', `/api/organizations/${slug}`, exampleOrganization(name));
      for (const [as, { person }] of Object.entries<Persona>(persons)) {
        const role = as === 'contributor' ? 'contributor' : 'signatory';
        const appointed = { personId: person, role, from: '2023' };
        await year.does(year.secretary, 'POST', `/api/organizations/${slug}/appointments`, appointed);
      }
    }
    const former = { personId: year.formerly.person, role: 'contributor' };
    const appointments = `/api/organizations/${REGISTRY}/appointments`;
    await year.does(year.secretary, 'POST', appointments, { ...former, from: '2015' });
    await year.does(year.secretary, 'POST', `${appointments}/end`, { ...former, on: '2018' });
    const twice = { signatures: 2, reason: 'Its statutes' };
    await year.does(year.registry.signatory, 'PUT', `/api/organizations/${REGISTRY}/sign-off-rule`, twice);
    const action = exampleAction({ partners: [STANDARDS], cooperation: 'TECH_TECH', startedOn: { date: '2024' } });
    await year.does(year.registry.contributor, 'PUT', '/api/actions/EX-1', action);
    await year.does(year.registry.contributor, 'PUT', '/api/actions/EX-2', { ...action, title: 'Example meeting' });
    const partner = (joint: string) => `/api/actions/${joint}/partners/${STANDARDS}`;
    const forAnother = await year.attempt(year.registry.signatory, 'POST', `${partner('EX-1')}/confirmation`);
    expectProblem(forAnother, 403, 'forbidden');
    await year.does(year.standards.signatory, 'POST', `${partner('EX-1')}/confirmation`, {});
    const reason = { reason: 'We only attended.' };
    await year.does(year.standards.signatory, 'POST', `${partner('EX-2')}/dispute`, reason);
    for (const [joint, standing] of [
      ['EX-1', { standing: 'confirmed' }],
      ['EX-2', { standing: 'disputed', text: reason.reason }],
    ] as const) {
      const told = await year.reads<object>(everybody, `/api/actions/${joint}`);
      expect(told).toMatchObject({ partnerStandings: { [STANDARDS]: standing } });
    }

    const before = { title: 'Round of 2024', opensOn: '2024-03-01', sources: [source] };
    await year.does(year.secretary, 'PUT', '/api/cycles/ec-performance/2024', before);
    const address = reportOf(REGISTRY, 2024);
    await year.does(year.registry.contributor, 'POST', `${address}/draft`, { on: '2024-04' });
    await year.writesWhatIsMissing(year.registry.contributor, address);
    await year.does(year.registry.contributor, 'PUT', `${address}/figures/participants`, {
      value: 180,
      unit: 'people',
    });
    await year.does(
      year.registry.signatory,
      'POST',
      `${address}/submission`,
      signature(year.registry.signatory, '2024-05-20'),
    );
    await year.does(
      year.registry.otherSignatory,
      'POST',
      `${address}/submission`,
      signature(year.registry.otherSignatory, '2024-05-21'),
    );
    for (const by of [year.secretary, year.otherSecretary])
      await year.does(by, 'POST', `${address}/publication`, { version: 1 });
    await year.does(year.secretary, 'POST', '/api/cycles/ec-performance/2024/closing', { on: '2024-12-31' });
  });

  it('is opened with period, dates, guidance and a form, its due date is moved for a reason, and both are asked by letter', async () => {
    await year.does(year.secretary, 'PUT', `/api/cycles/ec-performance/${YEAR}`, {
      title: 'Round of 2025',
      requester: 'example-secretariat',
      opensOn: '2025-03-01',
      dueOn: '2025-05-31',
      period: { from: '2024', to: '2024' },
      form: 'para71/1',
      sources: [source],
    });
    await year.does(year.secretary, 'POST', `/api/cycles/ec-performance/${YEAR}/guidance`, {
      text: 'A letter is an answer.',
    });
    const later = { to: '2025-06-30', reason: 'The letters went out late.' };
    const moved = await year.does(year.secretary, 'PUT', `/api/cycles/ec-performance/${YEAR}/due-date`, later);
    expect(await year.reads<object>(everybody, `/api/cycles/ec-performance/${YEAR}`)).toMatchObject({
      cycle: {
        opensOn: '2025-03-01',
        dueOn: '2025-06-30',
        period: { from: '2024', to: '2024' },
        form: 'para71/1',
        guidance: [{ text: 'A letter is an answer.' }],
      },
    });
    expect(await year.reads<object>(everybody, `/api/events/${moved.sequence}`)).toMatchObject({
      type: 'CycleDueDateMoved',
      data: { from: '2025-05-31', ...later },
    });
    const log = await year.reads<object>(everybody, `/api/changes?cycle=ec-performance/${YEAR}&limit=1`);
    expect(JSON.stringify(log)).toContain(later.reason);
    for (const asked of [REGISTRY, STANDARDS]) {
      await year.does(year.secretary, 'POST', `${reportOf(asked)}/request`, {
        requester: 'example-secretariat',
        on: '2025-03-12',
        deadline: '2025-06-30',
        confidence: 'found',
        sources: [source],
      });
    }
    const { items } = await year.reads<{ items: object[] }>(
      everybody,
      `/api/reports?series=ec-performance&year=${YEAR}`,
    );
    expect(items).toMatchObject([
      { organization: REGISTRY, phase: 'requested', deadline: '2025-06-30', form: 'para71/1' },
      { organization: STANDARDS, phase: 'requested' },
    ]);
  });

  it('is acknowledged by both, and one of them is given more time', async () => {
    await year.does(year.registry.contributor, 'POST', `${reportOf(REGISTRY)}/acknowledgement`, { on: '2025-03-20' });
    await year.does(year.standards.contributor, 'POST', `${reportOf(STANDARDS)}/acknowledgement`, { on: '2025-03-25' });
    const more = { to: '2025-07-31', reason: 'Their council meets in July.' };
    await year.does(year.secretary, 'PUT', `${reportOf(STANDARDS)}/deadline`, more);
    expect(await year.reads<Report>(everybody, reportOf(STANDARDS))).toMatchObject({
      report: {
        phase: 'acknowledged',
        deadline: '2025-07-31',
        extensions: [{ from: '2025-06-30', reason: more.reason }],
      },
    });
  });
}
