import { Controller, Get, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { deadlinesPage, inboxPage } from '../../../web/src/index.js';
import { admittedOf } from '../gate/admitted.js';
import { Costly } from '../gate/costly.js';
import { Gated } from '../gate/gated.js';
import { PageErrors } from '../pages/page-errors.js';
import { type PageVisit, Visit } from '../pages/page-visit.js';
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
    private readonly inboxes: Inboxes,
    private readonly deadlines: DeadlinesAsRead,
  ) {}

  @Get('inbox')
  @Gated('Inbox')
  async inbox(@Visit() visit: PageVisit) {
    const { request, shown } = visit;
    const given = visit.given(...INBOX_FILTERS);
    const who = whoAsks(request, given);
    const inboxes = who ? await this.inboxes.of(visit, who.held, who.person) : [];
    const worded = inboxes.map((inbox) => ({
      ...inbox,
      waiting: inbox.waiting.map((item) => ({ ...item, ...(item.due && { stateInWords: STATES[item.due] }) })),
    }));
    const named = inboxes.flatMap(({ organization, waiting }) => [
      organization,
      ...waiting.map((item) => item.organization),
    ]);
    const names = visit.names(named);
    const asked = admittedOf(request)?.who ? undefined : given;
    const page = inboxPage({ shown, inboxes: worded, ...(asked && { asked }), names });
    return visit.show(page);
  }

  @Get('deadlines')
  @Costly()
  @Gated('PublicRecord')
  async due(@Visit() visit: PageVisit) {
    const { request, shown, asOf } = visit;
    const asked = visit.given(...DEADLINE_FILTERS);
    const all = await this.deadlines.of(request, deadlinesAsked(asked), asOf);
    const worded = all.map((each) => ({ ...each, what: dueInWords(each), stateInWords: STATES[each.state] }));
    const names = visit.names(all.map(({ organization }) => organization));
    const page = deadlinesPage({ shown, deadlines: worded, asked, states: STATES, names });
    return visit.show(page);
  }
}
