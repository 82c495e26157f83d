import { SqliteEventStore } from '#event-store';
import { type ReportingEvent, subjectOf } from '#reporting';
import { answering } from '../measuring/side.js';

const [file = ''] = process.argv.slice(2);
const store = SqliteEventStore.open(file);

answering({
  /** Reads the whole log and folds the timelines of its organizations. Events per second. */
  replay: async (): Promise<number> => {
    const began = performance.now();
    const timelines = new Timelines();
    let events = 0;
    for await (const page of store.readPages()) {
      for (const event of page) timelines.take(event as unknown as ReportingEvent & { stream: string });
      events += page.length;
    }
    if (timelines.entries !== events) throw new Error('Some events are in no timeline');
    return events / ((performance.now() - began) / 1_000);
  },
});

/** For each organization the kind and the sequence of what happened to it, as numbers. */
class Timelines {
  entries = 0;
  private readonly kinds = new Map<string, number>();
  private readonly subjects = new Map<string, number[]>();
  private readonly organizations = new Map<string, number[]>();

  take(event: ReportingEvent & { stream: string }): void {
    const { stream, type } = event;
    let timeline = this.subjects.get(stream);
    if (!timeline) {
      timeline = this.of(type === 'ActionRecorded' ? event.data.lead : organizationOf(stream));
      this.subjects.set(stream, timeline);
    }
    let kind = this.kinds.get(type);
    if (kind === undefined) this.kinds.set(type, (kind = this.kinds.size));
    timeline.push(kind, this.entries++);
  }

  private of(organization: string): number[] {
    let timeline = this.organizations.get(organization);
    if (!timeline) this.organizations.set(organization, (timeline = []));
    return timeline;
  }
}

/** The cycle itself stands under its own name. */
function organizationOf(stream: string): string {
  const subject = subjectOf(stream);
  return 'organization' in subject ? subject.organization : stream;
}
