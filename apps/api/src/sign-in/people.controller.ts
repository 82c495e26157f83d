import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { commandOf, GiveMandate } from '#commands';
import { addressOf, Identity, requirePassword } from '#identity';
import { Entrance } from './entrance.js';
import { AcceptanceFields, ErasureFields, PersonFields, SetUpFields } from './sign-in-fields.js';
import { Fields, SignInOperation } from './sign-in-operation.js';
import * as example from './sign-in.examples.js';

/** Who there is: invited, joined, closed, erased. */
@Controller('api')
export class PeopleController {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
    private readonly commands: CommandBus,
  ) {}

  @Get('persons')
  @SignInOperation({ summary: 'Who there is', response: example.persons })
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.entrance.require(request, 'PersonList', { isPublic: true });
    reply.header('Cache-Control', 'no-store');
    const { directory } = this.identity;
    await directory.catchUp();
    const cards = await Promise.all(directory.persons.map((person) => directory.cardOf(person)));
    return { items: cards.flatMap((card) => (card ? [{ ...card, phase: directory.phaseOf(card.person) }] : [])) };
  }

  @Get('persons/:person')
  @SignInOperation({ summary: 'A person', response: example.shown })
  async one(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('person') person: string,
  ) {
    await this.entrance.require(request, 'PersonList');
    reply.header('Cache-Control', 'no-store');
    return this.identity.people.show(person);
  }

  @Post('invitations')
  @SignInOperation({
    summary: 'Invite a person: a link by mail, good for seven days and one time',
    description: 'What they may do is said by appointments and mandates, before or after they join.',
    body: { of: PersonFields, example: example.invite },
    response: example.invited,
  })
  async invite(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Fields(PersonFields) { name, address }: PersonFields,
  ) {
    const { person: by } = await this.entrance.require(request, 'InvitePerson', { isPublic: true });
    const person = await this.identity.people.register(name, address, by);
    await this.identity.people.invite(person, by);
    reply.header('Cache-Control', 'no-store');
    return { person };
  }

  @Post('persons/:person/invitation')
  @SignInOperation({
    summary: 'Send another link: to who has not joined, or has lost their password',
    response: example.invited,
  })
  async inviteAgain(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('person') person: string,
  ) {
    const { person: by } = await this.entrance.require(request, 'InvitePerson');
    await this.identity.people.invite(person, by);
    reply.header('Cache-Control', 'no-store');
    return { person };
  }

  @Post('invitations/acceptance')
  @SignInOperation({
    summary: 'Accept an invitation by choosing a password',
    body: { of: AcceptanceFields, example: example.acceptance },
    response: example.begun,
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
    summary: 'Be the first administrator, by the link that the first start printed',
    body: { of: SetUpFields, example: example.setUp },
    response: { ...example.begun, next: 'enrol' },
  })
  async setUp(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Fields(SetUpFields) { secret, name, address, password }: SetUpFields,
  ) {
    const { credentials, people, setUp, signIn } = this.identity;
    await setUp.require(secret);
    requirePassword(password, [name, address]);
    addressOf(address);
    // Whatever could be wrong with what they say was looked at: from here on nobody else can be the first one.
    await setUp.use(secret);
    const person = await people.register(name, address);
    await people.joinAtOnce(person);
    await credentials.setPassword(person, password);
    const given = { commandId: randomUUID(), actor: person, role: 'administrator', correlationId: request.id };
    const from = this.identity.today as GiveMandate['from'];
    await this.commands.execute(commandOf(GiveMandate, { person, role: 'administrator', from }, given));
    return this.entrance.begun(reply, await signIn.begin(person, this.entrance.callerOf(request)));
  }

  @Post('persons/:person/closing')
  @SignInOperation({ summary: 'Close an account: nobody signs in to it any more', response: example.ended })
  async close(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('person') person: string,
  ) {
    const { person: by } = await this.entrance.require(request, 'CloseAccount');
    await this.identity.people.close(person, by);
    reply.header('Cache-Control', 'no-store');
    return { ended: true };
  }

  @Post('persons/:person/erasure')
  @SignInOperation({
    summary: 'Propose to forget a person, or agree with the one who proposed it: then nobody can read who they were',
    description:
      'The public record keeps their opaque id. It cannot be undone, and takes two persons who name one ground.',
    body: { of: ErasureFields, example: example.erasure },
    response: example.erased,
  })
  async erase(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('person') person: string,
    @Fields(ErasureFields) { ground }: ErasureFields,
  ) {
    const { person: by } = await this.entrance.require(request, 'ErasePerson');
    reply.header('Cache-Control', 'no-store');
    return { outcome: await this.identity.people.erase(person, ground, by) };
  }
}
