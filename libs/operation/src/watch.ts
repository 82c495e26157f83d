import type { EventStore } from '#event-store';
import type { Configuration } from './configuration/configuration.js';
import { Backlog } from './health/backlog.js';
import {
  diskCheck,
  jobsCheck,
  peopleCheck,
  searchCheck,
  storeCheck,
  viewsCheck,
  type WatchedPeople,
  type WatchedQueue,
  type WatchedSearch,
  type WatchedViews,
} from './health/checks.js';
import { Readiness } from './health/readiness.js';
import { Recent } from './health/recent.js';
import { Metrics } from './metrics/metrics.js';
import { watchProcess, watchQueue, watchViews } from './metrics/gauges.js';

export interface Watched {
  readonly configuration: Configuration;
  readonly version: string;
  readonly metrics: Metrics;
  readonly store: EventStore;
  readonly views: WatchedViews;
  /** What the views follow. */
  readonly categories: readonly string[];
  /** Absent where this process neither adds nor runs jobs. */
  readonly queue?: WatchedQueue;
  /** Absent where nobody looks for anything here. */
  readonly search?: WatchedSearch;
  /** Absent where nobody signs in here. */
  readonly people?: WatchedPeople | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Has the metrics show what a process rests on, and says whether it is ready. To be called once the views are started. */
export function watch(watched: Watched): Readiness {
  const { configuration, version, metrics, store, views, categories, queue, search, people, now } = watched;
  const { dataDir } = configuration;
  const backlog = new Backlog({ store, views, categories, now });
  const behind = new Recent(() => backlog.look());
  const look = () => behind.get();
  watchProcess(metrics, version, dataDir);
  watchViews(metrics, views, look);
  const checks = [storeCheck(look), viewsCheck(views), diskCheck(dataDir)];
  if (queue) {
    const depth = new Recent(() => queue.depth());
    watchQueue(metrics, () => depth.get());
    checks.push(jobsCheck({ depth: () => depth.get() }));
  }
  if (search) checks.push(searchCheck(search));
  if (people) checks.push(peopleCheck(people));
  return new Readiness(checks);
}
