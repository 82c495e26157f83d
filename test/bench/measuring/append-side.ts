import type { appendingTo, appendingUntilKilled } from './callers.js';
import { Side } from './side.js';

/** A store, or what stands for one, that appends for its callers in a process of its own. */
export type AppendQuestions = {
  append: ReturnType<typeof appendingTo>;
  appendUntilKilled: ReturnType<typeof appendingUntilKilled>;
};
export type AppendSide = Side<AppendQuestions>;

export const appendSide = (module: URL, args: readonly string[], quiet = false): Promise<AppendSide> =>
  Side.start<AppendQuestions>(module, { args, quiet });

/** Of a side that must not fail. */
export async function appendsPerSecond(side: AppendSide, callers: number, ms: number): Promise<number> {
  const { perSecond, failed, why } = await side.ask('append', { callers, ms });
  if (failed) throw new Error(`${failed} appends failed: ${why}`);
  return perSecond;
}
