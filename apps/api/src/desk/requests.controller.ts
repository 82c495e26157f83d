import { Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import { EventStore } from '#event-store';
import {
  orderOfRequests,
  Ordering,
  requestCommandId,
  RequestSending,
  type RequestsOrder,
  resultOfRequests,
} from '#jobs';
import { reportStream } from '#reporting';
import { Views } from '#views';
import { Answers } from '../answers.js';
import { FieldsIn } from '../http/body-operation.js';
import { givenBy } from '../http/given.js';
import { HttpProblem } from '../http/http-problem.js';
import { answerOf } from '../jobs/job-answer.js';
import { leftOutInWords } from './desk-words.js';
import * as example from './desk.examples.js';
import { differenceBetween, type Preview, RequestPreviews } from './request-previews.js';
import { RequestsFields, SendRequestsFields } from './requests-fields.js';
import { RequestsOperation } from './requests-operation.js';

/** So many are asked while the one who sends them waits. */
const AT_ONCE = 25;
/** So many letters are shown in full: the others differ by the name. */
const LETTERS_SHOWN = 100;
const SHOWN_WITHIN_MS = 5_000;

/** Namespace of the ids of orders. Never to be changed: one that is given again would ask anew. */
const ORDERS = '3b6f0f1e-0b0e-4d0c-8f57-6d1d2c9a7e44';

/** Requests to many organizations, seen before they are sent. */
@Controller('api/cycles/:series/:year/requests')
export class RequestsController {
  constructor(
    private readonly previews: RequestPreviews,
    private readonly sending: RequestSending,
    private readonly answers: Answers,
    private readonly views: Views,
    private readonly store: EventStore,
    private readonly ordering: Ordering,
  ) {}

  @Post('preview')
  @RequestsOperation({
    summary: 'Whom requests would reach, whom not and why, and what each would be told',
    description:
      'Records nothing. `to` names organizations by their ids, or says `relevance: "relevant"`, narrowed down by `kind` ' +
      'and `group`. `mail` says whether the letter has somewhere to go. To send it, give the same body and, as ' +
      '`previewed`, the `digest` and the `asOf` of this answer.',
    body: { of: RequestsFields, example: example.requests },
    example: example.preview,
  })
  async preview(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @FieldsIn(RequestsFields) fields: RequestsFields,
  ) {
    const { sequence } = await this.answers.moment(request, {});
    const { written, leftOut, digest } = await this.previews.of(request, fields);
    const reached = await Promise.all(
      written.addressees.map(async ({ organization, name }, n) => ({
        organization,
        name,
        mail: await this.previews.reachabilityOf(organization, written),
        ...(n < LETTERS_SHOWN && { letters: this.sending.letters(written, name, organization) }),
      })),
    );
    reply.header('Cache-Control', 'no-store');
    return {
      asOf: sequence,
      digest,
      title: written.title,
      request: written.request,
      reached,
      leftOut: leftOut.map((each) => ({ ...each, detail: leftOutInWords(each) })),
    };
  }

  @Post()
  @RequestsOperation({
    summary: 'Ask exactly those whom a preview would have reached',
    description:
      'Refused where the list, or what would be recorded of it, is another one by now: `facts` say what has changed. Each ' +
      `is asked by a command of its own; what one is refused for stops no other. More than ${AT_ONCE} are a job (202). ` +
      'It stands on the log before the first is asked: interrupted, it goes on by itself, and sent again it asks nobody ' +
      'twice.',
    body: { of: SendRequestsFields, example: example.sending },
    example: example.sent,
    begun: example.sendingJob,
  })
  async send(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @FieldsIn(SendRequestsFields) { previewed, ...fields }: SendRequestsFields,
  ) {
    const { commandId: _, ifRevision: __, ...given } = givenBy(request);
    const { sequence } = await this.answers.moment(request, { asOf: { sequence: previewed.sequence } });
    const before = await this.previews.of(request, fields, sequence);
    if (before.digest !== previewed.digest) {
      throw new HttpProblem('requests-changed', {
        what: `This is not what was previewed as of ${sequence}.`,
        facts: { digest: before.digest },
      });
    }
    const id = uuidv5(JSON.stringify([given.actor, before.digest, sequence]), ORDERS);
    await this.refuseIfChanged(id, before, await this.previews.of(request, fields));
    const order: RequestsOrder = { ...before.written, id, given };
    reply.header('Cache-Control', 'no-store');
    return order.addressees.length > AT_ONCE ? this.begin(order, reply) : this.sendNow(order, reply);
  }

  private async sendNow(order: RequestsOrder, reply: FastifyReply) {
    const send = () => this.sending.send(order);
    const sent = await this.ordering.doNow(orderOfRequests(order), send, resultOfRequests);
    const { position } = sent;
    const shown = position === undefined ? undefined : await this.views.passedPosition(position, SHOWN_WITHIN_MS);
    if (shown !== undefined) reply.header('Sequence', String(shown));
    return { ...resultOfRequests(sent), ...(shown !== undefined && { sequence: shown }) };
  }

  private async begin(order: RequestsOrder, reply: FastifyReply) {
    const status = await this.ordering.place(orderOfRequests(order));
    reply.code(202).header('Location', `/api/jobs/${status.id}`);
    return answerOf(status);
  }

  private async refuseIfChanged(id: string, before: Preview, now: Preview): Promise<void> {
    const difference = differenceBetween(before, now, await this.askedBy(id, before, now));
    if (difference) throw new HttpProblem('requests-changed', { facts: { ...difference, digest: now.digest } });
  }

  /** Those of the list that an earlier run of the same order has asked. */
  private async askedBy(id: string, { written: { series, year, addressees } }: Preview, now: Preview) {
    const left = new Set(now.leftOut.map(({ organization }) => organization));
    const own = new Set<string>();
    for (const { organization } of addressees) {
      if (!left.has(organization)) continue;
      const command = requestCommandId(id, organization);
      for await (const { metadata } of this.store.readIfAny(reportStream({ series, year, organization }))) {
        if (metadata['commandId'] === command) own.add(organization);
      }
    }
    return own;
  }
}
