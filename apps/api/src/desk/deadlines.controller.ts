import { Controller, Get } from '@nestjs/common';
import {
  type Deadline,
  DEADLINE_KINDS,
  DEADLINE_STATES,
  type OrganizationDocument,
  placeOfDeadline,
  Views,
} from '#views';
import { Costly } from '../gate/costly.js';
import { ReadOperation } from '../http/operations.js';
import { Read, type Reading } from '../reading.js';
import { calendarOf } from './calendar.js';
import { DEADLINE_FILTERS, deadlinesAsked } from './deadlines-asked.js';
import { DeadlinesAsRead } from './deadlines-as-read.js';
import * as example from './desk.examples.js';
import { PublicAddress } from './public-address.js';

const DESCRIPTION =
  'Due dates of rounds and requests, of what was asked back, of comments on draft findings, and planned ends of actions, as ' +
  'far as you may know of them. `state` is derived for the day, or for that of `asOf`: `due-soon` from 14 days before, ' +
  '`overdue` only where a request named the day, `passed` where nobody has to do anything.';

/** What is due when, and for whom. */
@Controller('api')
export class DeadlinesController {
  constructor(
    private readonly deadlines: DeadlinesAsRead,
    private readonly views: Views,
    private readonly at: PublicAddress,
  ) {}

  @Get('deadlines')
  @Costly()
  @ReadOperation({
    summary: 'What is due when, for whom, and how it stands',
    description: DESCRIPTION,
    tag: 'Desk',
    query: { filters: DEADLINE_FILTERS, asOf: true, paged: true },
    described: {
      kind: { enum: DEADLINE_KINDS },
      state: { enum: DEADLINE_STATES },
      from: { type: String, description: 'First day, such as 2028-02-01.' },
      to: { type: String, description: 'Last day.' },
    },
    example: example.deadlines,
  })
  async list(@Read() reading: Reading) {
    const all = await this.asked(reading);
    const { after = '', limit } = reading.asked;
    const page = all
      .filter((deadline) => placeOfDeadline(deadline) > after)
      .slice(0, limit + 1)
      .map((deadline) => ({ key: placeOfDeadline(deadline), body: JSON.stringify(deadline) }));
    return reading.page(page);
  }

  @Get('deadlines.ics')
  @Costly()
  @ReadOperation({
    summary: 'The same list as a calendar to subscribe to',
    description: 'iCalendar (RFC 5545): an event of a whole day for each. The same filters; not cut into pages.',
    tag: 'Desk',
    query: { filters: DEADLINE_FILTERS, asOf: true },
    example: example.calendar,
    contentType: 'text/calendar',
  })
  async calendar(@Read() reading: Reading) {
    const text = this.calendarText(await this.asked(reading), reading.asOf);
    return reading.file('deadlines.ics', 'text/calendar', text);
  }

  private asked({ request, filters, asOf }: Reading): Promise<readonly Deadline[]> {
    return this.deadlines.of(request, deadlinesAsked(filters), asOf);
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
