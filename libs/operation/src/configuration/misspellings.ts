import { VARIABLES, type Variable } from './variables.js';

const OURS: readonly Variable[] = VARIABLES;
const KNOWN = new Set(OURS.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name])));
/** Shorter names differ by two letters from too much that is nobody's mistake: HOST and HOME. */
const SHORTEST = 6;
const MOST_LETTERS = 2;

/** One sentence for each variable that is not ours but nearly is, while ours is not given. */
export function misspellings(env: NodeJS.ProcessEnv): string[] {
  const hints: string[] = [];
  for (const name of Object.keys(env)) {
    if (KNOWN.has(name)) continue;
    const meant = [...KNOWN].find((known) => env[known] === undefined && isNearly(name, known));
    if (meant !== undefined) hints.push(`${name.slice(0, 40)} is not read: if ${meant} was meant, call it so.`);
  }
  return hints;
}

function isNearly(name: string, known: string): boolean {
  const [given, ours] = [core(name), core(known)];
  if (given === ours) return true;
  return ours.length >= SHORTEST && letters(given, ours) <= MOST_LETTERS;
}

/** Without what is written in different ways: case, underscores, the name of the product. */
const core = (name: string) =>
  name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replace(/^PARA71(?=.)/, '');

/** How many letters have to be changed, added or left out (Levenshtein); more than `MOST_LETTERS` is not counted out. */
function letters(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_LETTERS) return MOST_LETTERS + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
