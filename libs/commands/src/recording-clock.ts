/**
 * The time at which something is recorded: RFC 3339, UTC, milliseconds, and never earlier than the one before, even
 * when the machine's clock is set back. The log's order comes from positions; this only has to agree with it.
 */
export class RecordingClock {
  private last = '';
  private millisecond = Number.NaN;
  private text = '';

  /** `now`: milliseconds since 1970, by default the machine's. */
  constructor(private readonly now: () => number = Date.now) {}

  /** `floor`: a recorded time that the next one must not precede. */
  stamp(floor = ''): string {
    this.notBefore(floor);
    this.notBefore(this.machine());
    return this.last;
  }

  /** Told at start, and by a node that reads what others record. */
  notBefore(recordedAt: string): void {
    if (recordedAt > this.last) this.last = recordedAt;
  }

  /** The day in UTC that the rules take for today. */
  today(): string {
    const now = this.machine();
    return (now > this.last ? now : this.last).slice(0, 10);
  }

  /** The machine's time. Several commands share a millisecond, and each asks twice: its text is made once. */
  private machine(): string {
    const now = this.now();
    if (now !== this.millisecond) [this.millisecond, this.text] = [now, new Date(now).toISOString()];
    return this.text;
  }
}
