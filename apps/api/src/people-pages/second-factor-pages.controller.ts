import { Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Identity, IdentityRefusal } from '#identity';
import {
  enrolmentPage,
  newRecoveryCodesPage,
  noEnrolmentPage,
  recoveryCodesPage,
  recoveryCodesText,
  ways,
} from '../../../web/src/index.js';
import { Gated } from '../gate/gated.js';
import { Entrance } from '../sign-in/entrance.js';
import { CodeFields } from '../sign-in/sign-in-fields.js';
import { TypedForm } from './form-body.js';
import { HandOver } from './handed-over.js';
import { localPath } from './local-path.js';
import { Onward } from './onward.js';
import { formAgain, ownPage, redirect } from './own-page.js';
import { OwnPageErrors } from './own-page-errors.js';
import { codeIn } from './typed-code.js';

/** Another window, or another browser of theirs, was faster. */
const OVERTAKEN: ReadonlySet<string> = new Set(['second-factor-exists', 'second-factor-not-begun']);

/** The pages of the authenticator and of the codes for when it is lost. */
@Controller()
@Gated('OwnDoor')
@ApiExcludeController()
@UseFilters(OwnPageErrors)
export class SecondFactorPagesController {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
    private readonly handOver: HandOver,
    private readonly onward: Onward,
  ) {}

  @Get('second-factor')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('next') asked?: unknown,
  ) {
    const next = localPath(asked);
    const { person, session, left } = await this.onward.require(request);
    const hasSecondFactor = await this.identity.credentials.hasSecondFactor(person);
    if (left === 'second-factor') return redirect(reply, ways.thenTo(ways.SIGN_IN_CODE, next));
    const isNeeded = left === 'enrol';
    const { enrolment } = await this.handOver.of(request, session);
    if (hasSecondFactor || !enrolment)
      return ownPage(request, reply, noEnrolmentPage({ hasSecondFactor, isNeeded, next }));
    return ownPage(request, reply, enrolmentPage({ enrolment, isNeeded, next }));
  }

  @Post('second-factor/begin')
  async begin(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const next = localPath(TypedForm.of(request).text('next'));
    const found = await this.onward.require(request);
    if (await this.identity.credentials.hasSecondFactor(found.person))
      return redirect(reply, ways.thenTo(ways.SECOND_FACTOR, next));
    await this.entrance.requireEnrolling(request);
    return this.onward.enrol(reply, found, next);
  }

  @Post('second-factor')
  async confirm(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const form = TypedForm.of(request);
    const next = localPath(form.text('next'));
    const { session, left } = await this.onward.require(request);
    await this.entrance.requireEnrolling(request);
    const { enrolment } = await this.handOver.of(request, session);
    // It took longer than the key is held here: another one has to be made.
    if (!enrolment) return redirect(reply, ways.thenTo(ways.SECOND_FACTOR, next));
    try {
      const { code } = form.fields(CodeFields, { code: codeIn(form) });
      const { signIn } = this.identity;
      const { secret, codes } = await signIn.confirmSecondFactor(this.entrance.secretOf(request), code);
      this.entrance.give(reply, secret);
      await this.handOver.give(reply, session, { codes, next, isEnrolling: true });
      return redirect(reply, ways.RECOVERY_CODES);
    } catch (error) {
      if (error instanceof IdentityRefusal && OVERTAKEN.has(error.code)) {
        this.handOver.takeBack(reply);
        return redirect(reply, ways.thenTo(ways.SECOND_FACTOR, next));
      }
      const isNeeded = left === 'enrol';
      return formAgain(request, reply, error, {
        page: (faults) => enrolmentPage({ enrolment, isNeeded, next, faults }),
      });
    }
  }

  @Get('account/recovery-codes')
  async codes(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { person, session } = await this.entrance.requireBrowser(request);
    const { codes, next, isEnrolling = false } = await this.handOver.of(request, session);
    if (codes) return ownPage(request, reply, newRecoveryCodesPage({ codes, isEnrolling, next: localPath(next) }));
    const { credentials } = this.identity;
    if (!(await credentials.hasSecondFactor(person))) return redirect(reply, ways.SECOND_FACTOR);
    return ownPage(request, reply, recoveryCodesPage({ left: await credentials.recoveryCodesLeft(person) }));
  }

  @Post('account/recovery-codes')
  async renew(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { person, session } = await this.entrance.requireBrowser(request, { stepUp: true });
    const { credentials } = this.identity;
    if (!(await credentials.hasSecondFactor(person))) return redirect(reply, ways.SECOND_FACTOR);
    await this.handOver.give(reply, session, { codes: await credentials.replaceRecoveryCodes(person) });
    return redirect(reply, ways.RECOVERY_CODES);
  }

  /** The same as a file, for as long as the page shows them. */
  @Get('account/recovery-codes.txt')
  async codesAsText(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { person, session } = await this.entrance.requireBrowser(request);
    const { codes } = await this.handOver.of(request, session);
    if (!codes) return redirect(reply, ways.RECOVERY_CODES);
    const card = await this.identity.directory.cardOf(person);
    reply
      .header('Cache-Control', 'no-store')
      .header('Content-Disposition', 'attachment; filename="para71-recovery-codes.txt"')
      .type('text/plain; charset=utf-8');
    return recoveryCodesText(codes, card?.address ?? person);
  }

  @Post('account/kept')
  async kept(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const next = localPath(TypedForm.of(request).text('next'));
    await this.entrance.requireBrowser(request);
    this.handOver.takeBack(reply);
    return redirect(reply, next);
  }
}
