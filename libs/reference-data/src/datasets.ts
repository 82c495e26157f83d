import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Defect } from './reading.js';
import { BrokenEdition, matching, oneOf } from './reading.js';

/** The layout of the files that this code reads. */
const SCHEMA = 1;

/**
 * The folder of the data files, `libs/reference-data/data` under the project's root. The root is looked for upwards,
 * because the compiled module lies deeper (`dist/libs/…`) than its source, and the data is not copied by the build.
 */
export function dataFolder(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && nameIn(manifest) === 'para71') return join(folder, 'libs', 'reference-data', 'data');
    if (dirname(folder) === folder) throw new Error(`No folder above ${from} is the root of para71`);
  }
}

function nameIn(manifest: string): unknown {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown }).name;
}

/** A file of the data: its header checked, its body as it is. The version is that of the file, `2025-12-31/1`. */
export function readDataset(folder: string, name: string): { version: string; body: Record<string, unknown> } {
  const file = `${name}.json`;
  const broken = (field: string, reason: string) => new BrokenEdition([{ file, id: name, field, reason }]);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    throw broken('file', error instanceof Error ? error.message : String(error));
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) throw broken('file', 'is not an object');
  const { dataset, schemaVersion, asOf, ...body } = parsed as Record<string, unknown>;
  if (schemaVersion !== SCHEMA) throw broken('schemaVersion', `${JSON.stringify(schemaVersion)} is not ${SCHEMA}`);
  const defects: Defect[] = [];
  const place = { file, id: name, defects };
  oneOf([name])(dataset, { ...place, field: 'dataset' });
  const day = matching(/^\d{4}-\d{2}-\d{2}$/, 'a day')(asOf, { ...place, field: 'asOf' });
  if (defects.length) throw new BrokenEdition(defects);
  return { version: `${day}/${SCHEMA}`, body };
}
