import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type Deadline,
  DEADLINE_KINDS,
  DEADLINE_STATES,
  type OrganizationDocument,
  placeOfDeadline,
  Views,
} from '#views';
import { Answers } from '../answers.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { etagOfText, isKnown } from '../http/conditional.js';
import { ReadOperation } from '../http/operations.js';
import { calendarOf } from './calendar.js';
import { DEADLINE_FILTERS, deadlinesAsked } from './deadlines-asked.js';
import { DeadlinesAsRead } from './deadlines-as-read.js';
import * as example from './desk.examples.js';
import { PublicAddress } from './public-address.js';

const LIST = { filters: DEADLINE_FILTERS, asOf: true, paged: true };
const CALENDAR = { filters: DEADLINE_FILTERS, asOf: true };

const DESCRIPTION =
  'Due dates of rounds and requests, of what was asked back, of comments on draft findings, and planned ends of actions, as ' +
  'far as you may know of them. `state` is derived for the day, or for that of `asOf`: `due-soon` from 14 days before, ' +
  '`overdue` only where a request named the day, `passed` where nobody has to do anything.';

/** What is due when, and for whom. */
@Controller('api')
export class DeadlinesController {
  constructor(
    private readonly answers: Answers,
    private readonly deadlines: DeadlinesAsRead,
    private readonly views: Views,
    private readonly at: PublicAddress,
  ) {}

  @Get('deadlines')
  @ReadOperation({
    summary: 'What is due when, for whom, and how it stands',
    description: DESCRIPTION,
    tag: 'Desk',
    query: { filters: ['series', 'year', 'organization'], asOf: true, paged: true },
    example: example.deadlines,
  })
  @ApiQuery({ name: 'kind', required: false, enum: DEADLINE_KINDS })
  @ApiQuery({ name: 'state', required: false, enum: DEADLINE_STATES })
  @ApiQuery({ name: 'from', required: false, type: String, description: 'First day, such as 2028-02-01.' })
  @ApiQuery({ name: 'to', required: false, type: String, description: 'Last day.' })
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AskedFor(LIST) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const all = await this.deadlines.of(request, deadlinesAsked(asked.filters), moment.asOf);
    const { after = '', limit } = asked;
    const page = all
      .filter((deadline) => placeOfDeadline(deadline) > after)
      .slice(0, limit + 1)
      .map((deadline) => ({ key: placeOfDeadline(deadline), body: JSON.stringify(deadline) }));
    return this.answers.page(request, reply, moment, asked, page);
  }

  @Get('deadlines.ics')
  @ReadOperation({
    summary: 'The same list as a calendar to subscribe to',
    description: 'iCalendar (RFC 5545): an event of a whole day for each. The same filters; not cut into pages.',
    tag: 'Desk',
    query: { filters: ['series', 'year', 'organization', 'kind', 'state', 'from', 'to'], asOf: true },
    example: example.calendar,
    contentType: 'text/calendar',
  })
  async calendar(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AskedFor(CALENDAR) asked: Asked,
  ): Promise<string | undefined> {
    const moment = await this.answers.moment(request, asked);
    const all = await this.deadlines.of(request, deadlinesAsked(asked.filters), moment.asOf);
    const text = this.calendarText(all, moment.asOf);
    if (isKnown(request, reply, { etag: etagOfText(text), sequence: moment.sequence })) return undefined;
    reply.type('text/calendar; charset=utf-8').header('Content-Disposition', 'inline; filename="deadlines.ics"');
    return text;
  }

  private calendarText(all: readonly Deadline[], asOf: number | undefined): string {
    return calendarOf(all, {
      host: new URL(this.at.publicUrl).hostname,
      publicUrl: this.at.publicUrl,
      recordedAt: (sequence) => this.views.mark(sequence)?.recordedAt,
      nameOf: (organization) => {
        const found = this.views.document('organizations', organization, asOf);
        return found ? (JSON.parse(found.body) as OrganizationDocument).name : organization;
      },
    });
  }
}
