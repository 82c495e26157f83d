import { v5 as uuidv5 } from 'uuid';
import { commandOf, type FieldsOf, type Given, type Recorded, type RecordedCommand, RequestReport } from '#commands';
import { type CycleId, Refusal, type RefusalCode } from '#reporting';
import type { JobProgress } from '../queue/job-queue.js';
import type { Outbox } from '../mail/outbox.js';
import { factsOfLetters, letterTo, type LetterToAll, REQUEST } from './request-letter.js';

/** One request to each of a list. */
export interface RequestsOrder extends CycleId {
  /** Which order it is: given again, it asks nobody twice. */
  readonly id: string;
  /** What is recorded of each. */
  readonly request: Omit<FieldsOf<RequestReport>, 'series' | 'year' | 'organization'>;
  readonly title: string;
  readonly addressees: readonly { readonly organization: string; readonly name: string }[];
  /** None where the letters leave by another way. */
  readonly letters: readonly LetterToAll[];
  readonly given: Omit<Given, 'commandId' | 'ifRevision'>;
}

/** What became of one of them. */
export interface RequestOutcome {
  readonly organization: string;
  readonly outcome: 'asked' | 'refused';
  /** Why it was refused. */
  readonly code?: RefusalCode;
}

export interface RequestsSent {
  readonly outcomes: readonly RequestOutcome[];
  /** Of the last request. */
  readonly position?: string;
}

export interface RequestSendingOptions {
  readonly bus: { execute<Result>(command: RecordedCommand): Promise<Result> };
  readonly outbox: Outbox;
  /** What links begin with, without a slash at its end. */
  readonly publicUrl: string;
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
}

/** Namespace of the ids of the commands below. Never to be changed: an order that is given again would be refused. */
const REQUEST_COMMANDS = '7c1d5a3e-52b0-4f0b-9a63-0d7f2b8e4c19';

/** A letter that has found no address by then is not sent any more. */
const LETTER_KEEPS_MS = 30 * 86_400_000;

/** The id of the command by which an order asks one organization. */
export const requestCommandId = (order: string, organization: string) =>
  uuidv5(`${order}/${organization}`, REQUEST_COMMANDS);

/** Asks one organization after the other: what one of them is refused for stops no other. */
export class RequestSending {
  constructor(private readonly options: RequestSendingOptions) {}

  /** Run again after whatever went wrong, it records and sends only what is not there yet. */
  async send(
    order: RequestsOrder,
    { signal, progress }: { signal?: AbortSignal; progress?: (done: JobProgress) => Promise<void> } = {},
  ): Promise<RequestsSent> {
    const outcomes: RequestOutcome[] = [];
    let position: string | undefined;
    for (const { organization, name } of order.addressees) {
      signal?.throwIfAborted();
      try {
        ({ position } = await this.ask(order, organization));
        await this.write(order, organization, name);
        outcomes.push({ organization, outcome: 'asked' });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        outcomes.push({ organization, outcome: 'refused', code: error.code });
      }
      await progress?.({ done: outcomes.length, of: order.addressees.length, what: 'requests' });
    }
    return { outcomes, ...(position !== undefined && { position }) };
  }

  /** The letters as one of the addressees gets them. */
  letters(
    { series, year, request, title, letters }: Pick<RequestsOrder, 'series' | 'year' | 'request' | 'title' | 'letters'>,
    name: string,
    organization: string,
  ): readonly LetterToAll[] {
    const link = `${this.options.publicUrl}/organizations/${encodeURIComponent(organization)}`;
    const { deadline } = request;
    const round = title || `${series}/${year}`;
    return letters.map((letter) =>
      letterTo(letter, { organization: name, round, link, ...(deadline && { deadline }) }),
    );
  }

  private ask({ id, series, year, request, given }: RequestsOrder, organization: string): Promise<Recorded> {
    const fields = { series, year, organization, ...request };
    const command = commandOf(RequestReport, fields, { ...given, commandId: requestCommandId(id, organization) });
    return this.options.bus.execute<Recorded>(command);
  }

  private async write(order: RequestsOrder, organization: string, name: string): Promise<void> {
    if (!order.letters.length) return;
    const { now = Date.now } = this.options;
    await this.options.outbox.prepare({
      // An organization is asked once in a round.
      key: ['request', order.series, order.year, organization].join('/'),
      to: { organization, role: 'focal-point' },
      template: REQUEST,
      facts: factsOfLetters(this.letters(order, name, organization)),
      until: new Date(now() + LETTER_KEEPS_MS),
    });
  }
}
