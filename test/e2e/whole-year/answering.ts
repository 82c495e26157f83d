import { expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { expectProblem } from '../../support/api.js';
import type { Persona } from '../../support/people.js';
import {
  REGISTRY,
  STANDARDS,
  YEAR,
  everybody,
  reportOf,
  signature,
  written,
  type Readiness,
  type Receipt,
  type Report,
  type Section,
  type Year,
} from './year.js';

const CLAIMS = [
  { criterion: 'C71-PACE', text: 'Signed within four months.' },
  { criterion: 'C71-STAKEHOLDERS', text: 'Users were heard.' },
];

/** Both reports, up to their signatures. */
export function answered(year: Year): void {
  it("is begun with last year's words, of each of which somebody says whether it still holds", async () => {
    const address = reportOf(REGISTRY);
    const { sequence } = await year.does(year.registry.contributor, 'POST', `${address}/draft`, {
      on: '2025-04-02',
      prefilledFrom: 2024,
    });
    year.early = sequence;
    const draft = await year.reads<Report>(year.registry.contributor, `${address}?version=draft`);
    expect(new Set(draft.sections.map(({ origin }) => origin))).toEqual(new Set(['prefilled']));
    const [dropped, changed, ...kept] = draft.sections;
    const decision = ({ section, lang }: Section, what: string) =>
      year.does(year.registry.contributor, 'POST', `${address}/sections/${section}/decision`, { lang, decision: what });
    await decision(dropped!, 'drop');
    for (const section of kept) await decision(section, 'still-true');
    const { revision: seen } = changed!;
    const anew = written('We keep the register with users.', { seen });
    await year.does(year.registry.contributor, 'PUT', `${address}/sections/${changed!.section}`, anew);
    const { blockers } = await year.reads<Readiness>(year.registry.contributor, `${address}/readiness`);
    expect(blockers.map(({ code }) => code)).not.toContain('carried-over-undecided');
    expect(blockers).toContainEqual(expect.objectContaining({ code: 'section-missing', section: dropped!.section }));
  });

  it('is written in two languages, delegated, with an action cited for two criteria and a figure', async () => {
    const address = reportOf(REGISTRY);
    const delegation = { to: year.registry.otherSignatory.person, note: 'You were there.' };
    await year.does(year.registry.signatory, 'POST', `${address}/sections/S04/delegation`, delegation);
    // Whoever is asked reads what they were asked for.
    const { report } = await year.reads<Report>(year.registry.otherSignatory, `${address}?version=draft`);
    expect(report).toMatchObject({ delegations: { S04: delegation } });
    const S04 = `${address}/sections/S04`;
    await year.does(year.registry.otherSignatory, 'PUT', S04, written('We carried the agreement on.'));
    const french = written('Nous avons poursuivi l’accord.', { lang: 'fr' });
    await year.does(year.registry.contributor, 'PUT', S04, french);
    const unread = await year.attempt(year.registry.contributor, 'PUT', S04, written('We began it.'));
    expectProblem(unread, 409, 'section-changed');
    await year.writesWhatIsMissing(year.registry.contributor, address);
    await year.does(year.registry.contributor, 'PUT', `${address}/citations/EX-1`, {
      claims: CLAIMS,
    });
    const { warnings } = await year.reads<Readiness>(year.registry.contributor, `${address}/readiness`);
    expect(warnings).toMatchObject([{ code: 'figure-dropped' }]);
    await year.does(year.registry.contributor, 'PUT', `${address}/figures/participants`, {
      value: 214,
      unit: 'people',
    });
    expect(await year.reads<Readiness>(year.registry.contributor, `${address}/readiness`)).toMatchObject({
      blockers: [],
      warnings: [],
      signatures: { needed: 2, given: [] },
    });
  });

  it('is signed by two persons, and gets a receipt with number, time, version, and a hash that anybody can compute', async () => {
    const address = reportOf(REGISTRY);
    const sign = (as: Persona) => year.attempt(as, 'POST', `${address}/submission`, signature(as, '2025-06-20'));
    expect((await sign(year.registry.signatory)).status).toBe(200);
    expectProblem(await sign(year.registry.signatory), 409, 'second-person-needed');
    const before = new Date().toISOString();
    expect((await sign(year.registry.otherSignatory)).status).toBe(200);
    const after = new Date().toISOString();
    const receipt = await year.reads<Receipt>(year.registry.contributor, `${address}/receipts/1`);
    expect(receipt).toMatchObject({
      number: `ec-performance/${YEAR}/${REGISTRY}/1`,
      version: 1,
      firstSignatory: year.registry.signatory.person,
    });
    // The time is that of the event which submitted it, in UTC.
    expect(receipt.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(before <= receipt.recordedAt && receipt.recordedAt <= after).toBe(true);
    const { text } = await year.product.api.get(`/api/events/${receipt.sequence}`, year.registry.contributor.headers);
    expect(JSON.parse(text)).toMatchObject({
      type: 'ReportSubmitted',
      data: { version: 1 },
      metadata: { recordedAt: receipt.recordedAt, actor: year.registry.otherSignatory.person },
    });
    // And the hash is that of what is read as this version, put together apart from the product.
    const { sections } = await year.reads<Report>(year.registry.contributor, `${address}?version=1`);
    const content = {
      number: receipt.number,
      sections: sections.map(({ section, lang, text: said }) => ({ section, lang, text: said })),
      citations: [{ action: 'EX-1', claims: CLAIMS }],
      figures: [{ indicator: 'participants', value: 214, unit: 'people' }],
    };
    expect(receipt.sha256).toBe(hash('sha256', canonical(content)));
    expect(receipt.content).toEqual(content);
    // What is not published is there for the public, and no more than that.
    expect((await year.product.api.get(`${address}/receipts/1`)).status).toBe(401);
    expect(await year.reads<Report>(everybody, address)).toMatchObject({ sections: [], punctuality: 'on-time' });
    expect(await year.reads<Report>(year.auditor, address)).toMatchObject({ version: 1 });
    year.read = receipt.sequence;
  });

  it('is reported on by the other one in the meantime, late', async () => {
    const address = reportOf(STANDARDS);
    await year.does(year.standards.contributor, 'POST', `${address}/draft`, { on: '2025-07-01' });
    await year.writesWhatIsMissing(year.standards.contributor, address);
    const signed = { ...signature(year.standards.signatory, '2025-08-04'), reservation: 'As a courtesy.' };
    await year.does(year.standards.signatory, 'POST', `${address}/submission`, signed);
    expect(await year.reads<Report>(everybody, address)).toMatchObject({
      report: { status: 'ANSWERED_WITH_RESERVATION' },
      punctuality: 'late',
    });
  });
}

/** RFC 8785 for what a receipt holds: members sorted by their names, no spaces. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}
