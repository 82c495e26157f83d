import { refuse } from '../identity-refusal.js';
import { COMMON_PARTS, CONTEXT_PARTS } from './common-passwords.js';

export const SHORTEST_PASSWORD = 15;
/** NIST asks for at least 64. An end there must be, so that nobody has a megabyte hashed. */
export const LONGEST_PASSWORD = 256;
/** What must be left of it without all that somebody would guess first. */
const LEAST_OF_ITS_OWN = 6;
const SHORTEST_PART = 3;

/**
 * NIST SP 800-63B-4: at least fifteen characters, no rules on which, no expiry, and nothing that is commonly used, expected or
 * compromised. Counted in code points after NFKC. `about`: name, address and what else is known of the person.
 */
export function requirePassword(password: string, about: readonly string[]): void {
  const text = password.normalize('NFKC');
  const { length } = Array.from(text);
  if (length < SHORTEST_PASSWORD) refuse('password-too-short', { least: SHORTEST_PASSWORD });
  if (length > LONGEST_PASSWORD) refuse('password-too-long', { most: LONGEST_PASSWORD });
  if (ownLettersOf(text, about) < LEAST_OF_ITS_OWN) refuse('password-guessable');
}

/** How many different characters are left without common words, words about the person, and runs such as 12345 and aaaa. */
function ownLettersOf(text: string, about: readonly string[]): number {
  const words = about.flatMap((words) =>
    words
      .normalize('NFKC')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u),
  );
  const parts = [...COMMON_PARTS, ...CONTEXT_PARTS, ...words].filter((part) => part.length >= SHORTEST_PART);
  // The longest first: what a shorter one would leave of it is no secret either.
  parts.sort((a, b) => b.length - a.length);
  let rest = text.toLowerCase();
  for (const part of parts) rest = rest.replaceAll(part, '');
  return new Set(withoutRuns(rest).filter((character) => /[\p{L}\p{N}\p{S}\p{P}]/u.test(character))).size;
}

/** Leaves of each run, upwards, downwards or on the spot, its first character. */
function withoutRuns(text: string): string[] {
  const characters = Array.from(text);
  return characters.filter((character, n) => {
    const before = characters[n - 1];
    return before === undefined || Math.abs(character.codePointAt(0)! - before.codePointAt(0)!) > 1;
  });
}
