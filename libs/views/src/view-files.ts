import { hash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Head, Marks } from './engine/marks.js';
import { pathsOfParts } from './engine/parts.js';
import type { View } from './view.js';

/** A file of documents as it lies in its folder, with its parts. */
export interface ViewFileFound {
  readonly path: string;
  readonly bytes: number;
  /** Whether it holds these views in these versions. */
  readonly isOfThisEdition: boolean;
  /** Up to where it tells the record; absent where it cannot be read, or was not finished. */
  readonly head?: Head;
}

const FILE_NAME = /^views-([0-9a-f]{16})-\d+\.sqlite$/;

/** One name for one set of views and versions: the part of a file's name that says what is in it. */
export const fingerprintOf = (views: readonly View[]): string =>
  hash('sha256', views.map(({ name, version }) => `${name}/${version}`).join('\n')).slice(0, 16);

/** What is in a folder of view files. Only reads, also beside a process that has them open. */
export function viewFilesIn(folder: string, views: readonly View[]): ViewFileFound[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const fingerprint = FILE_NAME.exec(name)?.[1];
    if (fingerprint === undefined) return [];
    const path = join(folder, name);
    const head = headOf(path);
    const isOfThisEdition = fingerprint === fingerprintOf(views);
    const bytes = [path, ...pathsOfParts(path)].reduce((sum, each) => sum + statSync(each).size, 0);
    return [{ path, bytes, isOfThisEdition, ...(head && { head }) }];
  });
}

function headOf(path: string): Head | undefined {
  try {
    using database = new DatabaseSync(path, { readOnly: true });
    const finished = database.prepare(`SELECT value FROM state WHERE name = 'fingerprint'`).get();
    return finished && new Marks(database).head();
  } catch {
    // Damaged, or being built: whoever serves them builds them again.
    return undefined;
  }
}
