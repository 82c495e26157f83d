import type { Log } from '../logs/log.js';
import { TookTooLong, within } from '../within.js';

/** One of the things that have to be ended, in their order. */
export interface EndingStep {
  readonly name: string;
  /** How long it may take before it is given up and the next one begins. Default: as long as is left. */
  readonly withinMs?: number;
  run(): Promise<void>;
  /** What is done where it is given up, so that the next steps are not held up by it. */
  giveUp?(): void;
}

export interface EndingOptions {
  readonly log: Log;
  /** For all steps together. */
  readonly patienceMs?: number;
}

/** Whoever runs processes (Docker: after 10 s) kills them, and a busy machine needs a while to let go of one. */
export const PATIENCE_MS = 8_000;

/** Whether all ended as they should. Names in the log what did not, and goes on with the rest as long as there is time. */
export async function endInOrder(steps: readonly EndingStep[], { log, patienceMs = PATIENCE_MS }: EndingOptions) {
  const deadline = performance.now() + patienceMs;
  let allEnded = true;
  for (const step of steps) {
    const { name, withinMs = patienceMs } = step;
    const ms = Math.max(0, Math.min(withinMs, deadline - performance.now()));
    try {
      await within(ms, () => step.run());
    } catch (error) {
      allEnded = false;
      if (error instanceof TookTooLong) {
        log.error({ step: name }, `${name} had not ended after ${Math.round(ms)} ms: it is cut off`);
        step.giveUp?.();
      } else log.error({ step: name, error }, `${name} could not be ended`);
    }
  }
  return allEnded;
}
