import { appendFileSync, mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { durableAppend } from './durable-append.bench.js';
import { httpCommands } from './http-commands.bench.js';
import { httpReads } from './http-reads.bench.js';
import { jobs } from './jobs.bench.js';
import { conditions } from './measuring/conditions.js';
import { type Group, isMet, LONG, type Row, SHORT } from './measuring/rows.js';
import { canBind } from './measuring/side.js';
import { tableOf, verdictOf } from './measuring/table.js';
import { kurrentDb } from './kurrentdb.bench.js';
import { peers } from './peers.bench.js';
import { rebuild } from './rebuild.bench.js';
import { replay } from './replay.bench.js';
import { validation } from './validation.bench.js';

/**
 * Measures, side by side, and prints one table. Options: `--long` (for figures to be quoted), `--rounds <n>` (how often each
 * comparison is repeated; 1 tells that all of it runs), `--only <group>`, `--json <file>` (adds a line for each row),
 * `--check` (fails where half of a target is not reached).
 */
const GROUPS: Readonly<Record<string, Group>> = {
  append: durableAppend,
  peers,
  replay,
  rebuild,
  reads: httpReads,
  commands: httpCommands,
  validation,
  kurrentdb: kurrentDb,
  jobs,
};

const { values } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: Object.keys(GROUPS) },
    json: { type: 'string' },
    rounds: { type: 'string' },
  },
});

const tell = (line: string) => process.stderr.write(`${line}\n`);
const setting = values.long ? LONG : SHORT;
const settings = { ...setting, rounds: Number(values.rounds ?? setting.rounds) };
if (!(settings.rounds >= 1)) throw new Error(`--rounds is a number of 1 or more, not "${values.rounds}"`);
const cores = canBind(availableParallelism()) ? { server: 0, load: 1 } : undefined;
const folder = mkdtempSync(join(tmpdir(), 'para71-bench-'));
const records = join(folder, 'records');
mkdirSync(records);
const began = new Date();
const rows: Row[] = [];
try {
  for (const name of values.only) {
    const group = GROUPS[name];
    if (!group) throw new Error(`There is no group ${name}, only ${Object.keys(GROUPS).join(', ')}`);
    const own = join(folder, name);
    mkdirSync(own);
    for await (const row of group({ ...settings, folder: own, records, cores })) {
      rows.push(row);
      tell(`${name}: ${row.name}: ${row.value === undefined ? 'not measured' : row.value.toPrecision(3)} ${row.unit}`);
    }
    rmSync(own, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const under = conditions({ began, long: values.long, cores });
process.stdout.write(`${under.text}\n\n${tableOf(rows)}\n`);
if (values.json !== undefined) {
  for (const row of rows) {
    appendFileSync(values.json, `${JSON.stringify({ ...under.facts, ...row, verdict: verdictOf(row) })}\n`);
  }
}
if (values.check) {
  const far = rows.filter((row) => row.value !== undefined && !isMet(row, 2));
  for (const { name } of far) tell(`Not even half of its target: ${name}`);
  if (far.length) process.exitCode = 1;
}
