import {
  describeStore,
  type EventStore,
  NoLogYet,
  openEventStore,
  openLogReader,
  type RecordedEvent,
  StoreInUse,
} from '#event-store';
import { keysNamedOn } from '#identity';
import { PUBLIC_CATEGORIES, recognise } from '#reporting';
import { counted } from '../io.js';
import { type Examined, fault, type Finding, ok, warning, wordsOf } from './finding.js';

export interface LogExamined {
  readonly found: Finding[];
  /** When the log was last written to; absent where it is empty or was not read. */
  readonly latest?: string;
  readonly publicEvents?: number;
  /** Which keys of persons it names; absent where it names none, or could not be asked. */
  readonly keysNamed?: string;
}

/** Opens the log, which tries reading and writing, and reads it through. One that a server has is read beside it. */
export async function examineLog(examined: Examined): Promise<LogExamined> {
  let store: EventStore;
  try {
    store = await openEventStore(examined.configuration.eventStoreUrl, { ifNone: 'refuse' });
  } catch (error) {
    if (error instanceof NoLogYet) return { found: [ok('log', `${error.message} yet: the first start begins one`)] };
    if (error instanceof StoreInUse) return besides(error, examined);
    return { found: [fault('log', wordsOf(error), 'Do what it says: until then nothing can be recorded')] };
  }
  try {
    const { what, isSupported } = await describeStore(store);
    const open = isSupported
      ? ok('log', `${what}: can be read and written`)
      : warning(
          'log',
          `${what}: can be read and written, but is no version that Para 71 is made for`,
          'Use 24.10 LTS or 26.0 LTS',
        );
    const named = await keysNamedOn(store);
    const keysNamed = named !== undefined && { keysNamed: named };
    if (examined.isQuick) return { found: [open], ...keysNamed };
    const reading = new Reading(examined);
    for await (const page of store.readPages()) reading.page(page);
    return { ...reading.examined([open]), ...keysNamed };
  } catch (error) {
    return unreadable(error, examined);
  } finally {
    await store.close();
  }
}

async function besides(inUse: StoreInUse, examined: Examined): Promise<LogExamined> {
  const open = ok('log', inUse.message);
  if (examined.isQuick) return { found: [open] };
  let reader: Awaited<ReturnType<typeof openLogReader>> | undefined;
  try {
    reader = await openLogReader(inUse.aside);
    const reading = new Reading(examined);
    const end = await reader.end();
    const all = end && reader.pages({ upTo: end.position, categories: PUBLIC_CATEGORIES, share: 0, shares: 1 });
    for await (const page of all ?? []) reading.page(page.filter((event) => typeof event !== 'string'));
    return reading.examined([open]);
  } catch (error) {
    return unreadable(error, examined);
  } finally {
    await reader?.close();
  }
}

function unreadable(error: unknown, { talk }: Examined): LogExamined {
  talk.io.signal.throwIfAborted();
  const mend = 'See to where it is kept; if it stays so, restore it from a backup';
  return { found: [fault('log', `The log cannot be read through: ${wordsOf(error)}`, mend)] };
}

const PUBLIC = new Set<string>(PUBLIC_CATEGORIES);

/** What is to be seen of a log as it is read from its beginning. */
class Reading {
  private events = 0;
  private publicEvents = 0;
  private latest = '';
  private earlier = 0;
  private readonly unknown = new Map<string, string>();
  private readonly gaps: string[] = [];
  private readonly revisions = new Map<string, number>();

  constructor(private readonly of: Examined) {}

  page(events: readonly RecordedEvent[]): void {
    this.of.talk.io.signal.throwIfAborted();
    for (const event of events) this.event(event);
    this.of.talk.progress(() => `  ${counted(this.events, 'event')} read`);
  }

  examined(found: Finding[]): LogExamined {
    const { events, revisions, gaps, unknown, earlier, latest, publicEvents } = this;
    found.push(ok('log', `${counted(events, 'event')} of ${counted(revisions.size, 'stream')} read`));
    if (gaps.length > 0) {
      const what = `Events are missing: ${gaps.slice(0, 3).join('; ')}${gaps.length > 3 ? ' and others' : ''}`;
      found.push(fault('log', what, 'Restore the log from a backup, and look for who deletes events on the server'));
    }
    for (const [type, why] of unknown)
      found.push(fault('log', `${type}: ${why}`, 'Run the edition that wrote it, or a newer one'));
    if (earlier > 0) {
      const what = `${counted(earlier, 'event')} recorded earlier than one before: clocks of several nodes differ`;
      found.push(warning('log', what, 'Keep the clocks of all nodes together (NTP)'));
    }
    return { found, publicEvents, ...(latest && { latest }) };
  }

  private event(event: RecordedEvent): void {
    this.events++;
    const { stream, revision, type, metadata } = event;
    const expected = (this.revisions.get(stream) ?? -1) + 1;
    if (revision !== expected) this.gaps.push(`${stream} goes from revision ${expected - 1} to ${revision}`);
    this.revisions.set(stream, revision);
    const recordedAt = metadata['recordedAt'] ?? this.latest;
    if (recordedAt < this.latest) this.earlier++;
    else this.latest = recordedAt;
    if (!PUBLIC.has(stream.slice(0, stream.indexOf('-')))) return;
    this.publicEvents++;
    try {
      recognise(event);
    } catch (error) {
      this.unknown.set(type, wordsOf(error));
    }
  }
}
