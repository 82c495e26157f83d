import { Readable } from 'node:stream';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Costly } from '../gate/costly.js';
import { HttpProblem } from '../http/http-problem.js';
import { ReadOperation } from '../http/operations.js';
import { Read, type Reading } from '../reading.js';
import * as example from './events.examples.js';
import { EventReaders } from './event-readers.js';
import { EVENTS, eventsAsked, sequenceIn } from './events-asked.js';
import { PublicRecord } from './public-record.js';

const TAG = 'Events';
const JSON_LINES = 'application/jsonl';

/** The record itself, from which everything else that this server says is derived. */
@Controller('api/events')
export class EventsController {
  constructor(
    private readonly record: PublicRecord,
    private readonly readers: EventReaders,
  ) {}

  @Get()
  @Costly()
  @ReadOperation({
    summary: 'The public record, event by event, as JSON Lines',
    description:
      'From any sequence on, up to the last event at the time of the request, which the header `Sequence` names. To go ' +
      'on, or to resume a copy that was cut off, ask for what is after the last sequence that you have. The lines can ' +
      'be imported into an empty log, which then tells the same. Where people sign in, an event that is not for its reader ' +
      'comes without `data` and without its salt, and says `"withheld": true`: such a copy is not whole.',
    tag: TAG,
    query: EVENTS,
    described: {
      after: { description: 'Sequence of the last event that is there already.' },
      limit: { description: 'Most events of the answer. By default all.' },
      stream: { description: 'Only the events of this stream, such as action-ex-1.' },
    },
    example: example.lines,
    contentType: JSON_LINES,
    waits: true,
  })
  async all(@Read() { request, filters, moment }: Reading, @Res() reply: FastifyReply) {
    const asked = eventsAsked(filters);
    const { sequence: head } = moment;
    if (asked.after > head) {
      throw new HttpProblem('sequence-not-reached', { facts: { asked: asked.after, sequence: head } });
    }
    const lines = Readable.from(this.record.lines(asked, head, this.readers.of(request)), { objectMode: false });
    return reply
      .type(JSON_LINES)
      .headers({ Sequence: String(head), 'Cache-Control': 'no-cache' })
      .send(lines);
  }

  @Get(':sequence')
  @ReadOperation({ summary: 'One event of the public record', tag: TAG, waits: true, example: example.event })
  async one(@Read() reading: Reading, @Param('sequence') text: string) {
    const sequence = sequenceIn(text);
    const mayRead = this.readers.of(reading.request);
    const event = sequence === undefined ? undefined : await this.record.at(sequence, mayRead);
    if (event === undefined) throw new HttpProblem('resource-unknown', { facts: { sequence: text } });
    return reading.json(event);
  }
}
