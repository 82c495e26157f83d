import { Injectable } from '@nestjs/common';
import { publicEvent } from '#commands';
import { EventStore, type RecordedEvent } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';
import { Views, ViewsBehind } from '#views';
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
  lines({ after, limit, stream }: EventsAsked, head: number): AsyncGenerator<string> {
    return stream === undefined ? this.log(after, Math.min(head, after + limit)) : this.oneStream(stream, after, limit);
  }

  /** The event at `sequence`, as JSON; nothing where the views have not passed one. */
  async at(sequence: number): Promise<string | undefined> {
    for await (const line of this.log(sequence - 1, Math.min(sequence, this.views.head.sequence)))
      return line.trimEnd();
    return undefined;
  }

  private async *log(after: number, last: number): AsyncGenerator<string> {
    if (last <= after) return;
    const start = after < 0 ? undefined : this.views.mark(after)?.position;
    const pages = this.store.readPages({
      ...(start !== undefined && { after: start }),
      categories: PUBLIC_CATEGORIES,
      limit: last - after,
    });
    let sequence = after;
    for await (const page of pages) yield page.map((event) => `${publicEvent(++sequence, event)}\n`).join('');
  }

  private async *oneStream(stream: string, after: number, limit: number): AsyncGenerator<string> {
    let rest = limit;
    for await (const event of this.store.read(stream)) {
      const sequence = await this.sequenceOf(event);
      if (sequence === undefined || rest === 0) return;
      if (sequence <= after) continue;
      rest--;
      yield `${publicEvent(sequence, event)}\n`;
    }
  }

  /** Nothing for what the views have not passed yet. */
  private async sequenceOf({ position }: RecordedEvent): Promise<number | undefined> {
    try {
      return await this.views.passedPosition(position, 0);
    } catch (error) {
      if (error instanceof ViewsBehind) return undefined;
      throw error;
    }
  }
}
