import { bySecretary, type Deed, FIRST_DAY, source, type Stage } from './stage.js';

const sources = [source('Programme of the Example Forum')];

/** A policy option in each of the states that it can be in: tabled, argued, debated, handed on, taken up, closed. */
export function optionsOf(stage: Stage): Deed[] {
  const table = (day: number, option: string, issue: string, title: string) =>
    bySecretary(day, 'TableOption', {
      option,
      issue,
      title,
      description: `${title}: an option of this demonstration.`,
      by: { group: 'CS', organization: 'sample-network' },
      on: stage.date(day),
      confidence: 'found',
      sources,
    });
  const argue = (day: number, option: string) =>
    (['for', 'against'] as const).map((side, n) =>
      bySecretary(day, 'ArgueOption', {
        option,
        argument: `A-${n + 1}`,
        side,
        by: { group: side === 'for' ? 'CS' : 'PRIV' },
        text: side === 'for' ? 'Anybody could check what was changed.' : 'It costs more than it gives.',
        sources,
      }),
    );
  const debate = (day: number, option: string) =>
    bySecretary(day, 'RecordDebate', {
      option,
      forum: 'Example Forum',
      session: 'Workshop 7',
      on: stage.date(day),
      outcome: 'Nobody spoke against trying it.',
      sources,
    });
  const hand = (day: number, option: string, to: object) =>
    bySecretary(day, 'HandOption', { option, ...to, on: stage.date(day), reason: 'It keeps the list.' });
  const registry = { organization: 'example-registry' };
  const begun = FIRST_DAY + 10;
  return [
    table(-8, 'demo-tabled', 'SEC-07', 'A sample list of complaints'),
    table(-9, 'demo-argued', 'SOC-03', 'Example names in every script'),
    ...argue(-7, 'demo-argued'),
    table(begun, 'demo-debated', 'DEV-03', 'Sample courses in the evening'),
    ...argue(begun + 1, 'demo-debated'),
    debate(begun + 5, 'demo-debated'),
    table(begun, 'demo-handed', 'INF-05', 'An example archive of the register'),
    debate(begun + 5, 'demo-handed'),
    hand(begun + 9, 'demo-handed', registry),
    hand(begun + 9, 'demo-handed', { mechanism: 'Meeting of the example registers' }),
    table(begun, 'demo-taken-up', 'INF-05', 'An open example list'),
    ...argue(begun + 2, 'demo-taken-up'),
    debate(begun + 5, 'demo-taken-up'),
    hand(begun + 9, 'demo-taken-up', registry),
    bySecretary(begun + 30, 'TakeUpOption', { option: 'demo-taken-up', action: 'DEMO-1', note: 'Its second part.' }),
    table(begun, 'demo-closed', 'ECO-04', 'A sample levy'),
    bySecretary(begun + 40, 'CloseOption', {
      option: 'demo-closed',
      on: stage.date(begun + 40),
      reason: 'Who tabled it took it back.',
    }),
  ];
}
