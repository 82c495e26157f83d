import { setTimeout as delay } from 'node:timers/promises';
import { StoreClosed } from './errors.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface FollowingOptions {
  /** Each time that the log could not be followed any more. It is again, after a pause. */
  readonly onFault: (error: unknown) => void;
  readonly signal?: AbortSignal;
}

/**
 * Follows a log for as long as there is one: `follow` is called again after each fault, with pauses that grow while it gets
 * nowhere, until it returns, the store is closed or the signal comes. `follow` says `onStep` whenever it got further.
 */
export async function keepFollowing(
  follow: (onStep: () => void) => Promise<void>,
  { onFault, signal }: FollowingOptions,
): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  const onStep = () => {
    pauseMs = FIRST_PAUSE_MS;
  };
  while (!signal?.aborted) {
    try {
      return await follow(onStep);
    } catch (error) {
      if (signal?.aborted || error instanceof StoreClosed) return;
      onFault(error);
    }
    // A signal only ends the pause.
    await delay(pauseMs, undefined, { ref: false, ...(signal && { signal }) }).catch(() => undefined);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
