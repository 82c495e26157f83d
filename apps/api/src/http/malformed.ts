import { isEdtf, precisionOf, type Edtf } from '#reporting';
import { HttpProblem } from './http-problem.js';

/** Says of a query parameter what it has to be, such as `must be the number of a version`. */
export const malformed = (parameter: string, message: string) =>
  new HttpProblem('query-parameter-malformed', { errors: [{ parameter, message }] });

/** The day that a query parameter names. */
export function dayIn(parameter: string, text: string): Edtf {
  if (isEdtf(text) && precisionOf(text) === 'day') return text;
  throw malformed(parameter, 'must be a day such as 2028-02-29');
}
