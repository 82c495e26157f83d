import { Controller, Get, Param, Post, Put, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
import { Answers, found } from '../answers.js';
import { Readers } from '../assessments/readers.js';
import { cycleIn } from '../cycles/cycle-in-address.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { Ordered } from '../http/ordered.js';
import * as example from './clarifications.examples.js';
import { ONE_REPORT, reportAddress, TAG } from './report-address.js';

const AT_A_MOMENT = { asOf: true };

/** What is asked back about a report, and answered. Each reader is shown what is for them, and no more. */
@Controller(ONE_REPORT)
export class ClarifyingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly answers: Answers,
    private readonly readers: Readers,
  ) {}

  @Get('clarifications')
  @ReadOperation({
    summary: 'What was asked back about a report, and what was answered',
    description:
      'Threads stay when a later version is submitted: `version` is the one that was asked about, `laterVersion` the one ' +
      'that stands now. Each reader is shown what is for them, and nothing tells that there is more.',
    tag: TAG,
    query: AT_A_MOMENT,
    example: example.clarifications,
  })
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const id = { ...cycleIn(series, year), organization };
    const { moment, reader, threads } = await this.threads(request, id, asked);
    const clarifications = found(threads, 'report-unknown', { ...id });
    const json = JSON.stringify({ asOf: moment.sequence, reader, clarifications });
    const sent = this.answers.text(request, reply, moment, json);
    this.readers.mark(reply, reader);
    return sent;
  }

  @Get('clarifications/:clarification')
  @ReadOperation({
    summary: 'One thread: its question, and what was said since',
    tag: TAG,
    query: AT_A_MOMENT,
    example: example.clarification,
  })
  async one(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
    @Param('clarification') clarification: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const id = { ...cycleIn(series, year), organization };
    const { moment, reader, threads } = await this.threads(request, id, asked);
    const one = threads?.find((each) => each.clarification === clarification);
    const thread = found(one, 'clarification-unknown', { ...id, clarification });
    const sent = this.answers.text(
      request,
      reply,
      moment,
      JSON.stringify({ asOf: moment.sequence, reader, ...thread }),
    );
    this.readers.mark(reply, reader);
    return sent;
  }

  @Post('clarifications')
  @CommandOperation(RequestClarification, {
    summary: 'Ask back about a section',
    description:
      'Opens a thread. `visibility` says who may read the question, and the most that may read anything below it: ' +
      '`internal` for reviewers and the secretariat, `organization`, or `public`.',
    tag: TAG,
    request: example.request,
    response: example.recorded,
  })
  async requestClarification(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(RequestClarification) command: RequestClarification,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('clarifications/:clarification/answer')
  @CommandOperation(AnswerClarification, {
    summary: 'Answer what was asked back, or add to the answer',
    description: 'As often as there is something to add, until the thread is closed.',
    tag: TAG,
    request: example.answer,
    response: example.recorded,
  })
  async answerClarification(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(AnswerClarification) command: AnswerClarification,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
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
  async followUp(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(FollowUpClarification) command: FollowUpClarification,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Put('clarifications/:clarification/due-date')
  @CommandOperation(MoveClarificationDueDate, {
    summary: 'Wait for the answer until another day, with a reason',
    tag: TAG,
    request: example.dueDate,
    response: example.recorded,
  })
  async moveDueDate(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(MoveClarificationDueDate) command: MoveClarificationDueDate,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Put('clarifications/:clarification/visibility')
  @CommandOperation(WidenClarification, {
    summary: 'Let more read the question of a thread, with a reason',
    description: 'What was said below it stays with those to whom it was said. A thread is never narrowed.',
    tag: TAG,
    request: example.visibility,
    response: example.recorded,
  })
  async widen(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(WidenClarification) command: WidenClarification,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('clarifications/:clarification/closing')
  @CommandOperation(CloseClarification, {
    summary: 'Close a thread, and say what came of it',
    description: '`answered`, `withdrawn`, or `left-open` where no answer came.',
    tag: TAG,
    request: example.closing,
    response: example.recorded,
  })
  async close(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(CloseClarification) command: CloseClarification,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('clarifications/:clarification/reopening')
  @CommandOperation(ReopenClarification, {
    summary: 'Open a closed thread again, with a reason',
    tag: TAG,
    request: example.reopening,
    response: example.recorded,
  })
  async reopen(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(ReopenClarification) command: ReopenClarification,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  private async threads(request: FastifyRequest, id: ReportId, asked: Asked) {
    const moment = await this.answers.moment(request, asked);
    const reader = await this.readers.ofReport(request, id);
    return { moment, reader, threads: await this.queries.execute(new ClarificationsOf(id, reader, moment.asOf)) };
  }
}
