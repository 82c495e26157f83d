import { ACTION } from './http-commands.bench.js';
import { alternating } from './measuring/alternating.js';
import { type Bench, inRatio, type Row } from './measuring/rows.js';
import { type Questions, Side } from './measuring/side.js';

interface Validating extends Questions {
  bind(body: object): number;
  pipe(body: object): Promise<number>;
}

/** What it costs to check one command: our compiled check against Nest's ValidationPipe with class-validator. */
export async function* validation({ rounds, cores }: Bench): AsyncGenerator<Row> {
  const core = cores?.server;
  const side = await Side.start<Validating>(new URL('sides/validation.ts', import.meta.url), { core });
  await side.ask('bind', ACTION);
  await side.ask('pipe', ACTION);
  const result = await alternating(
    rounds,
    () => side.ask('bind', ACTION),
    () => side.ask('pipe', ACTION),
  );
  const each = (perSecond: number) => `${(1e6 / perSecond).toFixed(1)} us`;
  yield {
    name: "checking a RecordAction : Nest's ValidationPipe",
    ours: each(result.ours),
    reference: each(result.reference),
    ...inRatio(result.ratio),
    target: { atLeast: 10 },
    note: 'Both take the very same decorators; without reading the JSON',
  };
  await side.end();
}
