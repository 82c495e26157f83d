import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setImmediate as others } from 'node:timers/promises';
import type { Recorded } from '#commands';
import { Refusal, type RefusalCode } from '#reporting';
import { type Found, type Page, Views, ViewsBehind, type Where } from '#views';
import type { Asked } from './http/asked.js';
import { etagOfRevision, etagOfText, isKnown, minSequenceOf } from './http/conditional.js';
import { HttpProblem } from './http/http-problem.js';
import { ReadyTexts } from './http/ready-texts.js';

/** How long the answer to a command waits for this node's views. What was recorded stays recorded when it takes longer. */
const SHOWN_WITHIN_MS = 5_000;

/** How long a read waits for the sequence that it is to show at least. */
const READ_WITHIN_MS = 2_000;

const JSON_TYPE = 'application/json; charset=utf-8';

export interface RecordedAnswer {
  readonly stream: string;
  /** Revision of the last event of the command; the ETag, for If-Match. */
  readonly revision: number;
  /** Its place in the public record, for `asOf` and `Min-Sequence`. */
  readonly sequence: number;
}

/** The moment of the record that an answer tells of. */
export interface Moment {
  /** Absent for the present. */
  readonly asOf?: number;
  /** Last event that the answer shows. */
  readonly sequence: number;
  /** It was named by its sequence: what is yet to be recorded cannot belong to it. */
  readonly isSettled?: boolean;
}

/** What all answers have in common: they wait for the views, and say what they show. */
@Injectable()
export class Answers {
  constructor(
    private readonly views: Views,
    private readonly ready: ReadyTexts,
  ) {}

  /** After a command: not before this node's views show what it recorded, so that a person reads what they wrote. */
  async recorded(reply: FastifyReply, location: string, recorded: Recorded): Promise<RecordedAnswer> {
    const { stream, revision, position } = recorded;
    // The views follow in the next turn of the loop. Who asks them only then finds it passed; before, they would look into
    // their file, and that was 5 % of a command.
    await others();
    const sequence = await this.patient(
      () => this.views.passedPosition(position, SHOWN_WITHIN_MS),
      'It is recorded, but this server does not show it yet.',
    );
    reply.header('Location', location).header('ETag', etagOfRevision(revision)).header('Sequence', String(sequence));
    return { stream, revision, sequence };
  }

  /** The moment that a read asks for; waits for `Min-Sequence`. */
  async moment(request: FastifyRequest, asked: Pick<Asked, 'asOf'>): Promise<Moment> {
    const least = minSequenceOf(request);
    if (least !== undefined && least > this.views.head.sequence) {
      await this.patient(() => this.views.passedSequence(least, READ_WITHIN_MS));
    }
    const { sequence: head } = this.views.head;
    if (!asked.asOf) return { sequence: head };
    const asOf = 'sequence' in asked.asOf ? asked.asOf.sequence : this.views.sequenceAt(asked.asOf.recordedAt);
    if (asOf > head) throw new HttpProblem('sequence-not-reached', { facts: { asked: asOf, sequence: head } });
    return { asOf, sequence: asOf, isSettled: 'sequence' in asked.asOf };
  }

  /**
   * The same, for words of reports: a part that is withheld tomorrow is withheld from what is said of yesterday, too. So
   * no answer is ready for good, whatever moment it is about.
   */
  async unsettledMoment(request: FastifyRequest, asked: Pick<Asked, 'asOf'>): Promise<Moment> {
    return { ...(await this.moment(request, asked)), isSettled: false };
  }

  /** A resource with a stream of its own: its ETag begins with the revision, which If-Match understands. */
  resource(
    request: FastifyRequest,
    reply: FastifyReply,
    moment: Moment,
    revision: number,
    json: string,
  ): Buffer | undefined {
    const etag = moment.asOf === undefined ? etagOfRevision(revision, json) : etagOfText(json);
    return this.json(request, reply, moment, etag, json);
  }

  /** An answer that is made of many streams. */
  text(request: FastifyRequest, reply: FastifyReply, moment: Moment, json: string): Buffer | undefined {
    return this.json(request, reply, moment, etagOfText(json), json);
  }

  /** What to ask the views for: one more than the page, to know whether there is another. */
  pageOf({ asOf }: Moment, { limit, after }: Asked, where: Where = {}): Page {
    return { ...(asOf !== undefined && { asOf }), ...(after !== undefined && { after }), where, limit: limit + 1 };
  }

  /** A page of documents: `{ "asOf": …, "items": […], "next": "<cursor>" }`. `found` holds one more than the page, if any. */
  page(
    request: FastifyRequest,
    reply: FastifyReply,
    moment: Moment,
    asked: Asked,
    found: readonly Pick<Found, 'key' | 'body'>[],
  ) {
    const shown = found.slice(0, asked.limit);
    // The pages of a list are of one moment: that of the first one.
    const cursor =
      found.length > shown.length && asked.next({ after: shown.at(-1)!.key, asOf: { sequence: moment.sequence } });
    const next = cursor ? `,"next":${JSON.stringify(cursor)}` : '';
    const items = shown.map(({ body }) => body).join(',');
    return this.text(request, reply, moment, `{"asOf":${moment.sequence},"items":[${items}]${next}}`);
  }

  private json(
    request: FastifyRequest,
    reply: FastifyReply,
    { sequence, isSettled = false }: Moment,
    etag: string,
    json: string,
  ): Buffer | undefined {
    const body = Buffer.from(json);
    // Views of an older edition, or that have stopped, are not what the next request is to see.
    if (!this.views.trouble) this.ready.keep(request, { etag, sequence, isSettled, type: JSON_TYPE, body });
    if (isKnown(request, reply, { etag, sequence })) return undefined;
    reply.type(JSON_TYPE);
    return body;
  }

  private async patient(wait: () => Promise<number>, what?: string): Promise<number> {
    try {
      return await wait();
    } catch (error) {
      if (!(error instanceof ViewsBehind)) throw error;
      throw new HttpProblem('sequence-not-reached', { ...(what && { what }), facts: { sequence: error.at } });
    }
  }
}

/** 404, with the code that says what is not on record. */
export function found<T>(thing: T | undefined, code: RefusalCode, facts: Readonly<Record<string, unknown>>): T {
  if (thing === undefined) throw new Refusal(code, facts);
  return thing;
}
