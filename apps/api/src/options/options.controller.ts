import { Controller, Get, Param, Post, Put, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ArgueOption, CloseOption, HandOption, RecordDebate, TableOption, TakeUpOption } from '#commands';
import { FindDocument, FindDocuments, type OptionDocument } from '#views';
import { Answers, found } from '../answers.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { Ordered } from '../http/ordered.js';
import * as example from './options.examples.js';

const LIST = { filters: ['issue', 'organization', 'action', 'state'], asOf: true, paged: true };
const AT_A_MOMENT = { asOf: true };
const TAG = 'Policy options';

const at = (option: string) => `/api/options/${option}`;

/** What might be done about an issue: argued for and against, debated in a forum, handed on, taken up. */
@Controller('api/options')
export class OptionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly answers: Answers,
  ) {}

  @Get()
  @ReadOperation({
    summary: 'Policy options on record, by id',
    description:
      'With `issue`: the map of what is on the table for it. With `organization`: those that were handed to it. With ' +
      '`action`: those that it takes up. `state` is tabled, debated, handed-over, taken-up or closed.',
    tag: TAG,
    query: LIST,
    example: example.list,
  })
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AskedFor(LIST) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const { state, ...lists } = asked.filters;
    const [first, ...others] = Object.entries(lists).map(([field, value]) => `${field}=${value}`);
    const among = first === undefined ? { prefix: '' } : { lists: [first, ...others] as const };
    const page = this.answers.pageOf(moment, asked, state === undefined ? {} : { state });
    const documents = await this.queries.execute(new FindDocuments('options', among, page));
    return this.answers.page(request, reply, moment, asked, documents);
  }

  @Get(':option')
  @ReadOperation({ summary: 'A policy option', tag: TAG, query: AT_A_MOMENT, example: example.option })
  async one(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('option') option: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const document = await this.queries.execute(new FindDocument('options', option, moment.asOf));
    const { body } = found(document, 'option-unknown', { option });
    const { revision } = JSON.parse(body) as OptionDocument;
    return this.answers.resource(request, reply, moment, revision, body);
  }

  @Put(':option')
  @CommandOperation(TableOption, {
    summary: 'Table a policy option on an issue',
    tag: TAG,
    creates: true,
    request: example.table,
    response: { ...example.recorded, revision: 0 },
  })
  async table(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(TableOption, { creates: true }) command: TableOption,
  ) {
    return this.answers.recorded(reply, at(command.option), await this.commands.execute(command));
  }

  @Post(':option/arguments')
  @CommandOperation(ArgueOption, {
    summary: 'Speak for a policy option or against it, as a stakeholder group',
    tag: TAG,
    request: example.argue,
    response: example.recorded,
  })
  async argue(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(ArgueOption) command: ArgueOption) {
    return this.answers.recorded(reply, at(command.option), await this.commands.execute(command));
  }

  @Post(':option/debates')
  @CommandOperation(RecordDebate, {
    summary: 'Record the session of a forum in which it was debated',
    tag: TAG,
    request: example.debate,
    response: example.recorded,
  })
  async debate(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(RecordDebate) command: RecordDebate) {
    return this.answers.recorded(reply, at(command.option), await this.commands.execute(command));
  }

  @Post(':option/handovers')
  @CommandOperation(HandOption, {
    summary: 'Hand it to an organization, or to a mechanism that is none',
    tag: TAG,
    request: example.hand,
    response: example.recorded,
  })
  async hand(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(HandOption) command: HandOption) {
    return this.answers.recorded(reply, at(command.option), await this.commands.execute(command));
  }

  @Post(':option/actions')
  @CommandOperation(TakeUpOption, {
    summary: 'Say that an action takes it up; the action stays on its own track',
    tag: TAG,
    request: example.takeUp,
    response: example.recorded,
  })
  async takeUp(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(TakeUpOption) command: TakeUpOption) {
    return this.answers.recorded(reply, at(command.option), await this.commands.execute(command));
  }

  @Post(':option/closing')
  @CommandOperation(CloseOption, {
    summary: 'Take it off the table',
    tag: TAG,
    request: example.close,
    response: example.recorded,
  })
  async close(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(CloseOption) command: CloseOption) {
    return this.answers.recorded(reply, at(command.option), await this.commands.execute(command));
  }
}
