import { type Compared, alternating, median } from './measuring/alternating.js';
import { parsing, seeded } from './measuring/record.js';
import { type Bench, compared, type Row, whole } from './measuring/rows.js';
import { type Questions, Side } from './measuring/side.js';
import type { Rebuilt } from './sides/rebuild.js';

interface Rebuilding extends Questions {
  rebuild(): Promise<Rebuilt>;
}

interface Size {
  readonly events: number;
  readonly result: Compared;
  readonly peakMb: number;
}

/** All views from an empty folder, each time in a new process, against parsing the same texts. */
export async function* rebuild(bench: Bench): AsyncGenerator<Row> {
  const sizes: Size[] = [];
  for (const events of bench.rebuildEvents) {
    const size = await measured(bench, events);
    sizes.push(size);
    yield compared(`rebuild of all views, ${whole(events)} events : JSON.parse`, size.result, { atLeast: 0.2 });
  }
  const [first, last] = [sizes[0]!, sizes.at(-1)!];
  yield {
    name: `memory at its peak while views of ${whole(last.events)} events are built`,
    ours: `${whole(last.peakMb)} MB`,
    reference: '-',
    value: last.peakMb,
    unit: 'MB',
    target: { atMost: 700 },
  };
  if (first === last) return;
  const costs = [last, first].map(({ result }) => 1_000_000 / result.ours);
  yield {
    name: `cost of an event, ${whole(last.events)} : ${whole(first.events)} events`,
    ours: `${costs[0]!.toFixed(1)} us`,
    reference: `${costs[1]!.toFixed(1)} us`,
    value: first.result.ratio.median / last.result.ratio.median,
    unit: 'x',
    target: { atMost: 1.15 },
    note: 'Each size in units of its own JSON.parse, since the two do not run by turns',
  };
}

async function measured(bench: Bench, events: number): Promise<Size> {
  const file = await seeded(bench, events);
  const texts = await parsing(file);
  const peaks: number[] = [];
  const rebuildOnce = async () => {
    const side = await Side.start<Rebuilding>(new URL('sides/rebuild.ts', import.meta.url), { args: [file] });
    const { perSecond, peakMb } = await side.ask('rebuild');
    await side.end();
    peaks.push(peakMb);
    return perSecond;
  };
  const result = await alternating(Math.min(bench.rounds, 5), rebuildOnce, () => texts.ask('parse'));
  await texts.end();
  return { events, result, peakMb: median(peaks) };
}
