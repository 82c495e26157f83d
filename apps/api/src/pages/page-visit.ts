import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { Query } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type OrganizationDocument, Views } from '#views';
import type { Names, Page, ShownMoment } from '../../../web/src/index.js';
import { Answers, type Moment } from '../answers.js';
import { Questions } from '../gate/questions.js';
import type { AsOf } from '../http/paging.js';
import { asOfIn, givenIn } from './page-asked.js';
import { sendPage } from './send-page.js';

/** A look at a page: what its address asks for, the moment that it shows, and how it is shown. */
export class PageVisit {
  constructor(
    readonly request: FastifyRequest,
    readonly moment: Moment,
    private readonly reply: FastifyReply,
    private readonly views: Views,
    private readonly questions: Questions,
  ) {}

  /** The sequence that is asked about; absent for the present. */
  get asOf(): number | undefined {
    return this.moment.asOf;
  }

  get shown(): ShownMoment {
    const { sequence, asOf } = this.moment;
    const recordedAt = this.views.mark(sequence)?.recordedAt;
    return { sequence, isPast: asOf !== undefined, ...(recordedAt && { recordedAt }) };
  }

  /** What the address gives for these parameters. */
  given<Name extends string>(...names: readonly Name[]): Readonly<Partial<Record<Name, string>>> {
    return givenIn(this.request, names);
  }

  ask<Answer>(question: Query<Answer>): Promise<Answer> {
    return this.questions.ask(this.request, question);
  }

  organization(id: string): OrganizationDocument | undefined {
    const found = this.views.document('organizations', id, this.asOf);
    return found && (JSON.parse(found.body) as OrganizationDocument);
  }

  /** Of those that are on record. */
  names(ids: readonly (string | undefined)[]): Names {
    const named = new Set(ids.filter((id) => id !== undefined));
    return new Map(
      [...named].flatMap((id) => {
        const known = this.organization(id);
        if (!known) return [];
        const { name, acronym } = known;
        return [[id, { name, ...(acronym !== undefined && { acronym }) }] as const];
      }),
    );
  }

  /** What to send; nothing where the client has it already. `sequence`: where it shows a later event than `shown` says. */
  show(page: Page, { status = 200, sequence = this.moment.sequence } = {}): Promise<Buffer | undefined> {
    return sendPage(this.request, this.reply.code(status), page, sequence);
  }
}

interface Coming {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly asOf: AsOf | undefined;
}

const Comes = createParamDecorator((when: 'now' | undefined, context: ExecutionContext): Coming => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  return { request, reply: http.getResponse(), asOf: when === 'now' ? undefined : asOfIn(request) };
});

@Injectable()
export class PageVisitPipe implements PipeTransform<Coming, Promise<PageVisit>> {
  constructor(
    private readonly answers: Answers,
    private readonly views: Views,
    private readonly questions: Questions,
  ) {}

  async transform({ request, reply, asOf }: Coming): Promise<PageVisit> {
    const moment = await this.answers.moment(request, asOf ? { asOf } : {});
    return new PageVisit(request, moment, reply, this.views, this.questions);
  }
}

/** The visit that a request is, at the moment that its address names. */
export const Visit = () => Comes(PageVisitPipe);

/** The visit that a request is, of a page about the present only. */
export const VisitNow = () => Comes('now', PageVisitPipe);
