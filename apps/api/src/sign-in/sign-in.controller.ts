import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Identity } from '#identity';
import { Entrance } from './entrance.js';
import { CodeFields, PasswordFields, SignInFields } from './sign-in-fields.js';
import { Fields, SignInOperation } from './sign-in-operation.js';
import * as example from './sign-in.examples.js';

/** The way in and out of a browser. */
@Controller('api')
export class SignInController {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
  ) {}

  @Post('sign-in')
  @SignInOperation({
    summary: 'Sign in with address and password',
    description:
      '`next` is what is left to do: `none`, `second-factor` (give a code), or `enrol`, where your roles need a second factor ' +
      'and you have none yet. The session is in a cookie, and good for nothing else before that is done.',
    body: { of: SignInFields, example: example.signIn },
    response: example.begun,
    by: 'anybody',
  })
  async signIn(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Fields(SignInFields) { address, password }: SignInFields,
  ) {
    const begun = await this.identity.signIn.withPassword(address, password, this.entrance.callerOf(request));
    return this.entrance.begun(reply, begun);
  }

  @Post('second-factor/proof')
  @SignInOperation({
    summary: 'Give a code of the second factor: to sign in, or anew before something that needs it fresh',
    body: { of: CodeFields, example: example.code },
    response: example.proven,
  })
  async prove(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Fields(CodeFields) { code }: CodeFields,
  ) {
    const { secret, codesLeft } = await this.identity.signIn.withSecondFactor(this.entrance.secretOf(request), code);
    this.entrance.give(reply, secret);
    return { codesLeft };
  }

  @Post('second-factor')
  @SignInOperation({
    summary: 'Begin to enrol a second factor: what goes into the authenticator, shown this once',
    response: example.enrolment,
  })
  async enrol(@Req() request: FastifyRequest) {
    const { person } = await this.entrance.requireEnrolling(request);
    return this.identity.credentials.beginSecondFactor(person);
  }

  @Post('second-factor/confirmation')
  @SignInOperation({
    summary: 'Confirm the second factor by a code of it: the recovery codes, shown this once',
    body: { of: CodeFields, example: example.code },
    response: example.codes,
  })
  async confirm(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Fields(CodeFields) { code }: CodeFields,
  ) {
    await this.entrance.requireEnrolling(request);
    const { secret, codes } = await this.identity.signIn.confirmSecondFactor(this.entrance.secretOf(request), code);
    this.entrance.give(reply, secret);
    return { codes };
  }

  @Post('recovery-codes')
  @SignInOperation({ summary: 'Make new recovery codes; the ones before are void', response: example.codes })
  async renewCodes(@Req() request: FastifyRequest) {
    const { person } = await this.entrance.requireBrowser(request, { stepUp: true });
    return { codes: await this.identity.credentials.replaceRecoveryCodes(person) };
  }

  @Post('password')
  @SignInOperation({
    summary: 'Change your password; your other sessions end',
    description:
      'Your tokens stay good, since programs sign in by them and not by the password: `tokens` says how many you have. ' +
      'Revoke those that you do not know. (An invitation for a lost password makes all of them void.)',
    body: { of: PasswordFields, example: example.passwords },
    response: example.changed,
  })
  async changePassword(@Req() request: FastifyRequest, @Fields(PasswordFields) { present, next }: PasswordFields) {
    const { person } = await this.entrance.requireBrowser(request, { stepUp: true });
    const { credentials, signIn } = this.identity;
    await signIn.changePassword(this.entrance.secretOf(request), present, next, this.entrance.callerOf(request));
    return { ended: true, tokens: (await credentials.tokensOf(person)).length };
  }

  @Post('sign-out')
  @SignInOperation({ summary: 'End this session', response: example.ended })
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.identity.sessions.end(this.entrance.secretOf(request));
    this.entrance.take(reply);
    return { ended: true };
  }

  @Get('me')
  @SignInOperation({ summary: 'Who you are here, and what you may act as', response: example.me, by: 'signed-in' })
  async me(@Req() request: FastifyRequest) {
    return this.entrance.requireSignedIn(request);
  }
}
