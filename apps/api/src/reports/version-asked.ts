import { malformed } from '../http/malformed.js';

/** The number of a version, from 1; nothing where it is none. */
export const versionIn = (text: string): number | undefined => (/^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined);

/** The number of a version, from 1, or `draft`; a problem that says so where it is anything else. */
export function versionAsked(text: string | undefined): number | 'draft' | undefined {
  if (text === undefined || text === 'draft') return text;
  const version = versionIn(text);
  if (version !== undefined) return version;
  throw malformed('version', 'must be the number of a version, from 1, or draft');
}
