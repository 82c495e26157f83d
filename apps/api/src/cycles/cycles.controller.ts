import { Controller, Get, Param, Post, Put, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CloseCycle, IssueGuidance, IssueSynthesis, MoveDueDate, OpenCycle, ReopenCycle } from '#commands';
import type { CycleId } from '#reporting';
import { BoardOfCycle, FindDocuments } from '#views';
import { Answers, found } from '../answers.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { Ordered } from '../http/ordered.js';
import { cycleIn } from './cycle-in-address.js';
import * as example from './cycles.examples.js';

const LIST = { filters: ['series', 'phase'], asOf: true, paged: true };
const AT_A_MOMENT = { asOf: true };
const TAG = 'Cycles';

const at = ({ series, year }: CycleId) => `/api/cycles/${series}/${year}`;

/** Who asks for reports in a year, until when, and how everybody's answer stands. */
@Controller('api/cycles')
export class CyclesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly answers: Answers,
  ) {}

  @Get()
  @ReadOperation({ summary: 'Cycles on record, by series and year', tag: TAG, query: LIST, example: example.list })
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AskedFor(LIST) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const { series, phase } = asked.filters;
    const page = this.answers.pageOf(moment, asked, { ...(phase && { phase }) });
    const prefix = series === undefined ? '' : `${series}/`;
    const documents = await this.queries.execute(new FindDocuments('cycles', { prefix }, page));
    return this.answers.page(request, reply, moment, asked, documents);
  }

  @Get(':series/:year')
  @ReadOperation({
    summary: 'A cycle, and how the report of each organization stands in it',
    description:
      'One cell for each organization that is relevant or has a report, by id and in no order of merit. `NO_EVIDENCE` ' +
      'says that nothing is on record, which says nothing about the organization. `why` names the events behind a cell.',
    tag: TAG,
    query: AT_A_MOMENT,
    example: example.board,
  })
  async board(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const answer = await this.queries.execute(new BoardOfCycle(cycleIn(series, year), moment.asOf));
    const board = found(answer, 'cycle-unknown', { series, year });
    return this.answers.text(request, reply, moment, JSON.stringify({ asOf: moment.sequence, ...board }));
  }

  @Put(':series/:year')
  @CommandOperation(OpenCycle, {
    summary: 'Open a cycle',
    tag: TAG,
    creates: true,
    request: example.open,
    response: { ...example.recorded, revision: 0 },
  })
  async open(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(OpenCycle, { creates: true }) command: OpenCycle,
  ) {
    return this.answers.recorded(reply, at(command), await this.commands.execute(command));
  }

  @Post(':series/:year/guidance')
  @CommandOperation(IssueGuidance, {
    summary: 'Tell everybody who is asked how an answer should look',
    tag: TAG,
    request: example.guidance,
    response: example.recorded,
  })
  async issueGuidance(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(IssueGuidance) command: IssueGuidance) {
    return this.answers.recorded(reply, at(command), await this.commands.execute(command));
  }

  @Put(':series/:year/due-date')
  @CommandOperation(MoveDueDate, {
    summary: 'Move the day until which answers are due; deadlines of requests stay',
    tag: TAG,
    request: example.moveDueDate,
    response: example.recorded,
  })
  async moveDueDate(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(MoveDueDate) command: MoveDueDate) {
    return this.answers.recorded(reply, at(command), await this.commands.execute(command));
  }

  @Post(':series/:year/closing')
  @CommandOperation(CloseCycle, {
    summary: 'Close a cycle: nobody is asked any more, and no report is begun',
    tag: TAG,
    request: example.close,
    response: example.recorded,
  })
  async close(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(CloseCycle) command: CloseCycle) {
    return this.answers.recorded(reply, at(command), await this.commands.execute(command));
  }

  @Post(':series/:year/reopening')
  @CommandOperation(ReopenCycle, {
    summary: 'Take up a closed cycle again',
    tag: TAG,
    request: example.reopen,
    response: example.recorded,
  })
  async reopen(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(ReopenCycle) command: ReopenCycle) {
    return this.answers.recorded(reply, at(command), await this.commands.execute(command));
  }

  @Post(':series/:year/syntheses')
  @CommandOperation(IssueSynthesis, {
    summary: 'Put on record a report that was made out of the answers of a cycle',
    tag: TAG,
    request: example.synthesis,
    response: example.recorded,
  })
  async issueSynthesis(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(IssueSynthesis) command: IssueSynthesis,
  ) {
    return this.answers.recorded(reply, at(command), await this.commands.execute(command));
  }
}
