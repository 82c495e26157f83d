import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setImmediate as others } from 'node:timers/promises';
import type { Recorded } from '#commands';
import { Refusal, type RefusalCode } from '#reporting';
import { Views, ViewsBehind } from '#views';
import type { Asked } from './http/asked.js';
import { etagOfRevision, isKnown, minSequenceOf } from './http/conditional.js';
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
  /** Last event that there was when it was asked about. */
  readonly head: number;
  /** It was named by its sequence: what is yet to be recorded cannot belong to it. */
  readonly isSettled?: boolean;
}

interface JsonAnswer {
  readonly moment: Moment;
  /** What it tells of a moment that is settled is never told otherwise. */
  readonly isTrueForGood: boolean;
  readonly etag: string;
  readonly text: string;
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
    if (!asked.asOf) return { sequence: head, head };
    const asOf = 'sequence' in asked.asOf ? asked.asOf.sequence : this.views.sequenceAt(asked.asOf.recordedAt);
    if (asOf > head) throw new HttpProblem('sequence-not-reached', { facts: { asked: asOf, sequence: head } });
    return { asOf, sequence: asOf, head, isSettled: 'sequence' in asked.asOf };
  }

  /** What to send of an answer, which is kept for others as long as it is true; nothing where the client has it already. */
  json(request: FastifyRequest, reply: FastifyReply, answer: JsonAnswer): Buffer | undefined {
    const { moment, isTrueForGood, etag, text } = answer;
    const { sequence, head, isSettled = false } = moment;
    const body = Buffer.from(text);
    // Views of an older edition, or that have stopped, are not what the next request is to see.
    if (!this.views.trouble) {
      const trueAt = isTrueForGood && isSettled ? undefined : head;
      this.ready.keep(request, { etag, sequence, trueAt, type: JSON_TYPE, body });
    }
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
