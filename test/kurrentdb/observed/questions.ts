import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

interface Answers {
  readonly rows: readonly { readonly group: string; readonly question: string; readonly got: unknown }[];
}

const byQuestion = ({ rows }: Answers) =>
  new Map(rows.map(({ group, question, got }) => [`${group} | ${question}`, JSON.stringify(got)]));

/** What EventStoreDB 24.6.0 answered. */
export const REAL_ANSWERS = byQuestion(
  JSON.parse(readFileSync(join(import.meta.dirname, 'answers-24.6.0.json'), 'utf8')) as Answers,
);

/** What the server at `url` answers, asked in a process of its own. */
export async function answersOf(url: string): Promise<Map<string, string>> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'ask.mjs'), url], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return byQuestion(JSON.parse(stdout) as Answers);
}

const NO_ANY = 'Our port has no append that expects any revision, or only that the stream exists';

/**
 * Where the stand-in answers otherwise than the real server did, and why that is no matter: our adapter cannot ask it.
 * What it is about is the memory of recent ids, which a real server too forgets when it is restarted.
 */
export const LEFT_OUT: ReadonlyMap<string, string> = new Map(
  ['any', 'stream_exists'].flatMap((expected) =>
    [
      'same batch again',
      'same ids, other data',
      'first of the batch alone',
      'last of the batch alone',
      'batch plus a new event',
      'known first, then new',
      'known in another order',
      'same batch again after five more',
    ].map((again): [string, string] => [`idempotency | ${expected} | ${again}`, NO_ANY]),
  ),
);

/** Servers from 25.1 on take more at once, and know the v2 protocol: our port uses neither. */
export const BY_VERSION = /^v2 \||^size \| one (event of (1025|2048|3500|5000|17000) KiB|append of 20 events)/;
