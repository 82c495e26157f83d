import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Identity } from '#identity';
import { Entrance } from './entrance.js';
import { TokenFields } from './sign-in-fields.js';
import { Fields, SignInOperation } from './sign-in-operation.js';
import * as example from './sign-in.examples.js';

/** Sessions and tokens, for their owner alone. */
@Controller('api')
export class OwnController {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
  ) {}

  @Get('sessions')
  @SignInOperation({ summary: 'Where you are signed in', response: example.sessions })
  async sessions(@Req() request: FastifyRequest) {
    const { person, session } = await this.entrance.requireBrowser(request);
    return { items: await this.identity.sessions.list(person, session) };
  }

  @Post('sessions/:session/end')
  @SignInOperation({ summary: 'End one of your sessions', response: example.ended })
  async end(@Req() request: FastifyRequest, @Param('session') session: string) {
    const { person } = await this.entrance.requireBrowser(request);
    await this.identity.sessions.endOf(person, session);
    return { ended: true };
  }

  @Get('tokens')
  @SignInOperation({ summary: 'Your tokens, without what makes them work', response: example.tokens })
  async tokens(@Req() request: FastifyRequest) {
    const { person } = await this.entrance.requireBrowser(request);
    return { items: await this.identity.credentials.tokensOf(person) };
  }

  @Post('tokens')
  @SignInOperation({
    summary: 'Make a token for a program; its text is shown this once',
    description:
      'To be sent as `Authorization: Bearer …`. It may do what you may, as far as its scopes go, and never what needs a fresh ' +
      'second factor. It lasts a year at most.',
    body: { of: TokenFields, example: example.token1 },
    response: example.issued,
  })
  async issue(@Req() request: FastifyRequest, @Fields(TokenFields) { name, scopes, until }: TokenFields) {
    const { person, isProven } = await this.entrance.requireBrowser(request, { stepUp: true });
    return this.identity.credentials.issueToken(person, { name, scopes, until, isProven });
  }

  @Post('tokens/:token/revocation')
  @SignInOperation({ summary: 'Revoke one of your tokens', response: example.ended })
  async revoke(@Req() request: FastifyRequest, @Param('token') token: string) {
    const { person } = await this.entrance.requireBrowser(request);
    await this.identity.credentials.revokeToken(person, token);
    return { ended: true };
  }
}
