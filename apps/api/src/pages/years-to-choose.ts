import type { ActionDocument, ReportDocument } from '#views';
import { yearOf } from '#reporting';
import { HttpProblem } from '../http/http-problem.js';
import { twoYears } from '../organizations/two-years.js';

export type ChosenYears = { readonly years: readonly [number, number] } | { readonly fault: string };

/** As the address names them. */
export function yearsAsked(text: string): ChosenYears {
  try {
    const years = twoYears(text);
    return years[0] === years[1] ? { fault: 'Choose two different years.' } : { years };
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    return { fault: 'The address must name two years with a comma between them, such as years=2008,2010.' };
  }
}

/** Where the address names none: the last two reports of the series, or else the first and last year of its actions. */
export function yearsByDefault(
  series: string,
  reports: readonly ReportDocument[],
  actions: readonly ActionDocument[],
): ChosenYears {
  const reported = inOrder(reports.filter((report) => report.series === series).map(({ year }) => year));
  const years = reported.length > 1 ? reported.slice(-2) : inOrder(yearsOfActions(actions));
  const [first, last] = [years[0], years.at(-1)];
  if (first === undefined || last === undefined) return { fault: 'No report and no action of it is on record.' };
  if (first === last) return { fault: `Only ${first} is on record: there is no other year to hold it against.` };
  return { years: [first, last] };
}

/** All in which something of it is on record, and the `chosen` ones. */
export function yearsToChoose(
  reports: readonly ReportDocument[],
  actions: readonly ActionDocument[],
  chosen: readonly number[],
): number[] {
  return inOrder([...reports.map(({ year }) => year), ...yearsOfActions(actions), ...chosen]);
}

const yearsOfActions = (actions: readonly ActionDocument[]) =>
  actions.flatMap(({ startedOn, endedOn }) => [startedOn, endedOn ?? []].flat().map(({ date }) => yearOf(date)));

const inOrder = (years: readonly number[]) => [...new Set(years)].sort((a, b) => a - b);
