import type { EventStore } from '#event-store';
import { recognise, subjectOf } from '#reporting';

/** Who was ever given the role of an administrator. Read from the log each time it is asked for, which is seldom. */
export class AdministratorsOnRecord {
  constructor(private readonly store: EventStore) {}

  async ever(): Promise<string[]> {
    const persons = new Set<string>();
    for await (const page of this.store.readPages({ categories: ['mandate'] })) {
      for (const stored of page) {
        const subject = subjectOf(stored.stream);
        const event = recognise(stored);
        if (subject.category === 'mandate' && event.type === 'MandateGiven' && event.data.role === 'administrator')
          persons.add(subject.person);
      }
    }
    return [...persons];
  }
}
