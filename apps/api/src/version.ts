import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** From package.json, which is the root of the product whether it runs from its sources or compiled. */
export const version = (JSON.parse(readFileSync(findPackageJSON(import.meta.url)!, 'utf8')) as { version: string })
  .version;
