import { Controller, Get } from '@nestjs/common';
import { ReadOperation } from '../http/operations.js';
import { Read, type Reading } from '../reading.js';
import * as example from './desk.examples.js';
import { Inboxes } from './inboxes.js';
import { INBOX_FILTERS, roleMissing, whoAsks } from './who-asks.js';

/** What waits for whom. */
@Controller('api/inbox')
export class InboxController {
  constructor(private readonly inboxes: Inboxes) {}

  @Get()
  @ReadOperation({
    summary: 'What waits for you, role by role, the oldest first',
    description:
      'For who signed in: all roles on record, or those that `role` and `organization` name. Where nobody signs in, `role` ' +
      'says as whom you look, with `organization` for an organization’s people and `person` for a reviewer. `due` is derived ' +
      'for the day; `next` is the operation that does it; `why` names the event since which it waits.',
    tag: 'Desk',
    query: { filters: INBOX_FILTERS, asOf: true },
    example: example.inbox,
    reads: 'Inbox',
  })
  async inbox(@Read() reading: Reading) {
    const who = whoAsks(reading.request, reading.filters);
    if (!who) throw roleMissing();
    const { person, held } = who;
    const inboxes = await this.inboxes.of(reading, held, person);
    return reading.tell({ ...(person !== undefined && { person }), inboxes });
  }
}
