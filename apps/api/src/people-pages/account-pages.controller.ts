import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Identity, LONGEST_PASSWORD, may, SHORTEST_PASSWORD } from '#identity';
import {
  accountPage,
  DONE,
  type Done,
  newTokenPage,
  passwordPage,
  tokenFormPage,
  ways,
} from '../../../web/src/index.js';
import { Gated } from '../gate/gated.js';
import { Entrance } from '../sign-in/entrance.js';
import { PasswordFields, TokenFields } from '../sign-in/sign-in-fields.js';
import { TypedForm } from './form-body.js';
import { HandOver } from './handed-over.js';
import { newPasswordIn } from './new-password.js';
import { doneIn, formAgain, ownPage, redirect } from './own-page.js';
import { OwnPageErrors } from './own-page-errors.js';
import { providersFor } from './providers.js';
import { RolesInWords } from './roles-in-words.js';

const rules = { least: SHORTEST_PASSWORD, most: LONGEST_PASSWORD };
const A_DAY = 86_400_000;
/** A token that is forgotten ends by itself before long. */
const USUAL_DAYS = 90;
const MOST_DAYS = 365;

const backWith = (reply: FastifyReply, done: Done) => redirect(reply, `${ways.ACCOUNT}?done=${done}`);

/** The pages of somebody's own account. */
@Controller('account')
@Gated('OwnDoor')
@ApiExcludeController()
@UseFilters(OwnPageErrors)
export class AccountPagesController {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
    private readonly handOver: HandOver,
    private readonly roles: RolesInWords,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('done') asked?: unknown,
  ) {
    const who = await this.entrance.requireBrowser(request);
    const { person, session } = who;
    const { credentials, sessions } = this.identity;
    const page = accountPage({
      ...(await this.cardOf(person)),
      roles: await this.roles.everOf(who),
      mayInvite: may(who, 'InvitePerson') === 'yes',
      sessions: await sessions.list(person, session),
      tokens: await credentials.tokensOf(person),
      secondFactor: {
        has: await credentials.hasSecondFactor(person),
        codesLeft: await credentials.recoveryCodesLeft(person),
      },
      ...(await this.provider(person)),
      now: this.identity.moment,
      ...doneIn(DONE, asked),
    });
    return ownPage(request, reply, page);
  }

  @Post('sessions/:session/end')
  async endSession(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('session') session: string,
  ) {
    const { person } = await this.entrance.requireBrowser(request);
    await this.identity.sessions.endOf(person, session);
    return backWith(reply, 'session');
  }

  @Post('other-sessions/end')
  async endOtherSessions(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { person, session } = await this.entrance.requireBrowser(request);
    await this.identity.sessions.endAll(person, session);
    return backWith(reply, 'sessions');
  }

  @Post('provider/unlink')
  async unlink(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { person } = await this.entrance.requireBrowser(request, { stepUp: true });
    await this.identity.oidc?.unlink(person);
    return backWith(reply, 'unlinked');
  }

  @Get('tokens')
  async tokens(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() asked: Readonly<Record<string, unknown>>,
  ) {
    const { session } = await this.entrance.requireBrowser(request);
    const { token } = await this.handOver.of(request, session);
    if (token && asked['made'] !== undefined) return ownPage(request, reply, newTokenPage(token));
    return ownPage(request, reply, tokenFormPage({ scopes: ['read'], until: this.dayAfter(USUAL_DAYS), ...this.days }));
  }

  @Post('tokens')
  async issue(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const form = TypedForm.of(request);
    const [name, scopes, until] = [form.text('name'), form.all('scopes'), form.text('until')];
    const { person, session, isProven } = await this.entrance.requireBrowser(request, { stepUp: true });
    try {
      // To the end of the day: whoever names it means to use it then, too.
      const fields = form.fields(TokenFields, { name, scopes, until: `${until}T23:59:59.000Z` });
      const asked = { name: fields.name, scopes: fields.scopes, until: fields.until, isProven };
      const { text } = await this.identity.credentials.issueToken(person, asked);
      await this.handOver.give(reply, session, { token: { name, text, until } });
      return redirect(reply, `${ways.TOKENS}?made`);
    } catch (error) {
      return formAgain(request, reply, error, {
        page: (faults) => tokenFormPage({ name, scopes, until, ...this.days, faults }),
      });
    }
  }

  @Post('tokens/:token/revocation')
  async revoke(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
  ) {
    const { person } = await this.entrance.requireBrowser(request);
    await this.identity.credentials.revokeToken(person, token);
    return backWith(reply, 'token');
  }

  @Get('password')
  async password(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { person } = await this.entrance.requireBrowser(request, { stepUp: true });
    const { address } = await this.cardOf(person);
    return ownPage(request, reply, passwordPage({ address, rules }));
  }

  @Post('password')
  async changePassword(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const form = TypedForm.of(request);
    const { person } = await this.entrance.requireBrowser(request, { stepUp: true });
    const { address } = await this.cardOf(person);
    try {
      const fields = form.fields(PasswordFields, { present: form.text('present'), next: newPasswordIn(form) });
      const secret = this.entrance.secretOf(request);
      const caller = this.entrance.callerOf(request);
      await this.identity.signIn.changePassword(secret, fields.present, fields.next, caller);
      return backWith(reply, 'password');
    } catch (error) {
      return formAgain(request, reply, error, {
        faults: { 'sign-in-failed': { field: 'present', words: 'This is not your present password.' } },
        page: (faults) => passwordPage({ address, rules, faults }),
      });
    }
  }

  private async cardOf(person: string) {
    const card = await this.identity.directory.cardOf(person);
    return card ?? { person, name: person, address: '' };
  }

  private async provider(person: string) {
    const [provider] = providersFor(this.identity, { for: 'link' });
    const isLinked = await this.identity.oidc?.isLinked(person);
    return provider && { provider: { ...provider, isLinked: isLinked === true } };
  }

  private get days() {
    return { today: this.identity.today, last: this.dayAfter(MOST_DAYS) };
  }

  private dayAfter(days: number): string {
    return new Date(Date.parse(this.identity.today) + days * A_DAY).toISOString().slice(0, 10);
  }
}
