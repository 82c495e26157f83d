import { Controller, Get, Post, Put } from '@nestjs/common';
import { CloseCycle, IssueGuidance, IssueSynthesis, MoveDueDate, OpenCycle, ReopenCycle } from '#commands';
import type { CycleId } from '#reporting';
import { BoardOfCycle, FindDocuments } from '#views';
import { found } from '../answers.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { type Order, Ordered } from '../order.js';
import { Read, type Reading, TrueForGood } from '../reading.js';
import { CycleInAddress } from './cycle-in-address.js';
import * as example from './cycles.examples.js';

const TAG = 'Cycles';

const at = ({ series, year }: CycleId) => `/api/cycles/${series}/${year}`;

/** Who asks for reports in a year, until when, and how everybody's answer stands. */
@Controller('api/cycles')
export class CyclesController {
  @Get()
  @TrueForGood()
  @ReadOperation({
    summary: 'Cycles on record, by series and year',
    tag: TAG,
    query: { filters: ['series', 'phase'], asOf: true, paged: true },
    example: example.list,
  })
  async list(@Read() reading: Reading) {
    const { series, phase } = reading.filters;
    const prefix = series === undefined ? '' : `${series}/`;
    const page = reading.pageOf({ ...(phase && { phase }) });
    return reading.page(await reading.ask(new FindDocuments('cycles', { prefix }, page)));
  }

  @Get(':series/:year')
  @ReadOperation({
    summary: 'A cycle, and how the report of each organization stands in it',
    description:
      'One cell for each organization that is relevant or has a report, by id and in no order of merit. `NO_EVIDENCE` ' +
      'says that nothing is on record, which says nothing about the organization. `why` names the events behind a cell.',
    tag: TAG,
    query: { asOf: true },
    example: example.board,
  })
  async board(@Read() reading: Reading, @CycleInAddress() cycle: CycleId) {
    const board = await reading.ask(new BoardOfCycle(cycle, reading.asOf));
    return reading.tell(found(board, 'cycle-unknown', { ...cycle }));
  }

  @Put(':series/:year')
  @CommandOperation(OpenCycle, {
    summary: 'Open a cycle',
    tag: TAG,
    creates: true,
    request: example.open,
    response: { ...example.recorded, revision: 0 },
  })
  open(@Ordered() order: Order<OpenCycle>) {
    return order.carryOut(at);
  }

  @Post(':series/:year/guidance')
  @CommandOperation(IssueGuidance, {
    summary: 'Tell everybody who is asked how an answer should look',
    tag: TAG,
    request: example.guidance,
    response: example.recorded,
  })
  issueGuidance(@Ordered() order: Order<IssueGuidance>) {
    return order.carryOut(at);
  }

  @Put(':series/:year/due-date')
  @CommandOperation(MoveDueDate, {
    summary: 'Move the day until which answers are due; deadlines of requests stay',
    tag: TAG,
    request: example.moveDueDate,
    response: example.recorded,
  })
  moveDueDate(@Ordered() order: Order<MoveDueDate>) {
    return order.carryOut(at);
  }

  @Post(':series/:year/closing')
  @CommandOperation(CloseCycle, {
    summary: 'Close a cycle: nobody is asked any more, and no report is begun',
    tag: TAG,
    request: example.close,
    response: example.recorded,
  })
  close(@Ordered() order: Order<CloseCycle>) {
    return order.carryOut(at);
  }

  @Post(':series/:year/reopening')
  @CommandOperation(ReopenCycle, {
    summary: 'Take up a closed cycle again',
    tag: TAG,
    request: example.reopen,
    response: example.recorded,
  })
  reopen(@Ordered() order: Order<ReopenCycle>) {
    return order.carryOut(at);
  }

  @Post(':series/:year/syntheses')
  @CommandOperation(IssueSynthesis, {
    summary: 'Put on record a report that was made out of the answers of a cycle',
    tag: TAG,
    request: example.synthesis,
    response: example.recorded,
  })
  issueSynthesis(@Ordered() order: Order<IssueSynthesis>) {
    return order.carryOut(at);
  }
}
