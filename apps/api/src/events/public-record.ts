import { Injectable } from '@nestjs/common';
import { publicEvent } from '#commands';
import { EventStore, type RecordedEvent } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';
import { sequenceOf, Views } from '#views';
import type { MayRead } from './event-readers.js';
import type { EventsAsked } from './events-asked.js';

/** The log as everybody may read it: the events that the views have passed, under their sequences. */
@Injectable()
export class PublicRecord {
  constructor(
    private readonly store: EventStore,
    private readonly views: Views,
  ) {}

  /**
   * JSON Lines, in texts of many lines, up to and with `head`. A slow reader holds nothing but itself up; one that
   * stops asking ends the reading.
   */
  lines({ after, limit, stream }: EventsAsked, head: number, mayRead: MayRead = EVERYTHING): AsyncGenerator<string> {
    if (stream !== undefined) return this.oneStream(stream, after, limit, mayRead);
    return this.log(after, Math.min(head, after + limit), mayRead);
  }

  /** The event at `sequence`, as JSON; nothing where the views have not passed one. */
  async at(sequence: number, mayRead: MayRead = EVERYTHING): Promise<string | undefined> {
    for await (const line of this.log(sequence - 1, Math.min(sequence, this.views.head.sequence), mayRead))
      return line.trimEnd();
    return undefined;
  }

  private async *log(after: number, last: number, mayRead: MayRead): AsyncGenerator<string> {
    if (last <= after) return;
    const start = after < 0 ? undefined : this.views.mark(after)?.position;
    const pages = this.store.readPages({
      ...(start !== undefined && { after: start }),
      categories: PUBLIC_CATEGORIES,
      limit: last - after,
    });
    let sequence = after;
    for await (const page of pages) {
      const lines: string[] = [];
      for (const event of page) lines.push(await lineOf(++sequence, event, mayRead));
      yield lines.join('');
    }
  }

  private async *oneStream(stream: string, after: number, limit: number, mayRead: MayRead): AsyncGenerator<string> {
    let rest = limit;
    for await (const event of this.store.read(stream)) {
      const sequence = await sequenceOf(this.views, event);
      if (sequence === undefined || rest === 0) return;
      if (sequence <= after) continue;
      rest--;
      yield await lineOf(sequence, event, mayRead);
    }
  }
}

const EVERYTHING: MayRead = () => true;

/** What is not for its reader is told without what it says; without the salt, too, which a guess could be tried with. */
async function lineOf(sequence: number, event: RecordedEvent, mayRead: MayRead): Promise<string> {
  // Awaited only where it has to be: a copy of the record asks for every event.
  const answer = mayRead(event);
  if (answer === true || (await answer)) return `${publicEvent(sequence, event)}\n`;
  const { id, stream, revision, type, metadata } = event;
  const { salt: _, ...unsalted } = metadata;
  return `${JSON.stringify({ sequence, id, stream, revision, type, metadata: unsalted, withheld: true })}\n`;
}
