import { Controller, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { NoteReport, PublishReport, WithholdPart } from '#commands';
import { Answers } from '../answers.js';
import { CommandOperation } from '../http/operations.js';
import { Ordered } from '../http/ordered.js';
import { ONE_REPORT, reportAddress, TAG } from './report-address.js';
import * as example from './reports.examples.js';

/** What others do with a submitted version: take note of it, publish it. Nobody approves or scores it. */
@Controller(ONE_REPORT)
export class ReviewingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly answers: Answers,
  ) {}

  @Post('notes')
  @CommandOperation(NoteReport, {
    summary: 'Take note of a version, as it read at a sequence of the record',
    tag: TAG,
    request: example.note,
    response: example.recorded,
  })
  async note(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(NoteReport) command: NoteReport) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('publication')
  @CommandOperation(PublishReport, {
    summary: 'Make a version readable for everybody',
    tag: TAG,
    request: example.publish,
    response: example.recorded,
  })
  async publish(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(PublishReport) command: PublishReport) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('withheld-parts')
  @CommandOperation(WithholdPart, {
    summary: 'Keep a part of a version from the public, with a reason',
    tag: TAG,
    request: example.withhold,
    response: example.recorded,
  })
  async withhold(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(WithholdPart) command: WithholdPart) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }
}
