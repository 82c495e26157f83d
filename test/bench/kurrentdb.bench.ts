import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { alternating, median } from './measuring/alternating.js';
import { type AppendQuestions, appendsPerSecond } from './measuring/append-side.js';
import { CONNECTIONS, Load } from './measuring/load.js';
import { type Bench, compared, type Row } from './measuring/rows.js';
import { type Questions, Side } from './measuring/side.js';
import { ACTION, LEAD, register } from './http-commands.bench.js';

interface Server extends Questions {
  url(): string;
}
type Ours = AppendQuestions & {
  seed(asked: { streams: number; perStream: number }): Promise<void>;
  catchUp(): Promise<number>;
  follow(): Promise<number>;
};
type Bare = AppendQuestions & { catchUp(asked: { events: number }): Promise<number> };
interface Product extends Questions {
  port(): number;
}

const CALLERS = [1, 16] as const;
const APPEND = { atLeast: 0.9 };
const CATCH_UP = { atLeast: 0.8 };
const PER_STREAM = 100;
const WARM_UP_MS = 1_000;

/**
 * Our adapter beside the bare client of KurrentDB, both of the same server: the one of `KURRENTDB_URL`, or else our
 * stand-in, whose rates say nothing of a real server. Read the ratios.
 */
export async function* kurrentDb(bench: Bench): AsyncGenerator<Row> {
  const { rounds, sliceMs, replayEvents } = bench;
  const given = process.env['KURRENTDB_URL'];
  const server =
    given === undefined ? await Side.start<Server>(new URL('sides/stand-in.ts', import.meta.url)) : undefined;
  const url = given ?? (await server!.ask('url'));
  const note = given === undefined ? 'against the stand-in of test/stand-in' : 'against the server of KURRENTDB_URL';
  // A real server may hold what an earlier run wrote.
  const run = randomUUID().slice(0, 8);
  const args = [url, run];
  const ours = await Side.start<Ours>(new URL('sides/kurrentdb-ours.ts', import.meta.url), { args });
  const bare = await Side.start<Bare>(new URL('sides/kurrentdb-client.ts', import.meta.url), { args });

  for (const callers of CALLERS) {
    for (const side of [ours, bare]) await appendsPerSecond(side, callers, WARM_UP_MS);
    const result = await alternating(
      rounds,
      () => appendsPerSecond(ours, callers, sliceMs),
      () => appendsPerSecond(bare, callers, sliceMs),
    );
    yield compared(`append over gRPC, ${callers} callers : bare client`, result, APPEND, note);
  }

  const streams = Math.ceil(replayEvents / PER_STREAM);
  const events = streams * PER_STREAM;
  await ours.ask('seed', { streams, perStream: PER_STREAM });
  const bareCatchUp = () => bare.ask('catchUp', { events });
  for (const [how, catchUp] of [
    ['read by a new node', () => ours.ask('catchUp')],
    ['followed from its beginning', () => ours.ask('follow')],
  ] as const) {
    await catchUp();
    await bareCatchUp();
    const result = await alternating(rounds, catchUp, bareCatchUp);
    yield compared(`log ${how} over gRPC : bare subscription`, result, CATCH_UP, `${events} events, ${note}`);
  }
  for (const side of [ours, bare]) await side.end();
  yield* api(bench, { url, run, note });
  await server?.end();
}

/** The API on the second store beside the API on the first, as who asks it sees them. */
async function* api(bench: Bench, at: { url: string; run: string; note: string }): AsyncGenerator<Row> {
  const { url, run, note } = at;
  const { folder, rounds, loadSeconds, warmUpSeconds, cores } = bench;
  const load = await Load.start(folder, cores?.load);
  const start = (name: string, ...more: string[]) =>
    Side.start<Product>(new URL('sides/product.ts', import.meta.url), {
      args: [join(folder, name), 'none', ...more],
      core: cores?.server,
    });
  const [onKurrentDb, onSqlite] = [await start('grpc', url), await start('sqlite')];
  const [port, sqlitePort] = [await onKurrentDb.ask('port'), await onSqlite.ask('port')];
  for (const each of [port, sqlitePort]) await register(each);
  const body = JSON.stringify(ACTION);
  let slices = 0;
  const reads = (of: number, seconds: number) => load.ask({ port: of, path: `/api/organizations/${LEAD}` }, seconds);
  const commands = (of: number, seconds: number) =>
    load.ask({ port: of, path: `/api/actions/EX-${run.toUpperCase()}-${++slices}-`, body }, seconds);
  for (const [what, ask] of [
    ['GET organization', reads],
    ['PUT action, durable', commands],
  ] as const) {
    const waits: Record<number, number[]> = { [port]: [], [sqlitePort]: [] };
    const perSecond = async (of: number) => {
      const answered = await ask(of, loadSeconds);
      waits[of]!.push(answered.p99);
      return answered.perSecond;
    };
    for (const each of [port, sqlitePort]) await ask(each, warmUpSeconds);
    const result = await alternating(
      rounds,
      () => perSecond(port),
      () => perSecond(sqlitePort),
    );
    const [p99, sqliteP99] = [port, sqlitePort].map((each) => `${median(waits[each]!).toFixed(1)} ms`);
    const told = `${CONNECTIONS} connections, 99th percentiles ${p99} and ${sqliteP99}, ${note}`;
    yield compared(`API on gRPC, ${what} : on SQLite`, result, undefined, told);
  }
  for (const side of [onKurrentDb, onSqlite, load]) await side.end();
}
