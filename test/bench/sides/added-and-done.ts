import { randomUUID } from 'node:crypto';

/** Jobs that are on their way to the queue at once. */
const TOGETHER = 100;

/** Adds empty jobs and waits until each has been run. */
export function addedAndDone(add: (id: string) => Promise<unknown>) {
  let left = 0;
  let all = Promise.withResolvers<void>();
  return {
    done: (): void => {
      if (--left === 0) all.resolve();
    },
    perSecond: async ({ count }: { readonly count: number }): Promise<number> => {
      left = count;
      all = Promise.withResolvers<void>();
      const began = performance.now();
      for (let added = 0; added < count; added += TOGETHER) {
        await Promise.all(Array.from({ length: Math.min(TOGETHER, count - added) }, () => add(`job-${randomUUID()}`)));
      }
      await all.promise;
      return count / ((performance.now() - began) / 1_000);
    },
  };
}
