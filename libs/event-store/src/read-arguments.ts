import { BadRead } from './errors.js';
import type { ReadOptions } from './event-store.js';

const CATEGORY = /^[a-z][a-z0-9]*$/;

/** What every store refuses to read, so that all refuse alike: KurrentDB answers a limit of 0 with `unavailable`. */
export function checkRead({ from, direction, limit }: ReadOptions): void {
  if (from !== undefined && !(Number.isSafeInteger(from) && from >= 0)) {
    throw new BadRead(`A read starts from a revision, a whole number from 0, not ${from}`);
  }
  if (direction !== undefined && direction !== 'forwards' && direction !== 'backwards') {
    throw new BadRead(`A read goes 'forwards' or 'backwards', not '${String(direction)}'`);
  }
  checkLimit(limit);
}

export function checkLimit(limit: number | undefined): void {
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1)) {
    throw new BadRead(`A limit is a whole number from 1, not ${limit}`);
  }
}

export function checkCategories(categories: readonly string[] | undefined): void {
  if (categories?.length === 0) throw new BadRead('A filter by category names at least one');
  const bad = categories?.find((category) => !CATEGORY.test(category));
  if (bad !== undefined) throw new BadRead(`There can be no category '${bad}'`);
}
