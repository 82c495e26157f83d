import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './rows.js';
import type { Questions } from './side.js';
import { Side } from './side.js';

interface Seeding extends Questions {
  seed(asked: { file: string; events: number }): Promise<void>;
}
export interface Parsing extends Questions {
  events(): { count: number; bytes: number };
  parse(): number;
}

/** A log with a made-up record of so many events, made where it is not there yet. */
export async function seeded({ records }: Bench, events: number): Promise<string> {
  const file = join(records, `${events}.sqlite`);
  if (existsSync(file)) return file;
  const side = await Side.start<Seeding & Questions>(new URL('../sides/seed-record.ts', import.meta.url));
  await side.ask('seed', { file, events });
  await side.end();
  return file;
}

/** The texts of all events of a log in memory, to be parsed. About twice their size must fit. */
export const parsing = (file: string) =>
  Side.start<Parsing>(new URL('../sides/parse.ts', import.meta.url), { args: [file], heapMb: 4_096 });
