import type { Views } from './views.js';

/** One hash of all that a process tells, up to and with a sequence. */
export interface RecordDigest {
  readonly sequence: number;
  readonly digest: string;
}

/** Made once for all who ask at the same time, and again only when the record has moved on. */
export class RecordDigests {
  private latest: RecordDigest | undefined;
  private underWay: Promise<RecordDigest> | undefined;

  constructor(private readonly views: Views) {}

  /** One that covers this sequence, which the views have passed. */
  async covering(sequence: number): Promise<RecordDigest> {
    while (this.latest === undefined || this.latest.sequence < sequence) {
      this.underWay ??= this.views.digestAside().finally(() => (this.underWay = undefined));
      this.latest = await this.underWay;
    }
    return this.latest;
  }
}
