import { Controller, Post, Put } from '@nestjs/common';
import {
  AcknowledgeRequest,
  AnswerByLetter,
  DeclineReport,
  ExemptFromReport,
  ExtendDeadline,
  RecordNoResponse,
  RequestReport,
} from '#commands';
import { CommandOperation } from '../http/operations.js';
import { type Order, Ordered } from '../order.js';
import { ONE_REPORT, reportAddress, TAG } from './report-address.js';
import * as example from './reports.examples.js';

/** The way of a request: sent, received, and what became of it if no report was written in the form. */
@Controller(ONE_REPORT)
export class RequestingController {
  @Post('request')
  @CommandOperation(RequestReport, {
    summary: 'Ask an organization for its report of an open cycle',
    description:
      'Without a deadline nothing about the answer can be late: the due date of the cycle does not stand in.',
    tag: TAG,
    request: example.request,
    response: example.recorded,
  })
  request(@Ordered() order: Order<RequestReport>) {
    return order.carryOut(reportAddress);
  }

  @Post('acknowledgement')
  @CommandOperation(AcknowledgeRequest, {
    summary: 'Say that the request was received',
    tag: TAG,
    request: example.acknowledge,
    response: example.recorded,
  })
  acknowledge(@Ordered() order: Order<AcknowledgeRequest>) {
    return order.carryOut(reportAddress);
  }

  @Post('decline')
  @CommandOperation(DeclineReport, {
    summary: 'Say that the organization will not report, and why; it may change its mind',
    tag: TAG,
    request: example.decline,
    response: example.recorded,
  })
  decline(@Ordered() order: Order<DeclineReport>) {
    return order.carryOut(reportAddress);
  }

  @Post('exemption')
  @CommandOperation(ExemptFromReport, {
    summary: 'Take the request back for one organization',
    tag: TAG,
    request: example.exempt,
    response: example.recorded,
  })
  exempt(@Ordered() order: Order<ExemptFromReport>) {
    return order.carryOut(reportAddress);
  }

  @Post('letter')
  @CommandOperation(AnswerByLetter, {
    summary: 'Put on record an answer outside the form: a letter, a statement, a document of their own',
    description:
      'With the letter: upload it first, give its hash in `document`, and send the token of the upload as `Upload-Token`. ' +
      '`cites` names actions that the organization led or was a partner of.',
    tag: TAG,
    request: example.letter,
    response: example.recorded,
  })
  answerByLetter(@Ordered() order: Order<AnswerByLetter>) {
    return order.carryOut(reportAddress);
  }

  @Post('no-response')
  @CommandOperation(RecordNoResponse, {
    summary: 'Record that the deadline has passed without an answer; a later one still counts',
    tag: TAG,
    request: example.noResponse,
    response: example.recorded,
  })
  recordNoResponse(@Ordered() order: Order<RecordNoResponse>) {
    return order.carryOut(reportAddress);
  }

  @Put('deadline')
  @CommandOperation(ExtendDeadline, {
    summary: 'Give an organization more time',
    tag: TAG,
    request: example.extendDeadline,
    response: example.recorded,
  })
  extendDeadline(@Ordered() order: Order<ExtendDeadline>) {
    return order.carryOut(reportAddress);
  }
}
