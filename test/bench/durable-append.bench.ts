import { join } from 'node:path';
import { alternating } from './measuring/alternating.js';
import { appendSide, appendsPerSecond } from './measuring/append-side.js';
import { type Bench, compared, type Row } from './measuring/rows.js';

const RAW = new URL('sides/append-raw.ts', import.meta.url);
export const OURS = new URL('sides/append-ours.ts', import.meta.url);

const TARGETS = [
  [1, 0.9],
  [16, 0.75],
  [256, 0.5],
] as const;

/** Until the write-ahead log has its full length, and is written over in place from then on. */
const WARM_UP_MS = 1_500;

/** Our store against the same lines in a plain file, synced as often. */
export async function* durableAppend({ folder, rounds, sliceMs }: Bench): AsyncGenerator<Row> {
  const ours = await appendSide(OURS, [join(folder, 'ours.sqlite')]);
  const raw = await appendSide(RAW, [join(folder, 'raw.jsonl')]);
  await appendsPerSecond(ours, 16, WARM_UP_MS);
  for (const [callers, atLeast] of TARGETS) {
    await appendsPerSecond(ours, callers, sliceMs);
    const result = await alternating(
      rounds,
      () => appendsPerSecond(ours, callers, sliceMs),
      () => appendsPerSecond(raw, callers, sliceMs),
    );
    yield compared(`durable append, ${callers} callers : raw file`, result, { atLeast });
  }
  await ours.end();
  await raw.end();
}
