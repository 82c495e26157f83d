import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Views } from '#views';
import { Answers } from '../answers.js';
import { Costly } from '../gate/costly.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { ReadOperation } from '../http/operations.js';
import { ChangesAsRead } from './changes-as-read.js';
import { CHANGES, changesAsked } from './changes-asked.js';
import * as example from './changes.examples.js';

/** What happened, told in plain words. */
@Controller('api/changes')
export class ChangesController {
  constructor(
    private readonly answers: Answers,
    private readonly views: Views,
    private readonly changes: ChangesAsRead,
  ) {}

  @Get()
  @Costly()
  @ReadOperation({
    summary: 'The change log in plain words: who did what to what, and why',
    description:
      'One sentence for each event, the newest first (`order=oldest` turns it round). `report` is ' +
      '`<series>/<year>/<organization>`, `cycle` is `<series>/<year>`; filters that are given together hold together. ' +
      '`from` and `to` are days, months or years in UTC in which it was recorded. To see what has changed since you last ' +
      'looked, give the Sequence of that answer as `afterSequence`. Each reader is told what they may read: other events ' +
      'are left out, but for those of which everybody must know that they happened, which say `"withheld": true`. A page ' +
      'may be shorter than its limit and still have a `next` one.',
    tag: 'Changes',
    query: CHANGES,
    example: example.changes,
  })
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AskedFor(CHANGES) asked: Asked,
  ) {
    const moment = await this.answers.unsettledMoment(request, asked);
    const { sequence: last } = moment;
    const part = changesAsked(asked, { last, sequenceAt: (time) => this.views.sequenceAt(time) });
    const { entries, next } = await this.changes.page(request, part);
    const items = entries.map((entry) => ({ ...entry, event: `/api/events/${entry.sequence}` }));
    const cursor = next !== undefined && asked.next({ after: String(next), asOf: { sequence: last } });
    const json = JSON.stringify({ asOf: last, items, ...(cursor && { next: cursor }) });
    return this.answers.text(request, reply, moment, json);
  }
}
