import type { Filter } from '@kurrent/kurrentdb-client';

/** How often the server says how far it has looked in a subscription: after so many times 32 events. */
const CHECKPOINTS = 8;

/** What the server is to send of the log: streams `<category>-…`, and so none of its own, which begin with `$`. */
export function logFilter(categories: readonly string[] | undefined): Filter {
  return {
    filterOn: 'streamName',
    checkpointInterval: CHECKPOINTS,
    ...(categories
      ? { prefixes: categories.map((category) => `${category}-`) }
      : { regex: '^[a-z][a-z0-9]*-[a-z0-9]' }),
  };
}
