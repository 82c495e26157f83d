import { eventually } from './eventually.js';
import type { Persona } from './people.js';
import type { Round } from './signed-report.js';

/** What somebody is sent at each address; nobody signed in is `undefined`. */
export const readAll = ({ by }: Round, who: Persona | undefined, paths: readonly string[]) =>
  Promise.all(paths.map(async (path) => [path, await by(who, 'GET', path)] as const));

/** Which of the addresses tell them the words. */
export async function telling(round: Round, who: Persona | undefined, words: string, paths: readonly string[]) {
  const answers = await readAll(round, who, paths);
  return answers.filter(([, { text }]) => text.includes(words)).map(([path]) => path);
}

export const found = async ({ by }: Round, who: Persona | undefined, words: string) =>
  (await by(who, 'GET', `/api/search?q=${words}`)).body as unknown as {
    total: number;
    items: readonly { readonly href: string }[];
  };

/** The search learns of what is recorded a little later. */
export async function untilFound(round: Round, words: string, isSo: (total: number) => boolean): Promise<void> {
  await eventually(async () => isSo((await found(round, undefined, words)).total), `The search for ${words}`);
}
