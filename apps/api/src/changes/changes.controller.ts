import { Controller, Get } from '@nestjs/common';
import { Views } from '#views';
import { Costly } from '../gate/costly.js';
import { ReadOperation } from '../http/operations.js';
import { Read, type Reading } from '../reading.js';
import { ChangesAsRead } from './changes-as-read.js';
import { CHANGES, changesAsked } from './changes-asked.js';
import * as example from './changes.examples.js';

/** What happened, told in plain words. */
@Controller('api/changes')
export class ChangesController {
  constructor(
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
  async list(@Read() reading: Reading) {
    const { request, asked, moment } = reading;
    const part = changesAsked(asked, {
      last: moment.sequence,
      sequenceAt: (time) => this.views.sequenceAt(time),
    });
    const { entries, next } = await this.changes.page(request, part);
    const items = entries.map((entry) => ({ ...entry, event: `/api/events/${entry.sequence}` }));
    return reading.tell({ items, ...(next !== undefined && { next: reading.cursorAfter(String(next)) }) });
  }
}
