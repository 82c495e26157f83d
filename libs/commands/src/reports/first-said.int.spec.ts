import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EarlierStatement, recognise, report, type ReportEvent, reportStream } from '#reporting';
import { CommandsInFolder } from '../../../../test/support/commands-in-folder.js';
import { profile, sources } from '../../../../test/support/deeds-of-a-year.js';

const on = CommandsInFolder.forEachTest();

const SERIES = 'ec-performance';
const YEARS = [2021, 2022, 2023, 2024, 2025];
/** Those that the sample form offers again. */
const SECTIONS = ['S01', 'S02'];

/** What becomes of an answer that an earlier year offers. */
const DECISIONS = [
  'still-true',
  'drop',
  'change',
  'change-naming',
  'say-again',
  'change-and-back',
  'drop-and-say-again',
];
/** What stands where none is offered. `carry-over`: taken by hand from the last year that answered the section. */
const OWN_WORDS = ['write', 'carry-over', 'leave-out'];

interface YearOfReport {
  readonly begins: 'with-last' | 'with-the-one-before' | 'with-nothing' | 'never';
  readonly decisions: readonly string[];
  readonly ownWords: readonly string[];
}
const years = fc.array(
  fc.record<YearOfReport>({
    begins: fc.constantFrom('with-last', 'with-last', 'with-the-one-before', 'with-nothing', 'never'),
    decisions: fc.tuple(...SECTIONS.map(() => fc.constantFrom(...DECISIONS))),
    ownWords: fc.tuple(...SECTIONS.map(() => fc.constantFrom(...OWN_WORDS))),
  }),
  { minLength: YEARS.length, maxLength: YEARS.length },
);

/** One organization over the years. What it writes anew is never the same twice, so that words tell when they were new. */
class Writer {
  /** What each year said, by section. */
  readonly said = new Map<number, Map<string, string>>();
  readonly done = new Set<string>();
  #texts = 0;

  constructor(readonly organization: string) {}

  async reportsIn(year: number, { begins, decisions, ownWords }: YearOfReport): Promise<void> {
    if (begins === 'never') return;
    const earlier = [...this.said.keys()];
    const from = { 'with-last': earlier.at(-1), 'with-the-one-before': earlier.at(-2), 'with-nothing': undefined }[
      begins
    ];
    const id = { series: SERIES, year, organization: this.organization };
    await on.perform('StartReport', { ...id, ...(from !== undefined && { prefilledFrom: from }) });
    const words = new Map<string, string>();
    for (const [n, section] of SECTIONS.entries()) {
      const offered = from === undefined ? undefined : this.said.get(from)!.get(section);
      const what = offered === undefined ? ownWords[n]! : decisions[n]!;
      this.done.add(what);
      const text = await this.#says(id, section, what, offered, from);
      if (text !== undefined) words.set(section, text);
    }
    for (const section of ['S01', 'S04']) {
      if (!words.has(section)) words.set(section, await this.#writes(id, section));
    }
    const signature = { signatory: 'E. Xample', declaration: 'So.', consentToBeCited: 'by-name' };
    await on.perform('SubmitReport', { ...id, ...signature, on: `${year}-06` });
    this.said.set(year, words);
  }

  /** The words that stand in the end. */
  async #says(id: object, section: string, what: string, offered = '', from = 0): Promise<string | undefined> {
    const decide = (decision: string) =>
      on.perform('DecideCarriedOver', { ...id, section, lang: 'en', decision }).then(() => undefined);
    switch (what) {
      case 'still-true':
        await decide('still-true');
        return offered;
      case 'drop':
        return decide('drop');
      case 'change':
        return this.#writes(id, section);
      case 'change-naming':
        return this.#writes(id, section, { basedOn: { year: from, section } });
      case 'say-again':
        return this.#writes(id, section, {}, offered);
      case 'change-and-back':
        await this.#writes(id, section);
        return this.#writes(id, section, {}, offered);
      case 'drop-and-say-again':
        await decide('drop');
        return this.#writes(id, section, {}, offered);
      case 'carry-over': {
        const [year, all] = [...this.said].findLast(([, answers]) => answers.has(section)) ?? [];
        if (year === undefined) return undefined;
        return this.#writes(id, section, { origin: 'carried-over', basedOn: { year, section } }, all!.get(section));
      }
      case 'write':
        return this.#writes(id, section);
      default:
        return undefined;
    }
  }

  async #writes(id: object, section: string, more: object = {}, text = `Text ${++this.#texts}.`): Promise<string> {
    const answer = { section, lang: 'en', text, origin: 'written', seen: 1_000, ...more };
    await on.perform('AnswerSection', { ...id, ...answer });
    return text;
  }

  /** The year in which each text stood in a report for the first time: that is all there is to it. */
  firstSaid(text: string): number {
    return [...this.said].find(([, answers]) => [...answers.values()].includes(text))![0];
  }
}

async function answersOf(organization: string, year: number) {
  let state = report.initial;
  for await (const event of on.store.readIfAny(reportStream({ series: SERIES, year, organization })))
    state = report.evolve(state, recognise(event) as ReportEvent);
  return Object.entries(state.submitted!.answers);
}

const since = (year: number, origin: string, basedOn?: EarlierStatement) =>
  origin === 'carried-over' ? (basedOn?.firstSaidIn ?? basedOn?.year) : year;

describe('Over four years and more, whatever is decided about each answer', () => {
  it('each that repeats an earlier one is marked so, with the year in which its words were first said', async () => {
    for (const year of YEARS)
      await on.perform('OpenCycle', {
        series: SERIES,
        year,
        title: `Round of ${year}`,
        opensOn: `${year}-01`,
        sources,
      });
    const done = new Set<string>();
    let run = 0;
    let oldest = 0;
    await fc.assert(
      fc.asyncProperty(years, async (plan) => {
        const writer = new Writer(`example-${++run}`);
        const { organization } = writer;
        await on.perform('RegisterOrganization', { organization, name: organization, profile, sources });
        for (const [n, of] of plan.entries()) await writer.reportsIn(YEARS[n]!, of);
        for (const each of writer.done) done.add(each);
        for (const [year, words] of writer.said) {
          const told = (await answersOf(organization, year)).map(([key, { text, origin, basedOn }]) => ({
            key,
            text,
            origin,
            firstSaid: since(year, origin, basedOn),
          }));
          const expected = [...words].map(([section, text]) => {
            const firstSaid = writer.firstSaid(text);
            oldest = Math.max(oldest, year - firstSaid);
            const origin = firstSaid < year ? 'carried-over' : 'written';
            return { key: `${section}/en`, text, origin, firstSaid };
          });
          expect(told.sort(byKey)).toEqual(expected.sort(byKey));
        }
      }),
      { numRuns: 150 },
    );
    // A property of what nobody did would say nothing.
    expect([...done].sort()).toEqual([...DECISIONS, ...OWN_WORDS].sort());
    expect(oldest).toBeGreaterThanOrEqual(3);
    // Thousands of commands, on a machine that may be busy with others.
  }, 180_000);
});

const byKey = (one: { key: string }, other: { key: string }) => (one.key < other.key ? -1 : 1);
