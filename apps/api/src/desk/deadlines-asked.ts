import { DEADLINE_KINDS, DEADLINE_STATES, type DeadlineFilter } from '#views';
import { dayIn, malformed } from '../http/malformed.js';

export const DEADLINE_FILTERS = ['series', 'year', 'organization', 'kind', 'state', 'from', 'to'] as const;

type Asked = Readonly<Partial<Record<(typeof DEADLINE_FILTERS)[number], string>>>;

/** Which deadlines are asked for. Throws a problem that names the parameter that says what cannot be. */
export function deadlinesAsked({ series, year, organization, kind, state, from, to }: Asked): DeadlineFilter {
  if (year !== undefined && series === undefined)
    throw malformed('year', 'needs the series that it belongs to, such as series=ec-performance');
  if (year !== undefined && !/^\d{4}$/.test(year)) throw malformed('year', 'must be a year such as 2026');
  return {
    ...(series !== undefined && { cycle: { series, ...(year !== undefined && { year: Number(year) }) } }),
    ...(organization !== undefined && { organization }),
    ...(kind !== undefined && { kind: oneOf('kind', DEADLINE_KINDS, kind) }),
    ...(state !== undefined && { state: oneOf('state', DEADLINE_STATES, state) }),
    ...(from !== undefined && { from: dayIn('from', from) }),
    ...(to !== undefined && { to: dayIn('to', to) }),
  };
}

function oneOf<Value extends string>(parameter: string, values: readonly Value[], text: string): Value {
  const value = values.find((each) => each === text);
  if (value === undefined) throw malformed(parameter, `must be one of ${values.join(', ')}`);
  return value;
}
