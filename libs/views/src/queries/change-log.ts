import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { RecordedEvent } from '#event-store';
import { recognise, type ReportingEvent } from '#reporting';
import { inPlainWords, type Told, withheldInPlainWords } from '../plain-words/plain-words.js';
import type { Naming } from '../plain-words/wording.js';
import { Views } from '../views.js';
import { documentAt, type DocumentOf } from './documents.js';
import { type AtSequence, eventsInOrder, sequenceOf } from './events-in-order.js';
import { type ChangesAbout, type Scope, scopeOf } from './change-log-scope.js';

/** One event of the record, told to a reader. */
export interface ChangeEntry extends Told {
  readonly sequence: number;
  /** RFC 3339, UTC, milliseconds. */
  readonly recordedAt: string;
  readonly type: string;
  readonly stream: string;
  /** That it happened is for the reader; what it says is not. */
  readonly withheld?: true;
}

export interface ChangeLogPage {
  readonly entries: readonly ChangeEntry[];
  /** Where the page after this one goes on, exclusive; absent where there is nothing more. */
  readonly next?: number;
}

/** Which part of the log. */
export interface ChangesAsked {
  readonly about: ChangesAbout;
  /** Sequence, exclusive; -1 for all. */
  readonly after: number;
  /** Sequence, inclusive. */
  readonly last: number;
  /** The moment at which things are called what they are, and belong to whom they do: that of the whole list. */
  readonly asOf: number;
  readonly order: 'newest' | 'oldest';
  readonly limit: number;
}

/** What happened, in plain words: as far as whoever asks may read it. */
export class ChangeLog extends Query<ChangeLogPage> {
  constructor(
    readonly asked: ChangesAsked,
    readonly mayRead: (event: RecordedEvent) => boolean | Promise<boolean>,
  ) {
    super();
  }
}

/** Events that are looked at for one page: a reader who may read little of much is sent a short page. */
const MOST_LOOKED_AT = 2_000;
/** Events that are read at a time where the log is read backwards. */
const STRETCH = 200;
const STREAMS_AT_ONCE = 16;

@QueryHandler(ChangeLog)
export class ChangeLogHandler implements IQueryHandler<ChangeLog> {
  constructor(private readonly views: Views) {}

  async execute({ asked, mayRead }: ChangeLog): Promise<ChangeLogPage> {
    const { about, asOf, limit } = asked;
    const naming = namesAt(this.views, asOf);
    const scope = scopeOf(this.views, about, asOf);
    const entries: ChangeEntry[] = [];
    let looked = 0;
    let before = asked.after;
    for await (const { sequence, event } of this.events(scope, asked)) {
      if (looked++ === MOST_LOOKED_AT) return { entries, next: before };
      before = sequence;
      const known = recognise(event) as ReportingEvent & RecordedEvent;
      if (!scope.has(known, sequence)) continue;
      const readable = await mayRead(event);
      const told = readable ? inPlainWords(known, naming) : withheldInPlainWords(known, naming);
      if (!told) continue;
      if (entries.length === limit) return { entries, next: entries.at(-1)!.sequence };
      const { stream, type, metadata } = event;
      const place = { sequence, recordedAt: metadata['recordedAt'] ?? '', type, stream };
      entries.push({ ...place, ...told, ...(!readable && { withheld: true as const }) });
    }
    return { entries };
  }

  private async *events({ streams }: Scope, { after, last, order }: ChangesAsked): AsyncGenerator<AtSequence> {
    if (streams) {
      const events = await this.inStreams(streams, after, last);
      yield* order === 'newest' ? events.reverse() : events;
      return;
    }
    if (order === 'oldest') yield* eventsInOrder(this.views, after, last);
    for (let end = last; order === 'newest' && end > after; end -= STRETCH) {
      const stretch: AtSequence[] = [];
      for await (const each of eventsInOrder(this.views, Math.max(after, end - STRETCH), end)) stretch.push(each);
      yield* stretch.reverse();
    }
  }

  private async inStreams(streams: readonly string[], after: number, last: number): Promise<AtSequence[]> {
    const found: AtSequence[] = [];
    for (let n = 0; n < streams.length; n += STREAMS_AT_ONCE) {
      const some = streams.slice(n, n + STREAMS_AT_ONCE).map((stream) => this.inStream(stream, after, last));
      found.push(...(await Promise.all(some)).flat());
    }
    return found.sort((a, b) => a.sequence - b.sequence);
  }

  private async inStream(stream: string, after: number, last: number): Promise<AtSequence[]> {
    const found: AtSequence[] = [];
    for await (const event of this.views.log.readIfAny(stream)) {
      const sequence = await sequenceOf(this.views, event);
      if (sequence === undefined || sequence > last) break;
      if (sequence > after) found.push({ sequence, event });
    }
    return found;
  }
}

/** Names as they were at a sequence, each looked up once. */
function namesAt(views: Views, asOf: number): Naming {
  const known = new Map<string, string | undefined>();
  const nameIn = <Name extends 'organizations' | 'actions' | 'options'>(
    view: Name,
    key: string,
    nameOf: (document: DocumentOf[Name]) => string,
  ) => {
    const place = `${view}/${key}`;
    if (known.has(place)) return known.get(place);
    const found = documentAt(views, view, key, asOf);
    const name = found && nameOf(found);
    known.set(place, name);
    return name;
  };
  return {
    organization: (id) => nameIn('organizations', id, ({ name }) => name),
    action: (id) => nameIn('actions', id, ({ title }) => title),
    option: (id) => nameIn('options', id, ({ title }) => title),
  };
}
