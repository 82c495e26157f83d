import { ACTION_ID, dayAfter, type Edtf, isEdtf, lastDayOf, SERIES, SLUG } from '#reporting';
import type { ChangesAbout, ChangesAsked } from '#views';
import { requireReached, sequenceIn } from '../events/events-asked.js';
import type { Asked, QueryShape } from '../http/asked.js';
import { HttpProblem } from '../http/http-problem.js';
import { malformed } from '../http/malformed.js';

export const CHANGES = {
  filters: ['organization', 'report', 'cycle', 'action', 'from', 'to', 'afterSequence', 'order'],
  asOf: true,
  paged: true,
} as const satisfies QueryShape;

/** The moment that is asked for, and where times stand in the record. */
interface Moments {
  /** The last sequence that may be told. */
  readonly last: number;
  /** The last sequence recorded at or before a time; -1 if none was. */
  readonly sequenceAt: (time: string) => number;
}

/** Which changes are asked for. Throws a problem that names the parameter that is malformed. */
export function changesAsked({ filters, limit, after, asOf }: Asked, { last, sequenceAt }: Moments): ChangesAsked {
  const { from, to, afterSequence, order = 'newest' } = filters;
  if (order !== 'newest' && order !== 'oldest') throw malformed('order', 'must be newest or oldest');
  const since = afterSequence === undefined ? -1 : sequenceIn(afterSequence);
  if (since === undefined) throw malformed('afterSequence', 'must be a sequence of the record, such as 1207');
  requireReached('afterSequence', since, { ...(asOf && { asOf }), last });
  const bounds = {
    after: Math.max(since, from === undefined ? -1 : sequenceAt(endOf(dayAfter(firstDayOf(dateIn('from', from)), -1)))),
    last: Math.min(last, to === undefined ? last : sequenceAt(endOf(lastDayOf(dateIn('to', to))))),
  };
  // The page before ended at a sequence: towards the past where the newest come first.
  const ended = after === undefined ? undefined : sequenceIn(after);
  if (after !== undefined && (ended === undefined || ended > last)) throw new HttpProblem('cursor-malformed');
  const passed = ended === undefined ? {} : order === 'newest' ? { last: ended - 1 } : { after: ended };
  return { about: aboutIn(filters), ...bounds, ...passed, asOf: last, order, limit };
}

function aboutIn({ organization, report, cycle, action }: Asked['filters']): ChangesAbout {
  const [series, year, reporter, ...more] = (report ?? '').split('/');
  const isReport = SERIES.test(series!) && /^\d{4}$/.test(year ?? '') && SLUG.test(reporter ?? '') && !more.length;
  if (report !== undefined && !isReport) throw malformed('report', 'must be <series>/<year>/<organization>');
  const [ofSeries, ofYear, ...rest] = (cycle ?? '').split('/');
  const isCycle = SERIES.test(ofSeries!) && /^\d{4}$/.test(ofYear ?? '') && !rest.length;
  if (cycle !== undefined && !isCycle) throw malformed('cycle', 'must be <series>/<year>');
  if (organization !== undefined && !SLUG.test(organization)) throw malformed('organization', 'must be the id of one');
  if (action !== undefined && !ACTION_ID.test(action)) throw malformed('action', 'must be the id of one');
  return {
    ...(organization !== undefined && { organization }),
    ...(report !== undefined && { report: { series: series!, year: Number(year), organization: reporter! } }),
    ...(cycle !== undefined && { cycle: { series: ofSeries!, year: Number(ofYear) } }),
    ...(action !== undefined && { action }),
  };
}

function dateIn(parameter: string, text: string): Edtf {
  if (isEdtf(text)) return text;
  throw malformed(parameter, 'must be a year, a month or a day, such as 2026-11');
}

const firstDayOf = (date: Edtf) => `${date}-01-01`.slice(0, 10) as Edtf;

/** The last millisecond of a day in UTC; before the year 0000 there is none, nor anything on record. */
const endOf = (day: Edtf | undefined) => `${day ?? '0000-01-01'}T23:59:59.999Z`;
