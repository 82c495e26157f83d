const ASCII = /^\p{ASCII}*$/u;

/** The same value with every string in Unicode's form NFC. Keys are left alone: those that are known are ASCII. */
export function normalised(value: unknown): unknown {
  if (typeof value === 'string') return ASCII.test(value) ? value : value.normalize('NFC');
  if (Array.isArray(value)) return value.map(normalised);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = normalised((value as Record<string, unknown>)[key]);
  return copy;
}
