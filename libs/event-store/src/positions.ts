/**
 * Below 0 where position `a` stands before `b` in the log of the store that gave both, 0 where they are the same.
 * Every store of this port writes its positions as decimal numbers without leading zeros, joined by `/`, the weightiest
 * first; they may be longer than a double holds.
 */
export function comparePositions(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [a.split('/'), b.split('/')];
  for (let n = 0; n < left.length || n < right.length; n++) {
    const [one = '', other = ''] = [left[n], right[n]];
    if (one.length !== other.length) return one.length - other.length;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
