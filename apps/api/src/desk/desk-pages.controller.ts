import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type OrganizationDocument, Views } from '#views';
import { deadlinesPage, inboxPage, type Names, type ShownMoment } from '../../../web/src/index.js';
import { Answers, type Moment } from '../answers.js';
import { admittedOf } from '../gate/admitted.js';
import { Gated } from '../gate/gated.js';
import { pageAsked } from '../pages/page-asked.js';
import { PageErrors } from '../pages/page-errors.js';
import { sendPage } from '../pages/send-page.js';
import { DEADLINE_FILTERS, deadlinesAsked } from './deadlines-asked.js';
import { DeadlinesAsRead } from './deadlines-as-read.js';
import { dueInWords, STATES } from './desk-words.js';
import { Inboxes } from './inboxes.js';
import { INBOX_FILTERS, whoAsks } from './who-asks.js';

/** What waits and what is due, as pages. */
@Controller()
@ApiExcludeController()
@UseFilters(PageErrors)
export class DeskPagesController {
  constructor(
    private readonly answers: Answers,
    private readonly inboxes: Inboxes,
    private readonly deadlines: DeadlinesAsRead,
    private readonly views: Views,
  ) {}

  @Get('inbox')
  @Gated('Inbox')
  async inbox(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { given, asOf } = pageAsked(request, INBOX_FILTERS);
    const moment = await this.answers.moment(request, asOf ? { asOf } : {});
    const who = whoAsks(request, given);
    const inboxes = who ? await this.inboxes.of(who.held, who.person, moment.asOf) : [];
    const worded = inboxes.map((inbox) => ({
      ...inbox,
      waiting: inbox.waiting.map((item) => ({ ...item, ...(item.due && { stateInWords: STATES[item.due] }) })),
    }));
    const named = inboxes.flatMap(({ organization, waiting }) => [
      organization,
      ...waiting.map((item) => item.organization),
    ]);
    const names = this.names(named, moment);
    const asked = admittedOf(request)?.who ? undefined : given;
    const page = inboxPage({ shown: this.shown(moment), inboxes: worded, ...(asked && { asked }), names });
    return sendPage(request, reply, page, moment.sequence);
  }

  @Get('deadlines')
  @Gated('PublicRecord')
  async due(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { given, asOf } = pageAsked(request, DEADLINE_FILTERS);
    const moment = await this.answers.moment(request, asOf ? { asOf } : {});
    const all = await this.deadlines.of(request, deadlinesAsked(given), moment.asOf);
    const worded = all.map((each) => ({ ...each, what: dueInWords(each), stateInWords: STATES[each.state] }));
    const names = this.names(
      all.map(({ organization }) => organization),
      moment,
    );
    const page = deadlinesPage({ shown: this.shown(moment), deadlines: worded, asked: given, states: STATES, names });
    return sendPage(request, reply, page, moment.sequence);
  }

  private shown({ sequence, asOf }: Moment): ShownMoment {
    const recordedAt = this.views.mark(sequence)?.recordedAt;
    return { sequence, isPast: asOf !== undefined, ...(recordedAt && { recordedAt }) };
  }

  private names(ids: readonly (string | undefined)[], { asOf }: Moment): Names {
    const named = new Set(ids.filter((id) => id !== undefined));
    return new Map(
      [...named].flatMap((id) => {
        const found = this.views.document('organizations', id, asOf);
        if (!found) return [];
        const { name, acronym } = JSON.parse(found.body) as OrganizationDocument;
        return [[id, { name, ...(acronym !== undefined && { acronym }) }] as const];
      }),
    );
  }
}
