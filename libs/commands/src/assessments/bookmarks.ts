import { randomUUID } from 'node:crypto';
import { type EventStore, type RecordedEvent, WrongExpectedRevision } from '#event-store';
import type { ReportId } from '#reporting';
import { PERSON_ID } from '../fields.js';
import type { RecordingClock } from '../recording-clock.js';
import { TooMuchContention } from '../recording-faults.js';

/** Not a category of the public record: who read what, and when, is nobody else's to know. */
const streamOf = ({ series, year, organization }: ReportId, person: string) =>
  `bookmark-${series}-${year}-${organization}--${person}`;

const ATTEMPTS = 5;

/** How far somebody has looked at a report: their own word, since to be sent an answer is not to have read it. */
export interface BookmarkSet {
  readonly type: 'BookmarkSet';
  /** The last sequence of the public record that they have seen. */
  readonly data: { readonly sequence: number };
}

/** Where each person has put a bookmark into each report. On the log, so that every node knows it. */
export class Bookmarks {
  constructor(
    private readonly store: EventStore,
    private readonly clock: RecordingClock,
  ) {}

  /** The sequence of a person's bookmark in a report; nothing where there is none. */
  async of(person: string, report: ReportId): Promise<number | undefined> {
    // Where nobody signs in an actor may be called anything.
    if (!PERSON_ID.test(person)) return undefined;
    return (await this.last(streamOf(report, person)))?.sequence;
  }

  /** Puts it elsewhere, further back as well as on. Where it is there already, nothing is written. */
  async put(person: string, report: ReportId, sequence: number, correlationId: string): Promise<void> {
    const stream = streamOf(report, person);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const last = await this.last(stream);
      if (last?.sequence === sequence) return;
      const recordedAt = this.clock.stamp(last?.recordedAt);
      const set: BookmarkSet = { type: 'BookmarkSet', data: { sequence } };
      const metadata = { actor: person, correlationId, recordedAt, v: '1' };
      try {
        await this.store.append(stream, last?.revision ?? 'no-stream', [{ id: randomUUID(), ...set, metadata }]);
        return;
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
      }
    }
    throw new TooMuchContention(stream, ATTEMPTS);
  }

  private async last(stream: string) {
    let last: RecordedEvent | undefined;
    for await (const event of this.store.readIfAny(stream, { direction: 'backwards', limit: 1 })) last = event;
    if (!last) return undefined;
    const { sequence } = last.data as unknown as BookmarkSet['data'];
    return { sequence, revision: last.revision, recordedAt: last.metadata['recordedAt'] ?? '' };
  }
}
