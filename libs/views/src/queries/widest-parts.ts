/** Each part once; a section in one language is not named beside the whole section. */
export const widestParts = (parts: readonly string[]): string[] =>
  [...new Set(parts)].filter((part) => !part.includes('/') || !parts.includes(part.split('/', 1)[0]!)).sort();
