/** Time that passes when a spec says so. `now` is what `RecordingClock` and the like take for the machine's clock. */
export class FrozenClock {
  private millis: number;

  /** `instant`: RFC 3339, for example `2026-01-15T09:00:00Z`. */
  constructor(instant: string) {
    this.millis = millisOf(instant);
  }

  /** Milliseconds since 1970, as `Date.now`. */
  readonly now = (): number => this.millis;

  /** The day in UTC, as the rules take it. */
  today(): string {
    return new Date(this.millis).toISOString().slice(0, 10);
  }

  /** Forward, or back where `millis` is negative: machines do that too. */
  pass(millis: number): void {
    this.millis += millis;
  }

  set(instant: string): void {
    this.millis = millisOf(instant);
  }
}

function millisOf(instant: string): number {
  const millis = Date.parse(instant);
  if (Number.isNaN(millis)) throw new Error(`${instant} is not an instant such as 2026-01-15T09:00:00Z`);
  return millis;
}
