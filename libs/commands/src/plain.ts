/**
 * A copy made of plain objects, lists and values only, without members that are `undefined`: what JSON would carry, and
 * what the caller can no longer change.
 */
export function plain<T>(value: T): T;
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => plain(member));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, plain(member)]));
}
