import { type Behind, MOST_COUNTED } from '../health/backlog.js';
import { freeBytes, type WatchedQueue, type WatchedViews } from '../health/checks.js';
import type { Metrics } from './metrics.js';

const PHASES = ['not-started', 'building', 'failed', 'live'];

export function watchViews(metrics: Metrics, views: WatchedViews, behind: () => Promise<Behind>): void {
  metrics.up('para71_store_up', '1 while the event store answers a read within a second', behind);
  metrics.gauge(
    'para71_projection_lag_events',
    `Events of the log that the views of this process do not show yet; ${MOST_COUNTED} stands for so many or more`,
    async () => (await behind()).events,
  );
  metrics.gauge(
    'para71_projection_lag_seconds',
    'How long ago the first event was recorded that the views of this process do not show yet; 0 where there is none',
    async () => (await behind()).seconds,
  );
  metrics.gauge(
    'para71_views_phase',
    '1 for the phase that the views are in',
    () => {
      const current = views.trouble?.reason ?? 'live';
      return Object.fromEntries(PHASES.map((phase) => [phase, phase === current ? 1 : 0]));
    },
    'phase',
  );
  metrics.gauge('para71_views_sequence', 'Last sequence of the record that the views show', () => views.head.sequence);
}

export function watchQueue(metrics: Metrics, depth: WatchedQueue['depth']): void {
  metrics.up('para71_job_queue_up', '1 while the job queue answers within a second', depth);
  metrics.gauge(
    'para71_job_queue_depth',
    'Jobs by state: waiting, delayed, active or failed (given up)',
    async () => {
      const { waiting, delayed, active, failed } = await depth();
      return { waiting, delayed, active, failed };
    },
    'state',
  );
  metrics.gauge(
    'para71_oldest_overdue_job_seconds',
    'How long the job that should have begun first has been waiting since then; 0 where none is overdue',
    async () => (await depth()).oldestDueMs / 1_000,
  );
}

export function watchProcess(metrics: Metrics, version: string, dataDir: string): void {
  metrics.gauge('para71_build_info', 'Always 1; the label names the version', () => ({ [version]: 1 }), 'version');
  metrics.gauge('para71_data_free_bytes', 'Room on the disk of DATA_DIR', () => freeBytes(dataDir));
}
