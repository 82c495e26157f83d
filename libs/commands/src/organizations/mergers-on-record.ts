import type { EventStore, RecordedEvent } from '#event-store';
import type { OrganizationId } from '#reporting';
import { recognise, subjectOf } from '#reporting';

/**
 * Which organizations have become one. Who acted for one of them acted for all, whichever way they were merged. Each
 * question reads what was added to the log since the one before, and nothing else: it is as true as the log, on every node.
 */
export class MergersOnRecord {
  private readonly successors = new Map<OrganizationId, OrganizationId>();
  /** The same set for all that are in it. Who never merged is in none. */
  private readonly joined = new Map<OrganizationId, ReadonlySet<OrganizationId>>();
  private after: string | undefined;
  private reading: Promise<void> = Promise.resolve();
  /** A reading that has not begun: whoever asks now may share it. */
  private next: Promise<void> | undefined;

  constructor(private readonly store: EventStore) {}

  /** `id`, and all that it is one with. */
  async oneWith(id: OrganizationId): Promise<OrganizationId[]> {
    await this.catchUp();
    return [...this.setOf(id)];
  }

  /**
   * What `id` was merged into, and that again, as far as it goes; without `id` itself. It ends where it comes back to where
   * it was: two nodes may close a circle at the same moment.
   */
  async successorsOf(id: OrganizationId): Promise<OrganizationId[]> {
    await this.catchUp();
    const chain = new Set<OrganizationId>();
    let next = this.successors.get(id);
    while (next && !chain.has(next)) {
      chain.add(next);
      next = this.successors.get(next);
    }
    return [...chain];
  }

  /** A list asks about many organizations at once. */
  private catchUp(): Promise<void> {
    const read = () => {
      this.next = undefined;
      return this.readOn();
    };
    // After the one that is under way, also where that one fails: it is for the one who asked to know.
    this.next ??= this.reading = this.reading.then(read, read);
    return this.next;
  }

  private async readOn(): Promise<void> {
    const place = { categories: ['organization'], ...(this.after !== undefined && { after: this.after }) };
    for await (const page of this.store.readPages(place)) {
      for (const event of page) this.take(event);
      this.after = page.at(-1)?.position ?? this.after;
    }
  }

  private take(stored: RecordedEvent): void {
    const subject = subjectOf(stored.stream);
    const event = recognise(stored);
    if (subject.category !== 'organization' || event.type !== 'OrganizationMergedInto') return;
    this.successors.set(subject.organization, event.data.successor);
    const all = new Set([...this.setOf(subject.organization), ...this.setOf(event.data.successor)]);
    for (const each of all) this.joined.set(each, all);
  }

  private setOf(id: OrganizationId): ReadonlySet<OrganizationId> {
    return this.joined.get(id) ?? new Set([id]);
  }
}
