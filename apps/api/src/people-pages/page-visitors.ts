import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Identity } from '#identity';
import { FactsUnavailable } from '#jobs';
import { pathOf } from '../http/problem-filter.js';
import { takesHtml } from '../pages/send-page.js';
import { welcome } from '../pages/visitor.js';
import { Entrance } from '../sign-in/entrance.js';
import { HOME_AFTER, localPath } from './local-path.js';

/** Finds out who looks at a page, so that its frame can say it. Lets everybody pass. */
@Injectable()
export class PageVisitors implements CanActivate {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
  ) {}

  canActivate(context: ExecutionContext): true | Promise<true> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!takesHtml(request) || /^\/(api|assets)\//.test(pathOf(request.url))) return true;
    return this.welcome(request);
  }

  private async welcome(request: FastifyRequest): Promise<true> {
    const who = await this.entrance.who(request).catch(nobodyWhileAway);
    const card = who && (await this.identity.directory.cardOf(who.person));
    const here = request.method === 'GET' ? localPath(request.url) : HOME_AFTER;
    welcome(request, { here, ...(card && { name: card.name }) });
    return true;
  }
}

/** Whether somebody may see the page is not for its frame to say. */
function nobodyWhileAway(error: unknown): undefined {
  if (!(error instanceof FactsUnavailable)) throw error;
}
