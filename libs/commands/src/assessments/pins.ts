import type { EventStore } from '#event-store';
import { comparePositions } from '#event-store';
import type { Pinned, ReportId } from '#reporting';
import { recognise, reportStream } from '#reporting';
import type { Places } from './places.js';

/** What of a report was there to be read at a sequence of the record. */
export class Pins {
  constructor(
    private readonly store: EventStore,
    private readonly places: Places,
  ) {}

  async of(report: ReportId, { version, sequence }: { version: number; sequence: number }): Promise<Pinned> {
    let latest = 0;
    let submittedAt: string | undefined;
    for await (const stored of this.store.readIfAny(reportStream(report))) {
      const event = recognise(stored);
      if (event.type !== 'ReportSubmitted' && event.type !== 'ReportResubmitted') continue;
      latest = event.data.version;
      if (latest === version) submittedAt = stored.position;
    }
    if (submittedAt === undefined) return { latest, isReached: false, wasSubmitted: false };
    const seenUpTo = await this.places.positionOf(sequence);
    if (seenUpTo === undefined) return { latest, isReached: false, wasSubmitted: false };
    return { latest, isReached: true, wasSubmitted: comparePositions(submittedAt, seenUpTo) <= 0 };
  }
}
