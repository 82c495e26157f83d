import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Entrance } from './entrance.js';
import { OidcDoor } from './oidc-door.js';
import { InvitationFields } from './sign-in-fields.js';
import { Fields, SignInOperation } from './sign-in-operation.js';
import * as example from './sign-in.examples.js';

/** Linking an account with one at the provider, for a program that has a browser to go there with. */
@Controller('api')
export class OidcController {
  constructor(
    private readonly door: OidcDoor,
    private readonly entrance: Entrance,
  ) {}

  @Get('provider')
  @SignInOperation({ summary: 'By which provider you may sign in, and whether you do', response: example.provider })
  async provider(@Req() request: FastifyRequest) {
    const { person } = await this.entrance.requireBrowser(request);
    const { oidc } = this.door;
    return { name: oidc.name, isLinked: await oidc.isLinked(person) };
  }

  @Post('provider/link')
  @SignInOperation({
    summary: 'Begin to link your account with one at the provider: the address that the browser goes to',
    description:
      'Within ten minutes, and in the browser that has the cookie of this answer. It comes back to ' +
      '`/sign-in/oidc/callback`; from then on you may sign in by that account, and by no other one at the provider.',
    response: example.departure,
  })
  async link(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { person } = await this.entrance.requireBrowser(request, { stepUp: true });
    return { address: await this.door.begin(request, reply, { kind: 'link', person }) };
  }

  @Post('provider/unlink')
  @SignInOperation({
    summary: 'Sign in by the provider no more; you need a password for that',
    response: example.ended,
  })
  async unlink(@Req() request: FastifyRequest) {
    const { person } = await this.entrance.requireBrowser(request, { stepUp: true });
    await this.door.oidc.unlink(person);
    return { ended: true };
  }

  @Post('invitations/provider')
  @SignInOperation({
    summary: 'Begin to accept an invitation by an account at the provider, without a password',
    body: { of: InvitationFields, example: example.invitation },
    response: example.departure,
    by: 'anybody',
  })
  async join(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Fields(InvitationFields) { secret: invitation }: InvitationFields,
  ) {
    return { address: await this.door.begin(request, reply, { kind: 'join', invitation }) };
  }
}
