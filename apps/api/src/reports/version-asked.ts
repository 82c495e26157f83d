import { HttpProblem } from '../http/http-problem.js';

/** The number of a version, from 1; a problem that says so where it is anything else. */
export function versionAsked(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  const message = 'must be the number of a version, from 1';
  throw new HttpProblem('query-parameter-malformed', { errors: [{ parameter: 'version', message }] });
}
