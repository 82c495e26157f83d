import { Controller, Get, Param, Post, Put } from '@nestjs/common';
import {
  AnswerClarification,
  CloseClarification,
  FollowUpClarification,
  MoveClarificationDueDate,
  ReopenClarification,
  RequestClarification,
  WidenClarification,
} from '#commands';
import type { ReportId } from '#reporting';
import { ClarificationsOf } from '#views';
import { found } from '../answers.js';
import { Readers } from '../assessments/readers.js';
import { signInFirst } from '../gate/sign-in-first.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { type Order, Ordered } from '../order.js';
import { Read, type Reading } from '../reading.js';
import * as example from './clarifications.examples.js';
import { ONE_REPORT, reportAddress, ReportInAddress, TAG } from './report-address.js';

/** What is asked back about a report, and answered. Each reader is shown what is for them, and no more. */
@Controller(ONE_REPORT)
export class ClarifyingController {
  constructor(private readonly readers: Readers) {}

  @Get('clarifications')
  @ReadOperation({
    summary: 'What was asked back about a report, and what was answered',
    description:
      'Threads stay when a later version is submitted: `version` is the one that was asked about, `laterVersion` the one ' +
      'that stands now. Each reader is shown what is for them, and nothing tells that there is more.',
    tag: TAG,
    query: { asOf: true },
    example: example.clarifications,
  })
  async list(@Read() reading: Reading, @ReportInAddress() id: ReportId) {
    const { reader, threads } = await this.threads(reading, id);
    return reading.tell({ clarifications: found(threads, 'report-unknown', { ...id }) }, { reader });
  }

  @Get('clarifications/:clarification')
  @ReadOperation({
    summary: 'One thread: its question, and what was said since',
    tag: TAG,
    query: { asOf: true },
    example: example.clarification,
  })
  async one(@Read() reading: Reading, @ReportInAddress() id: ReportId, @Param('clarification') clarification: string) {
    const { reader, threads } = await this.threads(reading, id);
    const one = threads?.find((each) => each.clarification === clarification);
    if (!one) signInFirst(reading.request);
    return reading.tell(found(one, 'clarification-unknown', { ...id, clarification }), { reader });
  }

  @Post('clarifications')
  @CommandOperation(RequestClarification, {
    summary: 'Ask back about a section',
    description:
      'Opens a thread: for the secretariat, and for reviewers of the report who declared that there is no conflict. ' +
      '`visibility` says who may read the question, and the most that may read anything below it: ' +
      '`internal` for reviewers and the secretariat, `organization`, or `public`.',
    tag: TAG,
    request: example.request,
    response: example.recorded,
  })
  requestClarification(@Ordered() order: Order<RequestClarification>) {
    return order.carryOut(reportAddress);
  }

  @Post('clarifications/:clarification/answer')
  @CommandOperation(AnswerClarification, {
    summary: 'Answer what was asked back, or add to the answer',
    description: 'As often as there is something to add, until the thread is closed.',
    tag: TAG,
    request: example.answer,
    response: example.recorded,
  })
  answerClarification(@Ordered() order: Order<AnswerClarification>) {
    return order.carryOut(reportAddress);
  }

  @Post('clarifications/:clarification/follow-up')
  @CommandOperation(FollowUpClarification, {
    summary: 'Go on asking in the same thread, or leave a note there for reviewers',
    description:
      'Who asked goes on asking; any reviewer leaves a note (`visibility: internal`), which the organization is not told of.',
    tag: TAG,
    request: example.followUp,
    response: example.recorded,
  })
  followUp(@Ordered() order: Order<FollowUpClarification>) {
    return order.carryOut(reportAddress);
  }

  @Put('clarifications/:clarification/due-date')
  @CommandOperation(MoveClarificationDueDate, {
    summary: 'Wait for the answer until another day, with a reason',
    tag: TAG,
    request: example.dueDate,
    response: example.recorded,
  })
  moveDueDate(@Ordered() order: Order<MoveClarificationDueDate>) {
    return order.carryOut(reportAddress);
  }

  @Put('clarifications/:clarification/visibility')
  @CommandOperation(WidenClarification, {
    summary: 'Let more read the question of a thread, with a reason',
    description: 'What was said below it stays with those to whom it was said. A thread is never narrowed.',
    tag: TAG,
    request: example.visibility,
    response: example.recorded,
  })
  widen(@Ordered() order: Order<WidenClarification>) {
    return order.carryOut(reportAddress);
  }

  @Post('clarifications/:clarification/closing')
  @CommandOperation(CloseClarification, {
    summary: 'Close a thread, and say what came of it',
    description: '`answered`, `withdrawn`, or `left-open` where no answer came.',
    tag: TAG,
    request: example.closing,
    response: example.recorded,
  })
  close(@Ordered() order: Order<CloseClarification>) {
    return order.carryOut(reportAddress);
  }

  @Post('clarifications/:clarification/reopening')
  @CommandOperation(ReopenClarification, {
    summary: 'Open a closed thread again, with a reason',
    tag: TAG,
    request: example.reopening,
    response: example.recorded,
  })
  reopen(@Ordered() order: Order<ReopenClarification>) {
    return order.carryOut(reportAddress);
  }

  private async threads(reading: Reading, id: ReportId) {
    const { request, asOf } = reading;
    const reader = await this.readers.ofReport(request, id);
    return { reader, threads: await reading.ask(new ClarificationsOf(id, reader, asOf)) };
  }
}
