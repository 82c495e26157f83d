import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { within } from '../within.js';
import { Durations } from './durations.js';

const APPEND_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const REQUEST_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A scrape waits so long for each value that has to be asked for elsewhere. */
const PATIENCE_MS = 1_000;

/** What a gauge shows: one value, or one for each value of its label. Absent: there is none at present. */
export type Reading = number | Readonly<Record<string, number>> | undefined;

/** Everything that this process measures of itself, for Prometheus. */
export class Metrics {
  readonly contentType: string;
  readonly appends: Durations<'outcome'>;
  readonly requests: Durations<'method' | 'route' | 'status'>;
  private readonly registry = new Registry();

  constructor() {
    this.contentType = this.registry.contentType;
    collectDefaultMetrics({ register: this.registry });
    this.appends = new Durations(
      {
        name: 'para71_append_duration_seconds',
        help: 'How long the event store took to append, by outcome: recorded, repeated, refused or failed',
        labels: ['outcome'],
        bounds: APPEND_BOUNDS,
      },
      this.registry,
    );
    this.requests = new Durations(
      {
        name: 'para71_http_request_duration_seconds',
        help: 'From the head of a request to the end of its answer, by route and class of status; aborted: the client hung up',
        labels: ['method', 'route', 'status'],
        bounds: REQUEST_BOUNDS,
      },
      this.registry,
    );
  }

  /**
   * Is read with every scrape. One that fails or takes longer than a second shows no value in that scrape: what is away
   * has a gauge `…_up` of its own.
   */
  gauge(name: string, help: string, read: () => Reading | Promise<Reading>, label?: string): void {
    new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [this.registry],
      async collect() {
        this.reset();
        // A gauge without labels would begin anew at 0, which is not what `no value` is.
        if (label === undefined) this.remove();
        const reading = await within(PATIENCE_MS, async () => read()).catch(() => undefined);
        if (typeof reading === 'number') this.set(reading);
        else if (reading !== undefined && label !== undefined)
          for (const [value, number] of Object.entries(reading)) this.set({ [label]: value }, number);
      },
    });
  }

  /** 1 while `read` succeeds within a second, else 0. */
  up(name: string, help: string, read: () => Promise<unknown>): void {
    this.gauge(name, help, () =>
      within(PATIENCE_MS, read).then(
        () => 1,
        () => 0,
      ),
    );
  }

  /** The text that Prometheus reads. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
