import { Controller, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { OpenAmendment, SubmitReport, WithdrawReport } from '#commands';
import { Answers } from '../answers.js';
import { CommandOperation } from '../http/operations.js';
import { Ordered } from '../http/ordered.js';
import { ONE_REPORT, reportAddress, TAG } from './report-address.js';
import * as example from './reports.examples.js';

/** What a signatory does. Whatever was submitted stays readable as the version that it was. */
@Controller(ONE_REPORT)
export class SubmittingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly answers: Answers,
  ) {}

  @Post('submission')
  @CommandOperation(SubmitReport, {
    summary: 'Sign and submit the draft, or the amendment that is open',
    description: 'A reservation on standing is a normal state of an answer.',
    tag: TAG,
    request: example.submit,
    response: example.recorded,
  })
  async submit(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(SubmitReport) command: SubmitReport) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('amendment')
  @CommandOperation(OpenAmendment, {
    summary: 'Open sections of a submitted report again, with a reason',
    tag: TAG,
    request: example.amend,
    response: example.recorded,
  })
  async amend(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(OpenAmendment) command: OpenAmendment) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('withdrawal')
  @CommandOperation(WithdrawReport, {
    summary: 'Withdraw a submitted report; it stays on record as withdrawn',
    tag: TAG,
    request: example.withdraw,
    response: example.recorded,
  })
  async withdraw(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(WithdrawReport) command: WithdrawReport) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }
}
