import { type EventStore, LogTail, type RecordedEvent } from '#event-store';
import type { OrganizationId } from '#reporting';
import { recognise, subjectOf } from '#reporting';

/** Which organizations have become one. Who acted for one of them acted for all, whichever way they were merged. */
export class MergersOnRecord {
  private readonly successors = new Map<OrganizationId, OrganizationId>();
  /** The same set for all that are in it. Who never merged is in none. */
  private readonly joined = new Map<OrganizationId, ReadonlySet<OrganizationId>>();
  private readonly tail: LogTail;

  constructor(store: EventStore) {
    this.tail = new LogTail(store, ['organization'], (event) => this.take(event));
  }

  /** `id`, and all that it is one with. */
  async oneWith(id: OrganizationId): Promise<OrganizationId[]> {
    await this.tail.catchUp();
    return [...this.setOf(id)];
  }

  /**
   * What `id` was merged into, and that again, as far as it goes; without `id` itself. It ends where it comes back to where
   * it was: two nodes may close a circle at the same moment.
   */
  async successorsOf(id: OrganizationId): Promise<OrganizationId[]> {
    await this.tail.catchUp();
    const chain = new Set<OrganizationId>();
    let next = this.successors.get(id);
    while (next && !chain.has(next)) {
      chain.add(next);
      next = this.successors.get(next);
    }
    return [...chain];
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
