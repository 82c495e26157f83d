export {
  type Configuration,
  ConfigurationFault,
  type LogLevel,
  readConfiguration,
} from './configuration/configuration.js';
export { isLoopback } from './configuration/loopback.js';
export { misspellings } from './configuration/misspellings.js';
export { VARIABLES, type Variable, type VariableName } from './configuration/variables.js';
export type { EndingStep } from './ending/end-in-order.js';
export { endOnSignal, type EndOnSignalOptions } from './ending/end-on-signal.js';
export type { QueueDepth, WatchedQueue, WatchedViews } from './health/checks.js';
export { OperationServer, type OperationServerOptions } from './health/operation-server.js';
export { type Finding, type Health, type HealthCheck, type HealthStatus, Readiness } from './health/readiness.js';
export { correlated } from './logs/correlation.js';
export { type Log, openLog } from './logs/log.js';
export { NestLog } from './logs/nest-log.js';
export { failToStart, type Talk, talkTo } from './logs/talk.js';
export { Tally } from './metrics/durations.js';
export { MeasuredStore } from './metrics/measured-store.js';
export { MetricsToken } from './metrics/metrics-token.js';
export { Metrics, type Reading } from './metrics/metrics.js';
export { type Watched, watch } from './watch.js';
