import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/**
 * A build in threads leaves a file for each share of the streams. The first becomes the one that is written on; each
 * other one is a *part* of it: it lies beside it, and nothing in it is ever changed. What is told later of its documents
 * stands in the first file, and goes before it. To copy the parts into one file took as long as half of the folding.
 */
const PART = /^(.*)\.share-(\d+)$/;

/** Each part has a range of ids of its own, so that an id tells where the version is. */
export const IDS = 2 ** 40;

export const partOf = (id: number): number => Math.floor(id / IDS);

export const schemaOf = (part: number): string => (part ? `part${part}` : 'main');

export const pathOfPart = (path: string, part: number): string => `${path}.share-${part}`;

/** The parts that lie beside a file. */
export function pathsOfParts(path: string): string[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  const parts = readdirSync(folder).filter((name) => PART.exec(name)?.[1] === basename(path));
  return parts.map((name) => join(folder, name));
}

/** The file of which a file is a part, by its name. */
export const wholeOf = (name: string): string | undefined => PART.exec(name)?.[1];

/** Nobody changes a part, so nobody has to lock it; and where it is missing, none is made. */
export function attach(db: DatabaseSync, path: string, parts: number): void {
  for (let part = 1; part <= parts; part++) {
    const address = `${pathToFileURL(pathOfPart(path, part)).href}?mode=ro&immutable=1`;
    const schema = schemaOf(part);
    db.prepare(`ATTACH ? AS ${schema}`).run(address);
    db.exec(`PRAGMA ${schema}.cache_size = -32768`);
  }
}
