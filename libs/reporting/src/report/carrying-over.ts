import { refuseIf } from '../decider.js';

/** Where the words of a section come from. `prefilled`: an earlier year's, of which nobody has yet said that they still hold. */
export type SectionOrigin = 'written' | 'carried-over' | 'prefilled';

/** The statement of an earlier year that a section repeats or refers to. */
export interface EarlierStatement {
  readonly year: number;
  readonly section: string;
  /** The first year in which it was said, where that is another one. */
  readonly firstSaidIn?: number;
}

/** An answer of an earlier report that a draft is offered, or refers to. */
export interface EarlierAnswer {
  readonly section: string;
  readonly lang: string;
  readonly text: string;
  readonly basedOn: EarlierStatement;
}

/** The words of a section in one language, with where they come from. */
export interface OriginatedAnswer {
  readonly section: string;
  /** BCP 47. */
  readonly lang: string;
  readonly text: string;
  readonly origin: SectionOrigin;
  readonly basedOn?: EarlierStatement;
}

/** What the report of `year` submitted, as those of later years refer to it. */
export function answersIn({ answers }: Answered, year: number): EarlierAnswer[] {
  return Object.entries(answers).map(([key, { text, origin, basedOn }]) => {
    const [section, lang] = key.split('/') as [string, string];
    // What was written anew was first said then, whatever it replaced.
    const firstSaidIn = origin === 'written' ? undefined : (basedOn?.firstSaidIn ?? basedOn?.year);
    return { section, lang, text, basedOn: { year, section, ...(firstSaidIn !== undefined && { firstSaidIn }) } };
  });
}

/** By section and language, `S04/en`. */
interface Answered {
  readonly answers: Readonly<Record<string, Omit<OriginatedAnswer, 'section' | 'lang'>>>;
}

/**
 * What is recorded of an answer: whether its words are an earlier year's, and since when, is told by the record wherever
 * that knows, and by the writer elsewhere (rule 6: words of an earlier year are referred to, never copied silently).
 *
 * `offered`: what the draft began with in its place. `named`: what the report that the writer names says, where that is on
 * record.
 */
export function withOrigin<Said extends OriginatedAnswer>(
  said: Said,
  offered: EarlierAnswer | undefined,
  named: readonly EarlierAnswer[],
): Said {
  const { section, lang, text, origin } = said;
  if (text === offered?.text) return { ...said, origin: 'carried-over', basedOn: offered.basedOn };
  // What takes the place of an earlier statement changes it, and says so.
  const basedOn = said.basedOn ?? offered?.basedOn;
  refuseIf(origin === 'carried-over' && !basedOn, 'carried-over-without-origin', { section });
  const there = named.filter((answer) => answer.section === basedOn?.section);
  const earlier = there.find((answer) => answer.lang === lang) ?? there[0];
  // Whether a translation says the same is not for the record to tell.
  const isFound = earlier ? earlier.lang !== lang || earlier.text === text : !named.length;
  refuseIf(origin === 'carried-over' && !isFound, 'carried-over-without-origin', { section, lang, basedOn });
  const known = earlier?.basedOn ?? basedOn;
  return { ...said, ...(known && { basedOn: known }) };
}

type Origin = Pick<OriginatedAnswer, 'origin' | 'basedOn'>;

/** Whether both repeat the same statement, first said in the same year: one that was given wrongly can be set right. */
export function isOfSameOrigin(one: Origin, other: Origin): boolean {
  const named = ({ origin, basedOn }: Origin) =>
    JSON.stringify([origin, basedOn?.year, basedOn?.section, basedOn?.firstSaidIn]);
  return named(one) === named(other);
}
