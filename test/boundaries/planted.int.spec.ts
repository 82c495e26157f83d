import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

const STORE = 'only-the-event-store-knows-which-store-it-runs-on';
const QUEUE = 'only-jobs-knows-which-queue-it-runs-on';
const SQLITE = 'sqlite-is-for-the-log-the-views-and-brief-facts';

/** A file, what stands in it, and the rules of `.dependency-cruiser.cjs` that it breaks. */
const PLANTED: readonly (readonly [path: string, text: string, rules: readonly string[]])[] = [
  ['libs/operation/src/store.ts', "import '@kurrent/kurrentdb-client';", [STORE]],
  ['libs/jobs/src/store.ts', "export const load = () => import('@kurrent/kurrentdb-client');", [STORE]],
  ['libs/identity/src/queue.ts', "import type { Redis } from 'ioredis'; export type Client = Redis;", [QUEUE]],
  ['libs/event-store/src/queue.ts', "import 'bullmq';", [QUEUE]],
  ['apps/api/src/file.ts', "import 'node:sqlite';", [SQLITE]],
  ['libs/jobs/src/file.ts', "import { DatabaseSync } from 'node:sqlite'; export const a = DatabaseSync;", [SQLITE]],
  ['libs/event-store/src/sqlite/own.ts', "import 'node:sqlite'; import '@kurrent/kurrentdb-client';", []],
  ['libs/jobs/src/queue/own.ts', "import 'bullmq'; import 'ioredis';", []],
  ['libs/jobs/src/brief-facts/own-facts.ts', "import 'node:sqlite';", []],
  ['libs/views/src/engine/own.ts', "import 'node:sqlite';", []],
];

describe('The boundary check', () => {
  let folder: string;
  let broken: readonly { readonly rule: { readonly name: string }; readonly from: string }[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
    for (const [path, text] of PLANTED) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    writeFileSync(join(folder, 'tsconfig.json'), '{}');
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const program = join(ROOT, 'node_modules/.bin/depcruise');
    const args = ['apps', 'libs', '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json'];
    // Its exit code counts what is broken.
    const { stdout } = await run(program, args, { cwd: folder, maxBuffer: 2 ** 26 }).catch(
      (error: { stdout: string }) => error,
    );
    ({ violations: broken } = (JSON.parse(stdout) as { summary: { violations: typeof broken } }).summary);
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(PLANTED)('of %s with %s says %j', (path, _, rules) => {
    const names = broken.filter(({ from }) => from === path).map(({ rule }) => rule.name);
    expect(names.filter((name) => [STORE, QUEUE, SQLITE].includes(name))).toEqual(rules);
  });
});
