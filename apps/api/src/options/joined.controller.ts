import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CoverageAt, OptionsOf } from '#views';
import { Answers, found } from '../answers.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { ReadOperation } from '../http/operations.js';
import * as example from './options.examples.js';

const AT_A_MOMENT = { asOf: true };

/** What only options and actions together can tell. */
@Controller('api')
export class JoinedController {
  constructor(
    private readonly queries: QueryBus,
    private readonly answers: Answers,
  ) {}

  @Get('organizations/:organization/options')
  @ReadOperation({
    summary: 'What reached an organization from the forum, and what it did with it',
    description:
      'Policy options that were handed to it, with its own actions that take them up. `no-action-on-record` says what ' +
      'the record holds, and nothing about the organization.',
    tag: 'Organizations',
    query: AT_A_MOMENT,
    example: example.received,
  })
  async received(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('organization') organization: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const answer = await this.queries.execute(new OptionsOf(organization, moment.asOf));
    const options = found(answer, 'organization-unknown', { organization });
    return this.answers.text(request, reply, moment, JSON.stringify({ asOf: moment.sequence, options }));
  }

  @Get('coverage')
  @ReadOperation({
    summary: 'Which issues were worked on, and with which stakeholder groups',
    description:
      'Counts of actions that an answer to paragraph 71 may count: track EC, not purely operational, not recorded in ' +
      'error. A joint action is counted once in a total and stands under each of its organizations. By code, not by size.',
    tag: 'Actions',
    query: AT_A_MOMENT,
    example: example.coverage,
  })
  async coverage(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const coverage = await this.queries.execute(new CoverageAt(moment.asOf));
    return this.answers.text(request, reply, moment, JSON.stringify({ asOf: moment.sequence, ...coverage }));
  }
}
