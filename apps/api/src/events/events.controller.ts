import { Readable } from 'node:stream';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers } from '../answers.js';
import { Costly } from '../gate/costly.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { HttpProblem } from '../http/http-problem.js';
import { ReadOperation } from '../http/operations.js';
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
    private readonly answers: Answers,
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
    example: example.lines,
    contentType: JSON_LINES,
    waits: true,
  })
  @ApiQuery({ name: 'after', required: false, description: 'Sequence of the last event that is there already.' })
  @ApiQuery({ name: 'limit', required: false, description: 'Most events of the answer. By default all.' })
  @ApiQuery({ name: 'stream', required: false, description: 'Only the events of this stream, such as action-ex-1.' })
  async all(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @AskedFor(EVENTS) { filters }: Asked) {
    const asked = eventsAsked(filters);
    const { sequence: head } = await this.answers.moment(request, {});
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
  async one(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('sequence') text: string,
  ) {
    const moment = await this.answers.moment(request, {});
    const sequence = sequenceIn(text);
    const event = sequence === undefined ? undefined : await this.record.at(sequence, this.readers.of(request));
    if (event === undefined) throw new HttpProblem('resource-unknown', { facts: { sequence: text } });
    return this.answers.text(request, reply, moment, event);
  }
}
