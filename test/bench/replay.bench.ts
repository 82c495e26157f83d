import { alternating } from './measuring/alternating.js';
import { parsing, seeded } from './measuring/record.js';
import { type Bench, compared, type Row, whole } from './measuring/rows.js';
import { type Questions, Side } from './measuring/side.js';

interface Replaying extends Questions {
  replay(): Promise<number>;
}

/** The whole log, read and folded to timelines in memory, against parsing the same texts that are in memory already. */
export async function* replay(bench: Bench): AsyncGenerator<Row> {
  const { rounds, replayEvents } = bench;
  const file = await seeded(bench, replayEvents);
  const texts = await parsing(file);
  const log = await Side.start<Replaying>(new URL('sides/replay.ts', import.meta.url), { args: [file] });
  await log.ask('replay');
  const result = await alternating(
    rounds,
    () => log.ask('replay'),
    () => texts.ask('parse'),
  );
  const { count, bytes } = await texts.ask('events');
  const name = `replay with fold, ${whole(count)} events : JSON.parse`;
  yield compared(name, result, { atLeast: 0.5 }, `Events of ${bytes} bytes of JSON on average`);
  await log.end();
  await texts.end();
}
