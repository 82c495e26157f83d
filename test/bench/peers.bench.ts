import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OURS } from './durable-append.bench.js';
import { alternating } from './measuring/alternating.js';
import { type AppendSide, appendSide, appendsPerSecond } from './measuring/append-side.js';
import { type Bench, compared, notMeasured, type Row } from './measuring/rows.js';
import { Postgresql, postgresqlPrograms } from './peers/postgresql.js';

const EMMETT_SQLITE = new URL('peers/emmett-sqlite.ts', import.meta.url);
const EMMETT_POSTGRESQL = new URL('peers/emmett-postgresql.ts', import.meta.url);
const INSTALLED = new URL('peers/node_modules/@event-driven-io/', import.meta.url);

const CALLERS = [16, 256] as const;
const POSTGRESQL = 'emmett-postgresql';
const SQLITE = 'emmett-sqlite, one connection';
const AT_LEAST = { [POSTGRESQL]: { atLeast: 20 }, [SQLITE]: { atLeast: 10 } };

const titleOf = (peer: string, callers: number) => `durable append, ${callers} callers : ${peer}`;

/** Our store against event stores for Node that others use. */
export async function* peers(bench: Bench): AsyncGenerator<Row> {
  const programs = postgresqlPrograms();
  const why = !existsSync(INSTALLED)
    ? 'Not installed: npm ci --prefix test/bench/peers'
    : programs === undefined && 'PostgreSQL is not installed (its programs initdb and postgres)';
  if (programs === undefined || why) {
    for (const callers of CALLERS) yield notMeasured(titleOf(POSTGRESQL, callers), AT_LEAST[POSTGRESQL], why || '');
  } else {
    const server = await Postgresql.start(programs);
    const side = await appendSide(EMMETT_POSTGRESQL, [server.connection]);
    const note = `PostgreSQL ${server.version} as initdb sets it up, fsync on, over loopback`;
    yield* against(bench, POSTGRESQL, side, note);
    await side.end();
    await server.end();
  }
  if (!existsSync(INSTALLED)) {
    for (const callers of CALLERS) yield notMeasured(titleOf(SQLITE, callers), AT_LEAST[SQLITE], why || '');
  } else {
    const side = await appendSide(EMMETT_SQLITE, [join(bench.folder, 'emmett.sqlite'), 'shared']);
    yield* against(bench, SQLITE, side, await lostWhenKilled(bench));
    await side.end();
  }
}

async function* against(
  { folder, rounds, sliceMs }: Bench,
  peer: keyof typeof AT_LEAST,
  side: AppendSide,
  note: string,
): AsyncGenerator<Row> {
  const ours = await appendSide(OURS, [join(folder, `beside-${peer.replace(/,.*/, '')}.sqlite`)]);
  for (const callers of CALLERS) {
    await appendsPerSecond(ours, callers, sliceMs);
    const result = await alternating(
      rounds,
      () => appendsPerSecond(ours, callers, sliceMs),
      () => appendsPerSecond(side, callers, sliceMs),
    );
    yield compared(titleOf(peer, callers), result, AT_LEAST[peer], note);
  }
  await ours.end();
}

/**
 * Callers who share a connection of emmett-sqlite share its one transaction, and are answered before it commits. A
 * process that is killed shows it: what was acknowledged, and what is in the file. As documented, with a connection for
 * each append, 16 writers get SQLITE_BUSY instead.
 */
async function lostWhenKilled({ folder, sliceMs }: Bench): Promise<string> {
  // Quiet, as it prints each error that it also throws.
  const each = await appendSide(EMMETT_SQLITE, [join(folder, 'emmett-each.sqlite'), 'one-each'], true);
  await each.ask('append', { callers: 1, ms: 100 });
  const { failed, why = '' } = await each.ask('append', { callers: 16, ms: sliceMs });
  await each.end();
  const peer = await killed(EMMETT_SQLITE, join(folder, 'emmett-killed.sqlite'), 'emt_messages');
  const ours = await killed(OURS, join(folder, 'ours-killed.sqlite'), 'events');
  return (
    `The peer acknowledges before it commits. 16 callers, killed after a second: acknowledged ${peer.acknowledged}, kept ` +
    `${peer.kept}; ours: acknowledged ${ours.acknowledged}, kept ${ours.kept}. ` +
    `With a connection for each append, as documented, ${failed} appends of 16 callers failed ${why && `(${why})`}`
  );
}

async function killed(module: URL, file: string, table: string) {
  const tally = `${file}.tally`;
  const side = await appendSide(module, [file, 'shared']);
  await side.ask('append', { callers: 1, ms: 50 });
  const before = rowsIn(file, table);
  await side.ask('appendUntilKilled', { tally });
  await side.kill();
  return { acknowledged: Number(readFileSync(tally, 'utf8')), kept: rowsIn(file, table) - before };
}

/** Not read-only: what a killed process has left in the middle is undone first. */
function rowsIn(file: string, table: string): number {
  const database = new DatabaseSync(file);
  const rows = Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']);
  database.close();
  return rows;
}
