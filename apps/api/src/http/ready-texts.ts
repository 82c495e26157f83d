import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { isKnown, type Standing } from './conditional.js';

/** An answer as text, and the moment of the record that it tells of. */
export interface ReadyText extends Standing {
  readonly sequence: number;
  /** Last event that there was when it was made: a later one may change it. Without one it is true for good. */
  readonly trueAt: number | undefined;
  readonly type: string;
  readonly body: Buffer;
  /** Pattern of the address, as the router has it. */
  readonly route?: string | undefined;
}

/** What of a request tells whether a text answers it. */
type RequestHead = Pick<FastifyRequest, 'method' | 'url' | 'headers'>;

export interface ReadyTextsOptions {
  /** The last sequence that the views tell, now. */
  readonly head: () => number;
  /** The day in UTC, `YYYY-MM-DD`: what is overdue depends on it. */
  readonly today: () => string;
  /** All bodies together. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 32 * 1024 * 1024;
/** What an entry takes beside its body, about: many small answers are not for nothing. */
const ENTRY_BYTES = 500;

const WHOLE_NUMBER = /^(0|[1-9]\d{0,14})$/;

/**
 * Answers of reads, ready to be sent to whoever asks for the same address again. An answer that a later event may change
 * is one only while the views stand where they stood when it was made; that is looked at with every request, so nobody has
 * to remember to drop it. The least recently asked go first.
 *
 * The hook runs after those that were added before it: what refuses a request stands in front.
 */
export class ReadyTexts {
  private readonly texts = new Map<string, ReadyText>();
  private readonly head: () => number;
  private readonly today: () => string;
  private day = '';
  private readonly maxBytes: number;
  private held = 0;

  constructor({ head, today, maxBytes = MAX_BYTES }: ReadyTextsOptions) {
    this.head = head;
    this.today = today;
    this.maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.held;
  }

  /** For Fastify's `onRequest`. */
  readonly hook = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    const text = this.find(request);
    if (!text) return done();
    if (isKnown(request, reply, text)) void reply.send();
    else void reply.header('Content-Type', text.type).send(text.body);
  };

  /** Keeps what a request was answered with, if another one may be answered with it. */
  keep(request: FastifyRequest, made: ReadyText): void {
    const text = { ...made, route: request.routeOptions.url };
    this.turnThePage();
    if (!isForEverybody(request) || !this.isTrue(text)) return;
    this.drop(request.url);
    const size = sizeOf(request.url, text);
    // One large answer is no reason to drop many.
    if (size > this.maxBytes / 8) return;
    this.texts.set(request.url, text);
    this.held += size;
    for (const oldest of this.texts.keys()) {
      if (this.held <= this.maxBytes) break;
      this.drop(oldest);
    }
  }

  /** The text that answers a request, if there is one that is true now. */
  find(request: RequestHead): ReadyText | undefined {
    if (!isForEverybody(request)) return undefined;
    this.turnThePage();
    const { url } = request;
    const text = this.texts.get(url);
    if (!text || !this.isTrue(text) || !this.isNewEnough(request)) return undefined;
    this.texts.delete(url);
    this.texts.set(url, text);
    return text;
  }

  private isTrue({ trueAt }: ReadyText): boolean {
    return trueAt === undefined || trueAt === this.head();
  }

  /** A Min-Sequence that has to be waited for, or is none, is for the controller to answer. */
  private isNewEnough({ headers }: RequestHead): boolean {
    const least = headers['min-sequence'];
    if (least === undefined) return true;
    return typeof least === 'string' && WHOLE_NUMBER.test(least) && Number(least) <= this.head();
  }

  /** What was true of yesterday may be late today. */
  private turnThePage(): void {
    const today = this.today();
    if (today === this.day) return;
    this.day = today;
    this.texts.clear();
    this.held = 0;
  }

  private drop(url: string): void {
    const text = this.texts.get(url);
    if (!text) return;
    this.texts.delete(url);
    this.held -= sizeOf(url, text);
  }
}

/** Whoever says who they are may be shown more than others, or less: such an answer is neither kept nor taken from here. */
function isForEverybody({ method, headers }: RequestHead): boolean {
  const saysWho = headers.authorization ?? headers.cookie ?? headers['actor'] ?? headers['actor-role'];
  return method === 'GET' && saysWho === undefined;
}

const sizeOf = (url: string, { body }: ReadyText) => ENTRY_BYTES + url.length + body.length;
