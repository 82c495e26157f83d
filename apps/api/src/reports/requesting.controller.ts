import { Controller, Post, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import {
  AcknowledgeRequest,
  AnswerByLetter,
  DeclineReport,
  ExemptFromReport,
  ExtendDeadline,
  RecordNoResponse,
  RequestReport,
} from '#commands';
import { Answers } from '../answers.js';
import { CommandOperation } from '../http/operations.js';
import { Ordered } from '../http/ordered.js';
import { ONE_REPORT, reportAddress, TAG } from './report-address.js';
import * as example from './reports.examples.js';

/** The way of a request: sent, received, and what became of it if no report was written in the form. */
@Controller(ONE_REPORT)
export class RequestingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly answers: Answers,
  ) {}

  @Post('request')
  @CommandOperation(RequestReport, {
    summary: 'Ask an organization for its report of an open cycle',
    description:
      'Without a deadline nothing about the answer can be late: the due date of the cycle does not stand in.',
    tag: TAG,
    request: example.request,
    response: example.recorded,
  })
  async request(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(RequestReport) command: RequestReport) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('acknowledgement')
  @CommandOperation(AcknowledgeRequest, {
    summary: 'Say that the request was received',
    tag: TAG,
    request: example.acknowledge,
    response: example.recorded,
  })
  async acknowledge(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(AcknowledgeRequest) command: AcknowledgeRequest,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('decline')
  @CommandOperation(DeclineReport, {
    summary: 'Say that the organization will not report, and why; it may change its mind',
    tag: TAG,
    request: example.decline,
    response: example.recorded,
  })
  async decline(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(DeclineReport) command: DeclineReport) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('exemption')
  @CommandOperation(ExemptFromReport, {
    summary: 'Take the request back for one organization',
    tag: TAG,
    request: example.exempt,
    response: example.recorded,
  })
  async exempt(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(ExemptFromReport) command: ExemptFromReport) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('letter')
  @CommandOperation(AnswerByLetter, {
    summary: 'Put on record an answer outside the form: a letter, a statement, a document of their own',
    tag: TAG,
    request: example.letter,
    response: example.recorded,
  })
  async answerByLetter(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(AnswerByLetter) command: AnswerByLetter,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('no-response')
  @CommandOperation(RecordNoResponse, {
    summary: 'Record that the deadline has passed without an answer; a later one still counts',
    tag: TAG,
    request: example.noResponse,
    response: example.recorded,
  })
  async recordNoResponse(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(RecordNoResponse) command: RecordNoResponse,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Put('deadline')
  @CommandOperation(ExtendDeadline, {
    summary: 'Give an organization more time',
    tag: TAG,
    request: example.extendDeadline,
    response: example.recorded,
  })
  async extendDeadline(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(ExtendDeadline) command: ExtendDeadline,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }
}
