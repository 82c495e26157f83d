import type { EventStore, RecordedEvent } from '#event-store';
import type { OrganizationId } from '#reporting';
import { recognise, subjectOf } from '#reporting';

/**
 * Who is reviewing a report of which organization at present. Each question reads what was added to the log since the
 * one before, and nothing else: it is as true as the log, on every node.
 */
export class ReviewersOnRecord {
  /** Streams of assessments that go on, by `<organization>/<person>`. */
  private readonly open = new Map<string, Set<string>>();
  private after: string | undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly store: EventStore) {}

  async isReviewing(personId: string, organization: OrganizationId): Promise<boolean> {
    const readOn = () => this.readOn();
    // One after the other, also after one that failed: that is for the one who asked to know.
    this.reading = this.reading.then(readOn, readOn);
    await this.reading;
    return Boolean(this.open.get(`${organization}/${personId}`)?.size);
  }

  private async readOn(): Promise<void> {
    const place = { categories: ['assessment'], ...(this.after !== undefined && { after: this.after }) };
    for await (const page of this.store.readPages(place)) {
      for (const event of page) this.take(event);
      this.after = page.at(-1)?.position ?? this.after;
    }
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
