import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Identity } from '#identity';
import { TWO_PERSONS } from '../http/two-persons.js';
import { Entrance } from './entrance.js';
import { FirstAdministrator } from './first-administrator.js';
import { AcceptanceFields, ErasureFields, PersonFields, SetUpFields } from './sign-in-fields.js';
import { Fields, SignInOperation } from './sign-in-operation.js';
import * as example from './sign-in.examples.js';

/** Who there is: invited, joined, closed, erased. */
@Controller('api')
export class PeopleController {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
    private readonly first: FirstAdministrator,
  ) {}

  @Get('persons')
  @SignInOperation({ summary: 'Who there is', response: example.persons, by: 'signed-in' })
  async list(@Req() request: FastifyRequest) {
    await this.entrance.require(request, 'PersonList');
    const { directory } = this.identity;
    await directory.catchUp();
    const cards = await Promise.all(directory.persons.map((person) => directory.cardOf(person)));
    return { items: cards.flatMap((card) => (card ? [{ ...card, phase: directory.phaseOf(card.person) }] : [])) };
  }

  @Get('persons/:person')
  @SignInOperation({
    summary: 'A person',
    description: '`formerly` names closed accounts that had the same address.',
    response: example.onePerson,
    by: 'signed-in',
  })
  async one(@Req() request: FastifyRequest, @Param('person') person: string) {
    await this.entrance.require(request, 'PersonList', { person });
    const shown = await this.identity.people.show(person);
    const secondFactorResetProposed = await this.identity.lostSecondFactor.proposed(person);
    return { ...shown, ...(secondFactorResetProposed && { secondFactorResetProposed }) };
  }

  @Post('invitations')
  @SignInOperation({
    summary: 'Invite a person: a link by mail, good for seven days and one time',
    description:
      'What they may do is said by appointments and mandates, before or after they join. One person sends at most 20 ' +
      'within an hour, and at most 3 go to one address within a day.',
    body: { of: PersonFields, example: example.invite },
    response: example.invited,
    isLimited: true,
  })
  async invite(@Req() request: FastifyRequest, @Fields(PersonFields) { name, address }: PersonFields) {
    const { person: by } = await this.entrance.require(request, 'InvitePerson');
    const person = await this.identity.people.introduce(name, address, by);
    return { person };
  }

  @Post('persons/:person/invitation')
  @SignInOperation({
    summary: 'Send another link: to who has not joined, or has lost their password',
    description: 'When it is used, the sessions and tokens end that they had.',
    response: example.invited,
    isLimited: true,
  })
  async inviteAgain(@Req() request: FastifyRequest, @Param('person') person: string) {
    const { person: by } = await this.entrance.require(request, 'InvitePerson', { person });
    await this.identity.people.invite(person, by);
    return { person };
  }

  @Post('invitations/acceptance')
  @SignInOperation({
    summary: 'Accept an invitation by choosing a password',
    body: { of: AcceptanceFields, example: example.acceptance },
    response: example.begun,
    by: 'anybody',
  })
  async accept(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Fields(AcceptanceFields) { secret, password }: AcceptanceFields,
  ) {
    const begun = await this.identity.signIn.withInvitation(secret, password, this.entrance.callerOf(request));
    return this.entrance.begun(reply, begun);
  }

  @Post('set-up')
  @SignInOperation({
    summary: 'Be an administrator by the link that a start printed: the first one, or one beside whoever is left alone',
    body: { of: SetUpFields, example: example.setUp },
    response: { ...example.begun, next: 'enrol' },
    by: 'anybody',
  })
  async setUp(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Fields(SetUpFields) fields: SetUpFields,
  ) {
    return this.entrance.begun(reply, await this.first.setUp(fields, request));
  }

  @Post('persons/:person/closing')
  @SignInOperation({
    summary: 'Close an account: nobody signs in to it any more',
    description: 'Their address is free then. Who returns is invited as somebody new, and is given roles again.',
    response: example.ended,
  })
  async close(@Req() request: FastifyRequest, @Param('person') person: string) {
    const { person: by } = await this.entrance.require(request, 'CloseAccount', { person });
    await this.identity.people.close(person, by);
    return { ended: true };
  }

  @Post('persons/:person/second-factor/reset')
  @SignInOperation({
    summary: 'Propose to reset a lost second factor, or agree with the one who proposed it within seven days',
    description:
      'Of who has neither their authenticator nor a recovery code. It takes two persons, neither of them the one whose it is, ' +
      'who are to be sure who asked for it. Then their sessions end, their tokens are void, they are told by mail, and enrol ' +
      'another one when they next sign in.',
    response: example.resetProposed,
  })
  async resetSecondFactor(@Req() request: FastifyRequest, @Param('person') person: string) {
    const { person: by } = await this.entrance.require(request, 'ResetSecondFactor', { person });
    return { outcome: await this.identity.lostSecondFactor.reset(person, by) };
  }

  @Post('persons/:person/erasure')
  @SignInOperation({
    summary: 'Propose to forget a person, or agree with the one who proposed it: then nobody can read who they were',
    description: `The public record keeps their opaque id. It cannot be undone, and takes two persons who name one ground. ${TWO_PERSONS}`,
    body: { of: ErasureFields, example: example.erasure },
    response: example.erased,
  })
  async erase(
    @Req() request: FastifyRequest,
    @Param('person') person: string,
    @Fields(ErasureFields) { ground, anew }: ErasureFields,
  ) {
    const { person: by } = await this.entrance.require(request, 'ErasePerson', { person });
    return { outcome: await this.identity.people.erase(person, ground, by, { anew }) };
  }
}
