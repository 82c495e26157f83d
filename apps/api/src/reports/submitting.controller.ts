import { Controller, Post } from '@nestjs/common';
import { OpenAmendment, SubmitReport, WithdrawReport } from '#commands';
import { CommandOperation } from '../http/operations.js';
import { TWO_PERSONS_ON_A_VERSION } from '../http/two-persons.js';
import { type Order, Ordered } from '../order.js';
import { ONE_REPORT, reportAddress, TAG } from './report-address.js';
import * as example from './reports.examples.js';

/** What a signatory does. Whatever was submitted stays readable as the version that it was. */
@Controller(ONE_REPORT)
export class SubmittingController {
  @Post('submission')
  @CommandOperation(SubmitReport, {
    summary: 'Sign and submit the draft, or the amendment that is open',
    description: 'A reservation on standing is a normal state of an answer.',
    tag: TAG,
    request: example.submit,
    response: example.recorded,
  })
  submit(@Ordered() order: Order<SubmitReport>) {
    return order.carryOut(reportAddress);
  }

  @Post('amendment')
  @CommandOperation(OpenAmendment, {
    summary: 'Open sections of a submitted report again, with a reason',
    tag: TAG,
    request: example.amend,
    response: example.recorded,
  })
  amend(@Ordered() order: Order<OpenAmendment>) {
    return order.carryOut(reportAddress);
  }

  @Post('withdrawal')
  @CommandOperation(WithdrawReport, {
    summary: 'Withdraw a submitted report; it stays on record as withdrawn',
    description: TWO_PERSONS_ON_A_VERSION,
    tag: TAG,
    request: example.withdraw,
    response: example.recorded,
  })
  withdraw(@Ordered() order: Order<WithdrawReport>) {
    return order.carryOut(reportAddress);
  }
}
