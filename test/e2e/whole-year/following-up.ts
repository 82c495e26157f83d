import { expect, it } from '@jest/globals';
import { expectProblem } from '../../support/api.js';
import type { Persona } from '../../support/people.js';
import { REGISTRY, everybody, reportOf, signature, written, type Receipt, type Report, type Year } from './year.js';

/** What is asked back, and what is amended. */
export function followedUp(year: Year): void {
  it('is asked back about, and answered', async () => {
    const address = reportOf(REGISTRY);
    const question = { clarification: 'Q-1', section: 'S04', question: 'When was it signed?', visibility: 'public' };
    expectProblem(
      await year.attempt(year.formerly, 'POST', `${address}/clarifications`, question),
      403,
      'conflict-of-interest',
    );
    await year.does(year.otherSecretary, 'POST', `${address}/clarifications`, { ...question, dueOn: '2025-09-30' });
    expect(await year.reads<Report>(everybody, address)).toMatchObject({ report: { openClarifications: 1 } });
    const answer = { text: 'On 14 February.', visibility: 'public' };
    await year.does(year.registry.contributor, 'POST', `${address}/clarifications/Q-1/answer`, answer);
    expect(await year.reads<Report>(everybody, address)).toMatchObject({ report: { openClarifications: 0 } });
    const { clarifications } = await year.reads<{ clarifications: object[] }>(
      everybody,
      `${address}/changes?since=${year.read}`,
    );
    expect(clarifications).toMatchObject([{ clarification: 'Q-1', state: 'answered' }]);
  });

  it('is amended in the section that was reopened and in no other, and version 1 stays what it was', async () => {
    const address = reportOf(REGISTRY);
    const first = await year.reads<Receipt>(year.registry.contributor, `${address}/receipts/1`);
    const amendment = { reason: 'The day was missing.', material: true, sections: ['S04'] };
    await year.does(year.registry.signatory, 'POST', `${address}/amendment`, amendment);
    const { revision: seen } = await year.reads<Report>(year.registry.contributor, `${address}?version=draft`);
    const elsewhere = await year.attempt(
      year.registry.contributor,
      'PUT',
      `${address}/sections/S01`,
      written('Us.', { seen }),
    );
    expectProblem(elsewhere, 409, 'section-not-reopened');
    const sign = (as: Persona) => year.attempt(as, 'POST', `${address}/submission`, signature(as, '2025-09-10'));
    expectProblem(await sign(year.registry.signatory), 409, 'nothing-changed');
    const dated = written('We carried on the agreement of 14 February.', { seen });
    await year.does(year.registry.contributor, 'PUT', `${address}/sections/S04`, dated);
    expect((await sign(year.registry.signatory)).status).toBe(200);
    expect((await sign(year.registry.otherSignatory)).status).toBe(200);
    expect(await year.reads<Receipt>(year.registry.contributor, `${address}/receipts/1`)).toEqual(first);
    const texts = async (version: number) =>
      (await year.reads<Report>(year.registry.contributor, `${address}?version=${version}`)).sections.map(
        ({ text }) => text,
      );
    expect(await texts(1)).toContain('We carried the agreement on.');
    expect(await texts(2)).toContain('We carried on the agreement of 14 February.');
    // Punctual is who was punctual first.
    expect(await year.reads<Report>(year.auditor, address)).toMatchObject({ version: 2, punctuality: 'on-time' });
  });
}
