import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Identity, IdentityRefusal, LONGEST_PASSWORD, needsSecondFactor, SHORTEST_PASSWORD } from '#identity';
import { joinPage, setUpPage, type VoidLink, voidLinkPage } from '../../../web/src/index.js';
import { Gated } from '../gate/gated.js';
import { Entrance } from '../sign-in/entrance.js';
import { FirstAdministrator } from '../sign-in/first-administrator.js';
import { AcceptanceFields, SetUpFields } from '../sign-in/sign-in-fields.js';
import { TypedForm } from './form-body.js';
import { HOME_AFTER } from './local-path.js';
import { newPasswordIn } from './new-password.js';
import { Onward } from './onward.js';
import { formAgain, ownPage } from './own-page.js';
import { OwnPageErrors } from './own-page-errors.js';
import { providersFor } from './providers.js';
import { RolesInWords } from './roles-in-words.js';

const rules = { least: SHORTEST_PASSWORD, most: LONGEST_PASSWORD };
const VOID: Readonly<Record<string, VoidLink>> = { 'set-up-void': 'set-up', 'invitation-void': 'invitation' };

/** The pages behind the links that are printed and mailed. */
@Controller()
@Gated('OwnDoor')
@ApiExcludeController()
@UseFilters(OwnPageErrors)
export class JoiningPagesController {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
    private readonly first: FirstAdministrator,
    private readonly onward: Onward,
    private readonly roles: RolesInWords,
  ) {}

  @Get('set-up/:secret')
  async showSetUp(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('secret') secret: string,
  ) {
    return this.orVoid(request, reply, async () => {
      await this.identity.requireSetUp(secret);
      return ownPage(request, reply, setUpPage({ rules }));
    });
  }

  @Post('set-up/:secret')
  async setUp(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('secret') secret: string,
  ) {
    const form = TypedForm.of(request);
    const [name, address] = [form.text('name'), form.text('address')];
    return this.orVoid(request, reply, async () => {
      await this.identity.requireSetUp(secret);
      try {
        const fields = form.fields(SetUpFields, { secret, name, address, password: newPasswordIn(form) });
        return await this.onward.from(reply, await this.first.setUp(fields, request), HOME_AFTER);
      } catch (error) {
        return formAgain(request, reply, error, { page: (faults) => setUpPage({ rules, name, address, faults }) });
      }
    });
  }

  @Get('join/:secret')
  async showJoin(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('secret') secret: string,
  ) {
    return this.orVoid(request, reply, async () => {
      const invited = await this.invited(request, secret);
      return ownPage(request, reply, joinPage({ ...invited, rules }));
    });
  }

  @Post('join/:secret')
  async join(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('secret') secret: string,
  ) {
    const form = TypedForm.of(request);
    return this.orVoid(request, reply, async () => {
      const invited = await this.invited(request, secret);
      try {
        const { password } = form.fields(AcceptanceFields, { secret, password: newPasswordIn(form) });
        const begun = await this.identity.signIn.withInvitation(secret, password, this.entrance.callerOf(request));
        return await this.onward.from(reply, begun, HOME_AFTER);
      } catch (error) {
        return formAgain(request, reply, error, {
          page: (faults) => joinPage({ ...invited, rules, faults }),
        });
      }
    });
  }

  /** What whoever holds the link may see of what it is about. */
  private async invited(request: FastifyRequest, secret: string) {
    const { directory, roles, signIn, today } = this.identity;
    const { person, until, by } = await signIn.invitedBy(secret, this.entrance.callerOf(request));
    const card = await directory.cardOf(person);
    if (!card) throw new IdentityRefusal('invitation-void');
    const { name, address } = card;
    const isJoined = directory.phaseOf(person) === 'joined';
    const sender = by === undefined ? undefined : await directory.cardOf(by);
    return {
      name,
      address,
      until,
      isJoined,
      providers: providersFor(this.identity, { invitation: secret }),
      ...(sender && { by: sender.name }),
      roles: await this.roles.atPresent(person),
      needsSecondFactor: needsSecondFactor(await roles.of(person, today)),
    };
  }

  private async orVoid(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: () => Promise<Buffer | undefined>,
  ): Promise<Buffer | undefined> {
    try {
      return await answer();
    } catch (error) {
      const link = error instanceof IdentityRefusal ? VOID[error.code] : undefined;
      if (!link) throw error;
      reply.code(404);
      return ownPage(request, reply, voidLinkPage(link));
    }
  }
}
