import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  flowCookieWith,
  flowCookieWithout,
  flowIn,
  type FlowPurpose,
  Identity,
  IdentityRefusal,
  type OidcSignIn,
  secretIn,
} from '#identity';
import { HttpProblem } from '../http/http-problem.js';
import { Entrance } from './entrance.js';

/** Where the way to the provider begins, for a browser. */
export const OIDC_BEGIN = '/sign-in/oidc';
/** Where it comes back to: registered with the provider, and never to be changed. */
export const OIDC_CALLBACK = `${OIDC_BEGIN}/callback`;

/** The way to the provider and back, as far as it is cookies and addresses. */
@Injectable()
export class OidcDoor {
  private readonly logger = new Logger('Oidc');

  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
  ) {}

  /** `oidc-not-offered` where there is no provider. */
  get oidc(): OidcSignIn {
    const { oidc } = this.identity;
    if (!oidc) throw new HttpProblem('oidc-not-offered');
    return oidc;
  }

  /** The address of the provider that the browser is to go to, which has been given what it comes back with. */
  async begin(request: FastifyRequest, reply: FastifyReply, purpose: FlowPurpose): Promise<string> {
    const { address, flow } = await this.oidc.begin(purpose, this.entrance.callerOf(request));
    reply.header('Set-Cookie', flowCookieWith(flow)).header('Cache-Control', 'no-store');
    return address;
  }

  async finish(request: FastifyRequest, reply: FastifyReply) {
    const { headers, url } = request;
    const at = url.indexOf('?');
    const query = at < 0 ? '' : url.slice(at);
    const coming = { query, flow: flowIn(headers.cookie), session: secretIn(headers.cookie) };
    const came = await this.oidc.finish(coming, this.entrance.callerOf(request)).catch((error: unknown) => {
      this.note(error, request.id);
      throw error;
    });
    reply.header('Set-Cookie', flowCookieWithout()).header('Cache-Control', 'no-store');
    return came;
  }

  /** What no visitor can mend, and whoever looks after the installation or the provider has to know. */
  private note(error: unknown, correlationId: string): void {
    if (error instanceof IdentityRefusal && error.code === 'oidc-answer-invalid')
      this.logger.warn(
        `${this.oidc.name} answered what is not good: ${String(error.facts['reason'])} [${correlationId}]`,
      );
  }
}
