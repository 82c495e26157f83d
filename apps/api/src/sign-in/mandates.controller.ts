import { Controller, Get, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EndMandate, GiveMandate, Known } from '#commands';
import { may } from '#identity';
import { admittedOf } from '../gate/admitted.js';
import { HttpProblem } from '../http/http-problem.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { TWO_PERSONS } from '../http/two-persons.js';
import { type Order, Ordered } from '../order.js';
import * as example from './sign-in.examples.js';

const TAG = 'Mandates';
const PERSON = /^[a-z0-9][a-z0-9._-]{0,99}$/;

const at = ({ person }: GiveMandate | EndMandate) => `/api/mandates/${person}`;

/** What persons do for the record as a whole. */
@Controller('api/mandates/:person')
export class MandatesController {
  constructor(private readonly known: Known) {}

  @Get()
  @ReadOperation({
    summary: 'The mandates that a person holds',
    description: 'What was proposed, and nobody else has agreed to yet, is shown to those who give mandates.',
    tag: TAG,
    example: example.mandates,
  })
  async one(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('person') person: string,
  ) {
    if (!PERSON.test(person)) throw new HttpProblem('resource-unknown');
    const { held, proposed } = await this.known.mandatesAsOnRecord(person);
    const admitted = admittedOf(request);
    const isGiver = !admitted || may(admitted.who, 'PersonList') === 'yes';
    reply.header('Cache-Control', 'private, no-cache');
    return { person, held, ...(isGiver && { proposed }) };
  }

  @Put(':role')
  @CommandOperation(GiveMandate, {
    summary: 'Propose a mandate, or agree with the one who proposed it',
    description:
      'It takes two persons who name one role and one date, neither of them the one who gets it. The first two ' +
      'administrators are made without a second person, which the record says. ' +
      TWO_PERSONS,
    tag: TAG,
    request: example.mandate,
    response: example.recorded,
  })
  give(@Ordered() order: Order<GiveMandate>) {
    return order.carryOut(at);
  }

  @Post(':role/end')
  @CommandOperation(EndMandate, {
    summary: 'End a mandate',
    tag: TAG,
    request: example.mandateEnd,
    response: example.recorded,
  })
  end(@Ordered() order: Order<EndMandate>) {
    return order.carryOut(at);
  }
}
