import { Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ArgueOption, CloseOption, HandOption, RecordDebate, TableOption, TakeUpOption } from '#commands';
import { FindDocument, FindDocuments } from '#views';
import { amongLists } from '../among-lists.js';
import { found } from '../answers.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { type Order, Ordered } from '../order.js';
import { Read, type Reading, TrueForGood } from '../reading.js';
import * as example from './options.examples.js';

const TAG = 'Policy options';

const at = ({ option }: { readonly option: string }) => `/api/options/${option}`;

/** What might be done about an issue: argued for and against, debated in a forum, handed on, taken up. */
@Controller('api/options')
export class OptionsController {
  @Get()
  @TrueForGood()
  @ReadOperation({
    summary: 'Policy options on record, by id',
    description:
      'With `issue`: the map of what is on the table for it. With `organization`: those that were handed to it. With ' +
      '`action`: those that it takes up. `state` is tabled, debated, handed-over, taken-up or closed.',
    tag: TAG,
    query: { filters: ['issue', 'organization', 'action', 'state'], asOf: true, paged: true },
    example: example.list,
  })
  async list(@Read() reading: Reading) {
    const { state, ...lists } = reading.filters;
    const page = reading.pageOf(state === undefined ? {} : { state });
    return reading.page(await reading.ask(new FindDocuments('options', amongLists(lists), page)));
  }

  @Get(':option')
  @TrueForGood()
  @ReadOperation({ summary: 'A policy option', tag: TAG, query: { asOf: true }, example: example.option })
  async one(@Read() reading: Reading, @Param('option') option: string) {
    const document = await reading.ask(new FindDocument('options', option, reading.asOf));
    return reading.document(found(document, 'option-unknown', { option }));
  }

  @Put(':option')
  @CommandOperation(TableOption, {
    summary: 'Table a policy option on an issue',
    tag: TAG,
    creates: true,
    request: example.table,
    response: { ...example.recorded, revision: 0 },
  })
  table(@Ordered() order: Order<TableOption>) {
    return order.carryOut(at);
  }

  @Post(':option/arguments')
  @CommandOperation(ArgueOption, {
    summary: 'Speak for a policy option or against it, as a stakeholder group',
    tag: TAG,
    request: example.argue,
    response: example.recorded,
  })
  argue(@Ordered() order: Order<ArgueOption>) {
    return order.carryOut(at);
  }

  @Post(':option/debates')
  @CommandOperation(RecordDebate, {
    summary: 'Record the session of a forum in which it was debated',
    tag: TAG,
    request: example.debate,
    response: example.recorded,
  })
  debate(@Ordered() order: Order<RecordDebate>) {
    return order.carryOut(at);
  }

  @Post(':option/handovers')
  @CommandOperation(HandOption, {
    summary: 'Hand it to an organization, or to a mechanism that is none',
    tag: TAG,
    request: example.hand,
    response: example.recorded,
  })
  hand(@Ordered() order: Order<HandOption>) {
    return order.carryOut(at);
  }

  @Post(':option/actions')
  @CommandOperation(TakeUpOption, {
    summary: 'Say that an action takes it up; the action stays on its own track',
    tag: TAG,
    request: example.takeUp,
    response: example.recorded,
  })
  takeUp(@Ordered() order: Order<TakeUpOption>) {
    return order.carryOut(at);
  }

  @Post(':option/closing')
  @CommandOperation(CloseOption, {
    summary: 'Take it off the table',
    tag: TAG,
    request: example.close,
    response: example.recorded,
  })
  close(@Ordered() order: Order<CloseOption>) {
    return order.carryOut(at);
  }
}
