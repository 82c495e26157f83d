import { type EventStore, LogTail, type RecordedEvent } from '#event-store';
import type { OrganizationId } from '#reporting';
import { recognise, subjectOf } from '#reporting';

/** Who is reviewing a report of which organization at present. */
export class ReviewersOnRecord {
  /** Streams of assessments that go on, by `<organization>/<person>`. */
  private readonly open = new Map<string, Set<string>>();
  private readonly tail: LogTail;

  constructor(store: EventStore) {
    this.tail = new LogTail(store, ['assessment'], (event) => this.take(event));
  }

  async isReviewing(personId: string, organization: OrganizationId): Promise<boolean> {
    await this.tail.catchUp();
    return Boolean(this.open.get(`${organization}/${personId}`)?.size);
  }

  private take(stored: RecordedEvent): void {
    const subject = subjectOf(stored.stream);
    if (subject.category !== 'assessment') return;
    const key = `${subject.organization}/${subject.reviewer}`;
    switch (recognise(stored).type) {
      case 'ReviewerAssigned':
        this.open.set(key, (this.open.get(key) ?? new Set()).add(stored.stream));
        return;
      case 'ReviewerRecused':
      case 'AssessmentConcluded':
        this.open.get(key)?.delete(stored.stream);
    }
  }
}
