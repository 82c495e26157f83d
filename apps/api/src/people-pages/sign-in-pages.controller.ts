import { Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Identity, secretIn } from '#identity';
import { signInCodePage, signInPage, stepUpPage, ways } from '../../../web/src/index.js';
import { Gated } from '../gate/gated.js';
import { Entrance } from '../sign-in/entrance.js';
import { CodeFields, SignInFields } from '../sign-in/sign-in-fields.js';
import { TypedForm } from './form-body.js';
import { HandOver } from './handed-over.js';
import { localPath } from './local-path.js';
import { Onward } from './onward.js';
import { formAgain, ownPage, redirect } from './own-page.js';
import { OwnPageErrors } from './own-page-errors.js';
import { providersFor } from './providers.js';
import { codeIn } from './typed-code.js';

const wayIn = (asked: unknown) => (asked === 'recovery' ? 'recovery' : 'authenticator');

/** The pages of the way in and out. Whatever they do is done by what the API does it by. */
@Controller()
@Gated('OwnDoor')
@ApiExcludeController()
@UseFilters(OwnPageErrors)
export class SignInPagesController {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
    private readonly handOver: HandOver,
    private readonly onward: Onward,
  ) {}

  @Get('sign-in')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('next') asked?: unknown,
  ) {
    const next = localPath(asked);
    const found = await this.onward.found(request);
    if (found) return redirect(reply, this.onward.to(found, next));
    return ownPage(request, reply, signInPage({ next, providers: providersFor(this.identity, { next }) }));
  }

  @Post('sign-in')
  async signIn(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const form = TypedForm.of(request);
    const next = localPath(form.text('next'));
    const [address, password] = [form.text('address'), form.text('password')];
    try {
      const fields = form.fields(SignInFields, { address, password });
      const caller = this.entrance.callerOf(request);
      const begun = await this.identity.signIn.withPassword(fields.address, fields.password, caller);
      return await this.onward.from(reply, begun, next);
    } catch (error) {
      const providers = providersFor(this.identity, { next });
      return formAgain(request, reply, error, { page: (faults) => signInPage({ next, providers, address, faults }) });
    }
  }

  @Get('sign-in/code')
  async showCode(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('next') asked?: unknown,
    @Query('way') way?: unknown,
  ) {
    const next = localPath(asked);
    const found = await this.onward.require(request);
    if (found.left !== 'second-factor') return redirect(reply, this.onward.to(found, next));
    return ownPage(request, reply, signInCodePage({ next, way: wayIn(way) }));
  }

  @Post('sign-in/code')
  async giveCode(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const form = TypedForm.of(request);
    const next = localPath(form.text('next'));
    try {
      return await this.prove(request, reply, form, next);
    } catch (error) {
      const way = wayIn(form.text('way'));
      return formAgain(request, reply, error, { page: (faults) => signInCodePage({ next, way, faults }) });
    }
  }

  @Get('step-up')
  async showStepUp(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('next') asked?: unknown,
  ) {
    const next = localPath(asked);
    const { person } = await this.entrance.requireSignedIn(request);
    // Whoever has none cannot give it fresh: it begins with having one.
    const has = await this.identity.credentials.hasSecondFactor(person);
    if (has) return ownPage(request, reply, stepUpPage({ next, way: 'authenticator' }));
    const isElsewhere = await this.identity.oidc?.isProverOf(person);
    const [provider] = isElsewhere ? providersFor(this.identity, { next }) : [];
    return redirect(reply, provider?.href ?? ways.thenTo(ways.SECOND_FACTOR, next));
  }

  @Post('step-up')
  async stepUp(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const form = TypedForm.of(request);
    const next = localPath(form.text('next'));
    try {
      return await this.prove(request, reply, form, next);
    } catch (error) {
      return formAgain(request, reply, error, {
        page: (faults) => stepUpPage({ next, way: 'authenticator', faults }),
      });
    }
  }

  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const secret = secretIn(request.headers.cookie);
    if (secret !== undefined) await this.identity.sessions.end(secret);
    this.entrance.take(reply);
    this.handOver.takeBack(reply);
    return redirect(reply, ways.SIGN_IN);
  }

  private async prove(request: FastifyRequest, reply: FastifyReply, form: TypedForm, next: string) {
    const { code } = form.fields(CodeFields, { code: codeIn(form) });
    const { secret } = await this.identity.signIn.withSecondFactor(this.entrance.secretOf(request), code);
    this.entrance.give(reply, secret);
    return redirect(reply, next);
  }
}
