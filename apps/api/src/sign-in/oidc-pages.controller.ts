import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FlowPurpose } from '#identity';
import { ways } from '../../../web/src/index.js';
import { Gated } from '../gate/gated.js';
import { HttpProblem } from '../http/http-problem.js';
import { HOME_AFTER, localPath } from '../people-pages/local-path.js';
import { Onward } from '../people-pages/onward.js';
import { redirect } from '../people-pages/own-page.js';
import { OwnPageErrors } from '../people-pages/own-page-errors.js';
import { Entrance } from './entrance.js';
import { OIDC_BEGIN, OIDC_CALLBACK, OidcDoor } from './oidc-door.js';

type Asked = Readonly<Record<string, unknown>>;

const LONGEST_SECRET = 200;

/** The way to the provider and back of a browser, without a script. */
@Controller()
@Gated('OwnDoor')
@ApiExcludeController()
@UseFilters(OwnPageErrors)
export class OidcPagesController {
  constructor(
    private readonly door: OidcDoor,
    private readonly entrance: Entrance,
    private readonly onward: Onward,
  ) {}

  @Get(OIDC_BEGIN)
  async begin(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Query() asked: Asked) {
    return redirect(reply, await this.door.begin(request, reply, await this.purposeOf(request, asked)));
  }

  @Get(OIDC_CALLBACK)
  async finish(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const came = await this.door.finish(request, reply);
    if (came.kind === 'linked') return redirect(reply, `${ways.ACCOUNT}?done=linked`);
    const { begun, next = HOME_AFTER } = came;
    if (begun.next !== 'enrol') return this.onward.from(reply, begun, next);
    // No key is made on the way: led here by another site, the browser would not show it.
    this.entrance.give(reply, begun.secret);
    return redirect(reply, ways.thenTo(ways.SECOND_FACTOR, next));
  }

  private async purposeOf(request: FastifyRequest, asked: Asked): Promise<FlowPurpose> {
    const { invitation } = asked;
    const site = request.headers['sec-fetch-site'];
    if (typeof invitation === 'string') {
      // A link of somebody else, with an invitation of their own, would have whoever follows it join as them.
      if (site !== undefined && site !== 'same-origin') throw new HttpProblem('cross-site-request');
      return { kind: 'join', invitation: invitation.slice(0, LONGEST_SECRET) };
    }
    if (asked['for'] !== 'link') return { kind: 'sign-in', next: localPath(asked['next']) };
    // A page of another site, which has signed this browser in at the provider as somebody else, could link that one.
    if (site !== 'same-origin') throw new HttpProblem('cross-site-request');
    const { person } = await this.entrance.requireBrowser(request, { stepUp: true });
    return { kind: 'link', person };
  }
}
