/**
 * One text for one value, whatever the order of its keys (RFC 8785 for the values that commands are made of: strings,
 * finite numbers, booleans, null, lists and plain objects; `undefined` members are left out).
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = value as Readonly<Record<string, unknown>>;
  const texts: string[] = [];
  // Without a comparison of ours `sort` goes by UTF-16 code units, as section 3.2.3 asks.
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) texts.push(`${JSON.stringify(key)}:${canonical(member)}`);
  }
  return `{${texts.join(',')}}`;
}
