import { malformed } from '../http/malformed.js';

/** `2008,2010` in either order; a problem that says how to write it where it is anything else. */
export function twoYears(text: string | undefined): readonly [number, number] {
  const [, first, second] = /^(\d{4}),(\d{4})$/.exec(text ?? '') ?? [];
  if (first && second) return [Number(first), Number(second)];
  throw malformed('years', 'must be two years with a comma between them, such as years=2008,2010');
}
