import { HttpProblem } from '../http/http-problem.js';

/** The number of a version, from 1, or `draft`; a problem that says so where it is anything else. */
export function versionAsked(text: string | undefined): number | 'draft' | undefined {
  if (text === undefined || text === 'draft') return text;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  const message = 'must be the number of a version, from 1, or draft';
  throw new HttpProblem('query-parameter-malformed', { errors: [{ parameter: 'version', message }] });
}
