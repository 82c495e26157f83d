import { Controller, Post } from '@nestjs/common';
import { NoteReport, PublishReport, WithholdPart } from '#commands';
import { CommandOperation } from '../http/operations.js';
import { TWO_PERSONS_ON_A_VERSION } from '../http/two-persons.js';
import { type Order, Ordered } from '../order.js';
import { ONE_REPORT, reportAddress, TAG } from './report-address.js';
import * as example from './reports.examples.js';

/** What others do with a submitted version: take note of it, publish it. Nobody approves or scores it. */
@Controller(ONE_REPORT)
export class ReviewingController {
  @Post('notes')
  @CommandOperation(NoteReport, {
    summary: 'Take note of a version, as it read at a sequence of the record',
    description:
      '`sequence` is one at which the version was on record: the Sequence of the answer in which it was read.',
    tag: TAG,
    request: example.note,
    response: example.recorded,
  })
  note(@Ordered() order: Order<NoteReport>) {
    return order.carryOut(reportAddress);
  }

  @Post('publication')
  @CommandOperation(PublishReport, {
    summary: 'Make a version readable for everybody',
    description: TWO_PERSONS_ON_A_VERSION,
    tag: TAG,
    request: example.publish,
    response: example.recorded,
  })
  publish(@Ordered() order: Order<PublishReport>) {
    return order.carryOut(reportAddress);
  }

  @Post('withheld-parts')
  @CommandOperation(WithholdPart, {
    summary: 'Keep a part of a version from the public, with a reason',
    description:
      '`part` is a section (`S13`), one in one language (`S13/fr`), a figure (`figure fellows`), a cited action ' +
      '(`action EX-1`), a document by its place among those that were attached, from 1 (`document 2`), the `reservation`, ' +
      'a thread that everybody reads (`clarification Q1`), or the `letter` with which it was answered (of `version` 0). It ' +
      'is withheld from all versions, as they are read now and as they were read before; each place says why. A ' +
      'figure or an action that no version and no letter names is refused, with those that there are.',
    tag: TAG,
    request: example.withhold,
    response: example.recorded,
  })
  withhold(@Ordered() order: Order<WithholdPart>) {
    return order.carryOut(reportAddress);
  }
}
