import { Controller, Get, Param, Post, Put, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AddSource,
  ChangeStatus,
  ConfirmPartnership,
  DiscontinueAction,
  DisputePartnership,
  LinkAction,
  MarkRecordedInError,
  ReachMilestone,
  ReassignTrack,
  RecordAction,
  ReviseAction,
  SupersedeAction,
} from '#commands';
import { type ActionDocument, FindDocument, FindDocuments } from '#views';
import { Answers, found } from '../answers.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { Ordered } from '../http/ordered.js';
import * as example from './actions.examples.js';

const LIST = { filters: ['organization', 'issue', 'track', 'status', 'kind'], asOf: true, paged: true };
const AT_A_MOMENT = { asOf: true };
const TAG = 'Actions';

const at = (action: string) => `/api/actions/${action}`;

/** What organizations did towards enhanced cooperation. An action is recorded once, whoever took part. */
@Controller('api/actions')
export class ActionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly answers: Answers,
  ) {}

  @Get()
  @ReadOperation({
    summary: 'Actions on record, by id',
    description: 'With `organization`: those that it leads and those that it is a partner of.',
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
    const { organization, issue, ...where } = asked.filters;
    const [first, ...others] = [
      ...(organization === undefined ? [] : [`participant=${organization}`]),
      ...(issue === undefined ? [] : [`issue=${issue}`]),
    ];
    const among = first === undefined ? { prefix: '' } : { lists: [first, ...others] as const };
    const page = this.answers.pageOf(moment, asked, where);
    const documents = await this.queries.execute(new FindDocuments('actions', among, page));
    return this.answers.page(request, reply, moment, asked, documents);
  }

  @Get(':action')
  @ReadOperation({ summary: 'An action', tag: TAG, query: AT_A_MOMENT, example: example.action })
  async one(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('action') action: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const document = await this.queries.execute(new FindDocument('actions', action, moment.asOf));
    const { body } = found(document, 'action-unknown', { action });
    const { revision } = JSON.parse(body) as ActionDocument;
    return this.answers.resource(request, reply, moment, revision, body);
  }

  @Put(':action')
  @CommandOperation(RecordAction, {
    summary: 'Put an action on record, under its lead, for all of its partners',
    tag: TAG,
    creates: true,
    request: example.record,
    response: { ...example.recorded, revision: 0 },
  })
  async record(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(RecordAction, { creates: true }) command: RecordAction,
  ) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Put(':action/facts')
  @CommandOperation(ReviseAction, {
    summary: 'State facts of an action anew; what was stated before stays on record',
    tag: TAG,
    request: example.revise,
    response: example.recorded,
  })
  async revise(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(ReviseAction) command: ReviseAction) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Put(':action/status')
  @CommandOperation(ChangeStatus, {
    summary: 'Say that an action has begun, is over, or turned out not to be verified',
    tag: TAG,
    request: example.changeStatus,
    response: example.recorded,
  })
  async changeStatus(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(ChangeStatus) command: ChangeStatus) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Post(':action/milestones')
  @CommandOperation(ReachMilestone, {
    summary: 'Record what has come out of an action',
    tag: TAG,
    request: example.milestone,
    response: example.recorded,
  })
  async reachMilestone(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(ReachMilestone) command: ReachMilestone,
  ) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Post(':action/partners/:partner/confirmation')
  @CommandOperation(ConfirmPartnership, {
    summary: 'Say as a partner that it took part',
    tag: TAG,
    request: example.confirm,
    response: example.recorded,
  })
  async confirmPartnership(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(ConfirmPartnership) command: ConfirmPartnership,
  ) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Post(':action/partners/:partner/dispute')
  @CommandOperation(DisputePartnership, {
    summary: 'Say as a partner that it did not take part, or not as the record has it',
    tag: TAG,
    request: example.dispute,
    response: example.recorded,
  })
  async disputePartnership(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(DisputePartnership) command: DisputePartnership,
  ) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Post(':action/links')
  @CommandOperation(LinkAction, {
    summary: 'Point to another action, of the same track or of the forum',
    tag: TAG,
    request: example.link,
    response: example.recorded,
  })
  async link(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(LinkAction) command: LinkAction) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Put(':action/track')
  @CommandOperation(ReassignTrack, {
    summary: 'Move an action to the track to which it belongs',
    tag: TAG,
    request: example.reassignTrack,
    response: example.recorded,
  })
  async reassignTrack(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(ReassignTrack) command: ReassignTrack) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Post(':action/supersession')
  @CommandOperation(SupersedeAction, {
    summary: 'Say that an action goes on as another one',
    tag: TAG,
    request: example.supersede,
    response: example.recorded,
  })
  async supersede(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(SupersedeAction) command: SupersedeAction) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Post(':action/discontinuation')
  @CommandOperation(DiscontinueAction, {
    summary: 'Say that an action was given up',
    tag: TAG,
    request: example.discontinue,
    response: example.recorded,
  })
  async discontinue(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(DiscontinueAction) command: DiscontinueAction,
  ) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Post(':action/sources')
  @CommandOperation(AddSource, {
    summary: 'Name another source for what is on record about an action',
    tag: TAG,
    request: example.addSource,
    response: example.recorded,
  })
  async addSource(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(AddSource) command: AddSource) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }

  @Post(':action/error')
  @CommandOperation(MarkRecordedInError, {
    summary: 'Mark an action as recorded in error: it stays readable, and counts nowhere',
    tag: TAG,
    request: example.inError,
    response: example.recorded,
  })
  async markRecordedInError(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(MarkRecordedInError) command: MarkRecordedInError,
  ) {
    return this.answers.recorded(reply, at(command.action), await this.commands.execute(command));
  }
}
