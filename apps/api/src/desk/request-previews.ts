import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { canonical } from '#commands';
import { Contacts, ContactsFault, emptyPlaces, type LetterToAll, type RequestsOrder, usualLetter } from '#jobs';
import { Refusal, refuseDisorder, refuseFuture } from '#reporting';
import { type LeftOut, type RequestsInBulk, WouldBeRequested } from '#views';
import { found } from '../answers.js';
import { Questions } from '../gate/questions.js';
import { type Fault, HttpProblem } from '../http/http-problem.js';
import type { AddresseesFields, RequestsFields } from './requests-fields.js';

/** What an order says before anybody has given it. */
type Written = Omit<RequestsOrder, 'id' | 'given'>;

export interface Preview {
  readonly written: Written;
  readonly leftOut: readonly LeftOut[];
  /** Of what would be recorded and written, and of whom: two previews of one digest are the same. */
  readonly digest: string;
}

/** What is different now from what was previewed. */
export interface Difference {
  readonly added: readonly string[];
  readonly gone: readonly { readonly organization: string; readonly reason: string }[];
  /** What would be recorded or written of each is not the same: the round has another due date, perhaps. */
  readonly request: boolean;
}

/** `no-address`: the contacts name nobody, so that the letter would wait there. */
export type Reachability = 'to-be-mailed' | 'no-address' | 'contacts-unreadable' | 'not-mailed';

/** Requests to many, looked at before they are sent. */
@Injectable()
export class RequestPreviews {
  constructor(
    private readonly questions: Questions,
    private readonly contacts: Contacts,
  ) {}

  /** Refuses what the rules would refuse for every one of them. */
  async of(request: FastifyRequest, fields: RequestsFields, asOf?: number): Promise<Preview> {
    const { series, year, on } = fields;
    const asked = new WouldBeRequested({ series, year }, addresseesOf(fields.to), on, asOf);
    const bulk = found(await this.questions.ask(request, asked), 'cycle-unknown', { series, year });
    const { cycle, reached, leftOut, today } = bulk;
    if (cycle.phase === 'closed') throw new Refusal('cycle-closed', { series, year });
    const recorded = requestIn(fields, cycle);
    // A past moment only tells whom it would have reached: its day is that of the last event before it.
    if (asOf === undefined) refuseFuture(on, today);
    refuseDisorder(on, recorded.deadline);
    const letters = lettersIn(fields, recorded.deadline !== undefined);
    const written = { series, year, request: recorded, title: cycle.title, addressees: reached, letters };
    return { written, leftOut, digest: digestOf(written) };
  }

  /** Addresses stand outside the record, so a preview's digest does not depend on them. */
  async reachabilityOf(organization: string, { letters }: Written): Promise<Reachability> {
    if (!letters.length) return 'not-mailed';
    try {
      return (await this.contacts.addressesOf(organization)).length ? 'to-be-mailed' : 'no-address';
    } catch (error) {
      if (error instanceof ContactsFault) return 'contacts-unreadable';
      throw error;
    }
  }
}

/** `own`: those that this very order has asked already. */
export function differenceBetween(before: Preview, now: Preview, own: ReadonlySet<string>): Difference | undefined {
  const had = new Set(before.written.addressees.map(({ organization }) => organization));
  const has = new Set(now.written.addressees.map(({ organization }) => organization));
  const reasons = new Map(now.leftOut.map(({ organization, reason }) => [organization, reason]));
  const added = [...has].filter((organization) => !had.has(organization));
  const gone = [...had]
    .filter((organization) => !has.has(organization) && !own.has(organization))
    .map((organization) => ({ organization, reason: reasons.get(organization) ?? 'not-selected' }));
  const request = sayingOf(before.written) !== sayingOf(now.written);
  return added.length || gone.length || request ? { added, gone, request } : undefined;
}

function digestOf(written: Written): string {
  const organizations = written.addressees.map(({ organization }) => organization);
  return hash('sha256', `${sayingOf(written)}\n${canonical(organizations)}`, 'base64url');
}

const sayingOf = ({ series, year, request, letters }: Written) => canonical([series, year, request, letters]);

function addresseesOf({ organizations, relevance, kind, group }: AddresseesFields) {
  const isListed = organizations !== undefined;
  const isFiltered = relevance !== undefined;
  if (isListed === isFiltered || (isListed && (kind !== undefined || group !== undefined))) {
    throw invalid({
      field: 'to',
      message: 'must name organizations, or say relevance: "relevant", which kind and group may narrow down',
    });
  }
  return {
    ...(organizations && { organizations }),
    ...(kind !== undefined && { kind }),
    ...(group !== undefined && { group }),
  };
}

/** What is recorded of each of them. */
function requestIn(fields: RequestsFields, cycle: RequestsInBulk['cycle']): Written['request'] {
  const { on, form = cycle.form, note, confidence, sources } = fields;
  const deadline = fields.deadline ?? cycle.dueOn;
  const requester = fields.requester ?? cycle.requester;
  if (requester === undefined)
    throw invalid({ field: 'requester', message: 'must say who asks: the round does not tell' });
  return {
    requester,
    on,
    ...(deadline && { deadline }),
    form,
    ...(note !== undefined && { note }),
    confidence,
    sources,
  };
}

function lettersIn({ letters, wording }: RequestsFields, hasDeadline: boolean): readonly LetterToAll[] {
  if (letters === 'none') return [];
  const written = wording ?? [usualLetter(hasDeadline)];
  const faults = written.flatMap((letter, n) =>
    emptyPlaces(letter, hasDeadline).map((name) => ({
      field: `wording[${n}]`,
      message:
        name === 'deadline'
          ? 'names {deadline}, and there is none: give one, or leave it out'
          : `names {${name}}: only {organization}, {round}, {deadline} and {link} are filled in`,
    })),
  );
  if (faults.length) throw invalid(...faults);
  return written;
}

const invalid = (...errors: Fault[]) => new HttpProblem('command-invalid', { errors });
