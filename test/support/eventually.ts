import { setTimeout as delay } from 'node:timers/promises';

/** Longer than the half minute in which mails are looked for, and than a busy machine takes for anything else. */
const PATIENCE_MS = 50_000;
const LOOK_EVERY_MS = 50;

/** Looks until it holds. `what` it waits for is said where it does not come to be. */
export async function eventually(holds: () => Promise<boolean> | boolean, what = 'It'): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await holds()); await delay(LOOK_EVERY_MS))
    if (Date.now() > end) throw new Error(`${what} did not come to be in time`);
}
