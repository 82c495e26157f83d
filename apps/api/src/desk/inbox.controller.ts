import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers } from '../answers.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { ReadOperation } from '../http/operations.js';
import * as example from './desk.examples.js';
import { Inboxes } from './inboxes.js';
import { INBOX_FILTERS, roleMissing, whoAsks } from './who-asks.js';

const INBOX = { filters: INBOX_FILTERS, asOf: true };

/** What waits for whom. */
@Controller('api/inbox')
export class InboxController {
  constructor(
    private readonly answers: Answers,
    private readonly inboxes: Inboxes,
  ) {}

  @Get()
  @ReadOperation({
    summary: 'What waits for you, role by role, the oldest first',
    description:
      'For who signed in: all roles on record, or those that `role` and `organization` name. Where nobody signs in, `role` ' +
      'says as whom you look, with `organization` for an organization’s people and `person` for a reviewer. `due` is derived ' +
      'for the day; `next` is the operation that does it; `why` names the event since which it waits.',
    tag: 'Desk',
    query: INBOX,
    example: example.inbox,
    reads: 'Inbox',
  })
  async inbox(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AskedFor(INBOX) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const who = whoAsks(request, asked.filters);
    if (!who) throw roleMissing();
    const inboxes = await this.inboxes.of(who.held, who.person, moment.asOf);
    const { person } = who;
    const json = JSON.stringify({ asOf: moment.sequence, ...(person !== undefined && { person }), inboxes });
    return this.answers.text(request, reply, moment, json);
  }
}
