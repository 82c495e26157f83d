import { Controller, Get, Param, Post, Put } from '@nestjs/common';
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
import { FindDocument, FindDocuments } from '#views';
import { amongLists } from '../among-lists.js';
import { found } from '../answers.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { type Order, Ordered } from '../order.js';
import { Read, type Reading, TrueForGood } from '../reading.js';
import * as example from './actions.examples.js';

const TAG = 'Actions';

const at = ({ action }: { readonly action: string }) => `/api/actions/${action}`;

/** What organizations did towards enhanced cooperation. An action is recorded once, whoever took part. */
@Controller('api/actions')
export class ActionsController {
  @Get()
  @TrueForGood()
  @ReadOperation({
    summary: 'Actions on record, by id',
    description: 'With `organization`: those that it leads and those that it is a partner of.',
    tag: TAG,
    query: { filters: ['organization', 'issue', 'track', 'status', 'kind'], asOf: true, paged: true },
    example: example.list,
  })
  async list(@Read() reading: Reading) {
    const { organization: participant, issue, ...where } = reading.filters;
    const among = amongLists({ participant, issue });
    return reading.page(await reading.ask(new FindDocuments('actions', among, reading.pageOf(where))));
  }

  @Get(':action')
  @TrueForGood()
  @ReadOperation({ summary: 'An action', tag: TAG, query: { asOf: true }, example: example.action })
  async one(@Read() reading: Reading, @Param('action') action: string) {
    const document = await reading.ask(new FindDocument('actions', action, reading.asOf));
    return reading.document(found(document, 'action-unknown', { action }));
  }

  @Put(':action')
  @CommandOperation(RecordAction, {
    summary: 'Put an action on record, under its lead, for all of its partners',
    description: 'Scope and vision are judgements: whoever gives the command is recorded with them.',
    tag: TAG,
    creates: true,
    request: example.record,
    response: { ...example.recorded, revision: 0 },
  })
  record(@Ordered() order: Order<RecordAction>) {
    return order.carryOut(at);
  }

  @Put(':action/facts')
  @CommandOperation(ReviseAction, {
    summary: 'State facts of an action anew; what was stated before stays on record',
    description:
      '`null` takes back an end, a vision or a note that was stated wrongly, and states nothing in its place.',
    tag: TAG,
    request: example.revise,
    response: example.recorded,
  })
  revise(@Ordered() order: Order<ReviseAction>) {
    return order.carryOut(at);
  }

  @Put(':action/status')
  @CommandOperation(ChangeStatus, {
    summary: 'Say that an action has begun, is over, or turned out not to be verified',
    tag: TAG,
    request: example.changeStatus,
    response: example.recorded,
  })
  changeStatus(@Ordered() order: Order<ChangeStatus>) {
    return order.carryOut(at);
  }

  @Post(':action/milestones')
  @CommandOperation(ReachMilestone, {
    summary: 'Record what has come out of an action',
    tag: TAG,
    request: example.milestone,
    response: example.recorded,
  })
  reachMilestone(@Ordered() order: Order<ReachMilestone>) {
    return order.carryOut(at);
  }

  @Post(':action/partners/:partner/confirmation')
  @CommandOperation(ConfirmPartnership, {
    summary: 'Say as a partner that it took part',
    tag: TAG,
    request: example.confirm,
    response: example.recorded,
  })
  confirmPartnership(@Ordered() order: Order<ConfirmPartnership>) {
    return order.carryOut(at);
  }

  @Post(':action/partners/:partner/dispute')
  @CommandOperation(DisputePartnership, {
    summary: 'Say as a partner that it did not take part, or not as the record has it',
    tag: TAG,
    request: example.dispute,
    response: example.recorded,
  })
  disputePartnership(@Ordered() order: Order<DisputePartnership>) {
    return order.carryOut(at);
  }

  @Post(':action/links')
  @CommandOperation(LinkAction, {
    summary: 'Point to another action, of the same track or of the forum',
    tag: TAG,
    request: example.link,
    response: example.recorded,
  })
  link(@Ordered() order: Order<LinkAction>) {
    return order.carryOut(at);
  }

  @Put(':action/track')
  @CommandOperation(ReassignTrack, {
    summary: 'Move an action to the track to which it belongs',
    tag: TAG,
    request: example.reassignTrack,
    response: example.recorded,
  })
  reassignTrack(@Ordered() order: Order<ReassignTrack>) {
    return order.carryOut(at);
  }

  @Post(':action/supersession')
  @CommandOperation(SupersedeAction, {
    summary: 'Say that an action goes on as another one',
    tag: TAG,
    request: example.supersede,
    response: example.recorded,
  })
  supersede(@Ordered() order: Order<SupersedeAction>) {
    return order.carryOut(at);
  }

  @Post(':action/discontinuation')
  @CommandOperation(DiscontinueAction, {
    summary: 'Say that an action was given up',
    tag: TAG,
    request: example.discontinue,
    response: example.recorded,
  })
  discontinue(@Ordered() order: Order<DiscontinueAction>) {
    return order.carryOut(at);
  }

  @Post(':action/sources')
  @CommandOperation(AddSource, {
    summary: 'Name another source for what is on record about an action',
    tag: TAG,
    request: example.addSource,
    response: example.recorded,
  })
  addSource(@Ordered() order: Order<AddSource>) {
    return order.carryOut(at);
  }

  @Post(':action/error')
  @CommandOperation(MarkRecordedInError, {
    summary: 'Mark an action as recorded in error: it stays readable, and counts nowhere',
    tag: TAG,
    request: example.inError,
    response: example.recorded,
  })
  markRecordedInError(@Ordered() order: Order<MarkRecordedInError>) {
    return order.carryOut(at);
  }
}
