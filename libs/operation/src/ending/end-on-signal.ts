import type { Log } from '../logs/log.js';
import { endInOrder, type EndingStep, PATIENCE_MS } from './end-in-order.js';

export interface EndOnSignalOptions {
  /** In order: what takes work in first, what others rest on last. */
  readonly steps: readonly EndingStep[];
  readonly log: Log;
  /** Lines for the person who ends it. */
  readonly tell: (line: string) => void;
  /** Before the first step, for example to be not ready any more. */
  readonly onSignal?: () => void;
  readonly patienceMs?: number;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Ends the process on SIGINT or SIGTERM, within ten seconds: exit code 0 where all steps ended, 1 where one had to be
 * cut off. A second signal ends it at once.
 */
export function endOnSignal({ steps, log, tell, onSignal, patienceMs = PATIENCE_MS }: EndOnSignalOptions): void {
  let isEnding = false;
  const end = async (signal: (typeof SIGNALS)[number]): Promise<void> => {
    if (isEnding) {
      log.error(`${signal} for the second time: it ends at once`);
      process.exit(EXIT_CODES[signal]);
    }
    isEnding = true;
    tell(`${signal}: letting requests under way finish`);
    onSignal?.();
    const allEnded = await endInOrder(steps, { log, patienceMs });
    if (allEnded) tell('Ended.');
    process.exit(allEnded ? 0 : 1);
  };
  for (const signal of SIGNALS) process.on(signal, () => void end(signal));
}
