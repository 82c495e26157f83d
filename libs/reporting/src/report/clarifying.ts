import type { Audience } from '../assessment/assessment.js';
import type { Circumstances } from '../decider.js';
import { factsOf, refuse, refuseIf } from '../decider.js';
import type { Edtf } from '../edtf.js';
import type { DocumentRef } from '../evidence.js';
import type { Impartial } from './impartial.js';
import { requireImpartial } from './impartial.js';
import type { Submission } from './submitting.js';

/** Who may read a message of a thread: reviewers and the secretariat; the organization as well; everybody. */
export type Visibility = 'internal' | 'organization' | 'public';
/** Each is read by those before it, too. */
export const VISIBILITIES: readonly Visibility[] = ['internal', 'organization', 'public'];
/** As whom somebody has to read in order to be shown a message, or a thread. */
export const AUDIENCE_OF_MESSAGE: Readonly<Record<Visibility, Audience>> = {
  internal: 'reviewers',
  organization: 'organization',
  public: 'public',
};

/** How a thread ended: with an answer; because the question was taken back; or without either. */
export type ThreadOutcome = 'answered' | 'withdrawn' | 'left-open';
export const THREAD_OUTCOMES: readonly ThreadOutcome[] = ['answered', 'withdrawn', 'left-open'];

export type ClarifyingEvent =
  | {
      type: 'ClarificationRequested';
      data: {
        clarification: string;
        section: string;
        /** The latest version when it was asked. Not said in shape 1. */
        version?: number;
        question: string;
        /** Sections that the organization is asked to open again. Whether it does is its own to say. */
        reopen?: readonly string[];
        dueOn?: Edtf;
        visibility: Visibility;
        /** Who asked. Not said in shape 1. */
        by?: string;
      };
    }
  | {
      type: 'ClarificationAnswered';
      data: {
        clarification: string;
        text: string;
        documents?: readonly DocumentRef[];
        /** Not said in shape 1: it was that of the thread. */
        visibility?: Visibility;
      };
    }
  | {
      type: 'ClarificationFollowedUp';
      data: { clarification: string; text: string; documents?: readonly DocumentRef[]; visibility: Visibility };
    }
  | { type: 'ClarificationDueDateMoved'; data: { clarification: string; from?: Edtf; to: Edtf; reason: string } }
  | { type: 'ClarificationWidened'; data: { clarification: string; from: Visibility; to: Visibility; reason: string } }
  | { type: 'ClarificationClosed'; data: { clarification: string; outcome: ThreadOutcome; note?: string } }
  | { type: 'ClarificationReopened'; data: { clarification: string; reason: string } };

/** A question about one section, with all that is said about it, over the versions that follow. */
export interface Thread {
  /** Nothing in it is wider. */
  readonly visibility: Visibility;
  /** `open`: an answer is waited for. */
  readonly state: 'open' | 'answered' | 'closed';
  readonly asker?: string;
  readonly dueOn?: Edtf;
  /** Whether anything came back, whatever was asked after it. */
  readonly hasAnswer: boolean;
}

export interface Clarified extends Submission {
  readonly clarifications: Readonly<Record<string, Thread>>;
}

const CLARIFYING: Readonly<Record<ClarifyingEvent['type'], true>> = {
  ClarificationRequested: true,
  ClarificationAnswered: true,
  ClarificationFollowedUp: true,
  ClarificationDueDateMoved: true,
  ClarificationWidened: true,
  ClarificationClosed: true,
  ClarificationReopened: true,
};

/** Whether it says something of a thread. */
export function isClarifying<Event extends { readonly type: string }>(
  event: Event,
): event is Extract<Event, { readonly type: ClarifyingEvent['type'] }> {
  return Object.hasOwn(CLARIFYING, event.type);
}

type DataOf<T extends ClarifyingEvent['type']> = Extract<ClarifyingEvent, { type: T }>['data'];

/** Who asks back: the secretariat, or who reviews the report. */
interface Asking extends Impartial {
  /** The secretariat also goes on with the thread of somebody who is no longer there. */
  readonly asSecretariat?: boolean;
  /** Whether they are assigned to this report, and have declared that there is no conflict. */
  readonly reviews?: boolean;
}

export type ClarifyingCommand =
  | ({ type: 'RequestClarification' } & Asking & Omit<DataOf<'ClarificationRequested'>, 'version' | 'by'>)
  | ({ type: 'AnswerClarification'; visibility: Exclude<Visibility, 'internal'> } & Omit<
      DataOf<'ClarificationAnswered'>,
      'visibility'
    >)
  | ({ type: 'FollowUpClarification' } & Asking & DataOf<'ClarificationFollowedUp'>)
  | ({ type: 'MoveClarificationDueDate' } & Asking & Omit<DataOf<'ClarificationDueDateMoved'>, 'from'>)
  | ({ type: 'WidenClarification' } & Asking & Omit<DataOf<'ClarificationWidened'>, 'from'>)
  | ({ type: 'CloseClarification' } & Asking & DataOf<'ClarificationClosed'>)
  | ({ type: 'ReopenClarification' } & Asking & DataOf<'ClarificationReopened'>);

export function decideClarifying(command: ClarifyingCommand, state: Clarified, at: Circumstances): ClarifyingEvent[] {
  refuseIf(state.version === 0, 'report-not-submitted', { phase: state.phase });
  const { clarification } = command;

  // Before anything that depends on a thread: whoever may not read it is not told by a refusal that it is there.
  if (command.type !== 'AnswerClarification') requireAsking(command, at);

  if (command.type === 'RequestClarification') {
    refuseIf(state.phase === 'withdrawn', 'report-withdrawn');
    const asked = saidIn(command);
    refuseIf(threadOf(state, clarification), 'nothing-changed', { clarification });
    for (const section of [asked.section, ...(asked.reopen ?? [])]) {
      refuseIf(at.vocabulary.has('reportSections', section) === 'unknown', 'section-unknown', { section });
    }
    return [{ type: 'ClarificationRequested', data: { ...asked, version: state.version, by: at.actor } }];
  }
  const thread = threadOf(state, clarification) ?? refuse('clarification-unknown', { clarification });

  if (command.type === 'AnswerClarification') {
    // The organization does not know of it, and is not told by a refusal of another kind.
    refuseIf(thread.visibility === 'internal', 'clarification-unknown', { clarification });
    requireOpen(thread, clarification);
    requireWithin(thread, command.visibility);
    return [{ type: 'ClarificationAnswered', data: factsOf(command) }];
  }

  switch (command.type) {
    case 'FollowUpClarification': {
      const said = saidIn(command);
      requireOpen(thread, clarification);
      requireWithin(thread, said.visibility);
      // A note among reviewers is any reviewer's; what the organization reads comes from the one who asked.
      if (said.visibility !== 'internal') requireAsker(command, thread, at);
      return [{ type: 'ClarificationFollowedUp', data: said }];
    }
    case 'MoveClarificationDueDate': {
      const moved = saidIn(command);
      requireAsker(command, thread, at);
      requireOpen(thread, clarification);
      const { dueOn: from } = thread;
      refuseIf(from === moved.to, 'nothing-changed', { clarification, dueOn: from });
      return [{ type: 'ClarificationDueDateMoved', data: { ...moved, ...(from && { from }) } }];
    }
    case 'WidenClarification': {
      const widened = saidIn(command);
      requireAsker(command, thread, at);
      const { visibility: from } = thread;
      // What was told once cannot be taken back by telling it to fewer.
      refuseIf(!isWider(widened.to, from), 'visibility-not-wider', { from, to: widened.to });
      return [{ type: 'ClarificationWidened', data: { ...widened, from } }];
    }
    case 'CloseClarification': {
      const closed = saidIn(command);
      requireAsker(command, thread, at);
      requireOpen(thread, clarification);
      refuseIf(closed.outcome === 'answered' && !thread.hasAnswer, 'clarification-unanswered', { clarification });
      return [{ type: 'ClarificationClosed', data: closed }];
    }
    case 'ReopenClarification': {
      const reopened = saidIn(command);
      requireAsker(command, thread, at);
      refuseIf(thread.state !== 'closed', 'nothing-changed', { clarification, state: thread.state });
      return [{ type: 'ClarificationReopened', data: reopened }];
    }
  }
}

export function evolveClarifying<S extends Clarified>(state: S, event: ClarifyingEvent): S {
  const { clarification } = event.data;
  const after = threadAfter(threadOf(state, clarification), event);
  return after ? { ...state, clarifications: { ...state.clarifications, [clarification]: after } } : state;
}

/** A thread after an event of its own; nothing where it was never begun. */
export function threadAfter(thread: Thread | undefined, event: ClarifyingEvent): Thread | undefined {
  if (event.type === 'ClarificationRequested') {
    const { visibility, by, dueOn } = event.data;
    return { visibility, state: 'open', hasAnswer: false, ...(by && { asker: by }), ...(dueOn && { dueOn }) };
  }
  if (!thread) return undefined;
  switch (event.type) {
    case 'ClarificationAnswered':
      return { ...thread, state: 'answered', hasAnswer: true };
    case 'ClarificationFollowedUp':
      // Among reviewers one message answers the other; elsewhere a note of theirs is no question to anybody.
      if (thread.visibility === 'internal') return { ...thread, hasAnswer: true };
      return event.data.visibility === 'internal' ? thread : { ...thread, state: 'open' };
    case 'ClarificationDueDateMoved':
      return { ...thread, dueOn: event.data.to };
    case 'ClarificationWidened':
      return { ...thread, visibility: event.data.to };
    case 'ClarificationClosed':
      return { ...thread, state: 'closed' };
    case 'ClarificationReopened':
      return { ...thread, state: 'open' };
  }
}

/** What is recorded of a command: not what was looked up in order to decide on it. */
function saidIn<C extends { type: string } & Asking>(command: C): Omit<C, 'type' | keyof Asking> {
  const { type: _, actedFor: __, asSecretariat: ___, reviews: ____, ...said } = command;
  return said;
}

const isWider = (one: Visibility, other: Visibility) => VISIBILITIES.indexOf(one) > VISIBILITIES.indexOf(other);

/** The names of threads come from people: one may be called `constructor`. */
function threadOf({ clarifications }: Clarified, clarification: string): Thread | undefined {
  return Object.hasOwn(clarifications, clarification) ? clarifications[clarification] : undefined;
}

function requireOpen({ state }: Thread, clarification: string): void {
  refuseIf(state === 'closed', 'clarification-closed', { clarification });
}

function requireWithin({ visibility }: Thread, said: Visibility): void {
  refuseIf(isWider(said, visibility), 'visibility-too-wide', { thread: visibility, message: said });
}

function requireAsking({ actedFor, asSecretariat, reviews }: Asking, at: Circumstances): void {
  requireImpartial(actedFor, at);
  refuseIf(!asSecretariat && !reviews, 'not-reviewing', { actor: at.actor });
}

function requireAsker({ asSecretariat }: Asking, { asker }: Thread, { actor }: Circumstances): void {
  refuseIf(asker !== undefined && asker !== actor && !asSecretariat, 'not-the-asker', { asker });
}
