import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** From package.json, which is the root of the product whether it runs from its sources or compiled. */
export const version = (JSON.parse(readFileSync(packageJson(), 'utf8')) as { version: string }).version;

function packageJson(folder = import.meta.dirname): string {
  const path = join(folder, 'package.json');
  try {
    if ((JSON.parse(readFileSync(path, 'utf8')) as { name?: string }).name === 'para71') return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const parent = join(folder, '..');
  if (parent === folder) throw new Error('package.json of para71 is not above the program');
  return packageJson(parent);
}
