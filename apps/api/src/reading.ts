import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { Query } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Audience } from '#reporting';
import type { Found, Page, Where } from '#views';
import { Answers, type Moment } from './answers.js';
import { Questions } from './gate/questions.js';
import { type Asked, askedIn } from './http/asked.js';
import { etagOfRevision, etagOfText, isKnown } from './http/conditional.js';
import { SaidOfHandlers } from './http/said-of-handlers.js';

const trueForGood = new SaidOfHandlers<true>();

/**
 * Says of a read that what it tells of a moment is never told otherwise later. Not so of words of reports, nor of what is
 * derived from them: a part that is withheld tomorrow is withheld from what is said of yesterday, too.
 */
export const TrueForGood = () => trueForGood.is(true);

/** A read as it comes in. */
interface Question {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly asked: Asked;
  readonly isTrueForGood: boolean;
}

/** What an answer says beside its words. */
interface Telling {
  /** Of the stream that all of it is about: If-Match then understands the ETag. */
  readonly revision?: number;
  /** For whom it is; everybody where nothing is said. */
  readonly reader?: Audience;
  /** Last event that it shows, where that is a later one than when it was asked. */
  readonly sequence?: number;
}

/** What to send; nothing where the client has it already. */
type Sent<Body = Buffer> = Body | undefined;

/** A read of the record: what it asks for, about which moment, and how it is answered. */
export class Reading {
  readonly request: FastifyRequest;
  readonly asked: Asked;

  constructor(
    private readonly question: Question,
    readonly moment: Moment,
    private readonly answers: Answers,
    private readonly questions: Questions,
  ) {
    ({ request: this.request, asked: this.asked } = question);
  }

  get filters(): Asked['filters'] {
    return this.asked.filters;
  }

  /** The sequence that is asked about; absent for the present. */
  get asOf(): number | undefined {
    return this.moment.asOf;
  }

  ask<Answer>(question: Query<Answer>): Promise<Answer> {
    return this.questions.ask(this.request, question);
  }

  /** `{ "asOf": …, "reader": …, …fields }` */
  tell(fields: object, telling: Telling = {}): Sent {
    const { reader, sequence = this.moment.sequence } = telling;
    return this.json(JSON.stringify({ asOf: sequence, ...(reader && { reader }), ...fields }), telling);
  }

  /** A document as a view holds it, which names the revision of its stream. */
  document({ body }: Pick<Found, 'body'>): Sent {
    const { revision } = JSON.parse(body) as { readonly revision: number };
    return this.json(body, { revision });
  }

  /** What to ask the views for: one more than the page, to know whether there is another. */
  pageOf(where: Where = {}): Page {
    const { limit, after } = this.asked;
    const { asOf } = this.moment;
    return { ...(asOf !== undefined && { asOf }), ...(after !== undefined && { after }), where, limit: limit + 1 };
  }

  /** A page of documents: `{ "asOf": …, "items": […], "next": "<cursor>" }`. `found` holds one more than the page, if any. */
  page(found: readonly Pick<Found, 'key' | 'body'>[]): Sent {
    const shown = found.slice(0, this.asked.limit);
    const cursor = found.length > shown.length && this.cursorAfter(shown.at(-1)!.key);
    const next = cursor ? `,"next":${JSON.stringify(cursor)}` : '';
    const items = shown.map(({ body }) => body).join(',');
    return this.json(`{"asOf":${this.moment.sequence},"items":[${items}]${next}}`);
  }

  /** For the next page. All pages of a list are of one moment: that of the first one. */
  cursorAfter(key: string): string {
    return this.asked.next({ after: key, asOf: { sequence: this.moment.sequence } });
  }

  /** What is JSON already. */
  json(text: string, { revision, reader = 'public', sequence }: Telling = {}): Sent {
    const { request, reply, isTrueForGood } = this.question;
    const { asOf } = this.moment;
    const etag = revision !== undefined && asOf === undefined ? etagOfRevision(revision, text) : etagOfText(text);
    const moment = sequence === undefined ? this.moment : { sequence, head: sequence };
    const sent = this.answers.json(request, reply, { moment, isTrueForGood, etag, text });
    // Keeps caches from giving to one reader what is for another.
    if (reader !== 'public') reply.header('Cache-Control', 'private, no-cache');
    return sent;
  }

  /** Text that is no JSON, as a file of this name. */
  file(name: string, type: string, text: string): Sent<string> {
    const { request, reply } = this.question;
    if (isKnown(request, reply, { etag: etagOfText(text), sequence: this.moment.sequence })) return undefined;
    reply.type(`${type}; charset=utf-8`).header('Content-Disposition', `inline; filename="${name}"`);
    return text;
  }
}

const Asking = createParamDecorator((_: undefined, context: ExecutionContext): Question => {
  const http = context.switchToHttp();
  const isTrueForGood = trueForGood.of(context) === true;
  return { request: http.getRequest(), reply: http.getResponse(), asked: askedIn(context), isTrueForGood };
});

@Injectable()
export class ReadingPipe implements PipeTransform<Question, Promise<Reading>> {
  constructor(
    private readonly answers: Answers,
    private readonly questions: Questions,
  ) {}

  async transform(question: Question): Promise<Reading> {
    const moment = await this.answers.moment(question.request, question.asked);
    return new Reading(question, moment, this.answers, this.questions);
  }
}

/** The reading that a request asks for, of what its handler says that it knows; waits for `Min-Sequence`. */
export const Read = () => Asking(ReadingPipe);
