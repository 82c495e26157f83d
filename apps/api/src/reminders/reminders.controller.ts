import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { placeOf, ReminderPlan } from '#jobs';
import { dayAfter, instantOf } from '#reporting';
import { type Asked, AskedFor } from '../http/asked.js';
import { etagOfText, isKnown } from '../http/conditional.js';
import { dayIn } from '../http/malformed.js';
import { ReadOperation } from '../http/operations.js';
import * as example from './reminders.examples.js';

/** Who is reminded of what, and when: readable before it happens. */
@Controller('api/reminders')
export class RemindersController {
  constructor(private readonly reminders: ReminderPlan) {}

  @Get()
  @ReadOperation({
    summary: 'The plan of reminders: what will be sent, and what became of the rest',
    description:
      'In the order in which they are due. `planned`: is sent when it is due, if the report is still awaited then. `due`: ' +
      'is being sent. `sent`, with `late` where it could not be sent in time. `unconfirmed`: handed to the mail server, and ' +
      'whether that took it is not known. `not-sent`: `reason` is `no-address` (it is sent once the contacts name one), ' +
      '`refused`, `given-up` or `no-longer-due`. `missed`: nothing ran for five days after it was due. Addresses are not ' +
      'part of it. A deadline that is known to the month or year ends with it.',
    tag: 'Reminders',
    query: { filters: ['from', 'to', 'organization'], paged: true },
    described: {
      from: { type: String, description: 'First day, such as 2028-02-01, in the time zone of the policy.' },
      to: { type: String, description: 'Last day.' },
      organization: { type: String, description: 'Only those to this organization.' },
    },
    example: example.plan,
    reads: 'ReminderPlan',
  })
  async plan(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AskedFor() asked: Asked,
  ): Promise<object | undefined> {
    const { policy } = this.reminders.agenda;
    const { from, to, organization } = asked.filters;
    const entries = await this.reminders.entries({
      ...(from !== undefined && { from: instantOf(dayIn('from', from), '00:00', policy.timeZone) }),
      ...(to !== undefined && {
        to: instantOf(dayAfter(dayIn('to', to), 1) ?? '9999-12-31', '00:00', policy.timeZone),
      }),
      ...(organization !== undefined && { organization }),
    });
    const { after = '', limit } = asked;
    const open = entries.filter((entry) => placeOf(entry) > after);
    const items = open.slice(0, limit);
    const next = open.length > limit && asked.next({ after: placeOf(items.at(-1)!) });
    const answer = { policy, items, ...(next && { next }) };
    // Not kept as other answers are, until the record moves on: the time and the outbox change it, too.
    if (isKnown(request, reply, { etag: etagOfText(JSON.stringify(answer)) })) return undefined;
    return answer;
  }
}
