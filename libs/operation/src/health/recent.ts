import { within } from '../within.js';

/**
 * What `look` found not longer than `forMs` ago. It runs once at a time, however many ask and however long it takes;
 * who asks waits for `withinMs` at most, and then is told that it took too long.
 */
export class Recent<Found> {
  private latest: { readonly at: number; readonly found: Promise<Found> } | undefined;
  private running = false;

  constructor(
    private readonly look: () => Promise<Found>,
    private readonly forMs = 1_000,
    private readonly withinMs = 1_000,
  ) {}

  get(): Promise<Found> {
    const { latest } = this;
    const isRecent = latest && (this.running || performance.now() - latest.at < this.forMs);
    const found = isRecent ? latest.found : this.lookAgain();
    return within(this.withinMs, () => found);
  }

  private lookAgain(): Promise<Found> {
    this.running = true;
    const found = this.look().finally(() => {
      this.running = false;
      this.latest = { at: performance.now(), found };
    });
    // Nobody may be waiting any more by the time it fails.
    found.catch(() => undefined);
    this.latest = { at: performance.now(), found };
    return found;
  }
}
