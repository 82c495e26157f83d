import type { RefusalCode } from './refusal.js';
import { Refusal } from './refusal.js';
import type { Vocabulary } from './vocabulary.js';

/** What has been true since the command was given, told to the rules because they may not look for themselves. */
export interface Circumstances {
  /** Today in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** Who gives the command, as the record names them: some things take two persons. */
  readonly actor: string;
  readonly vocabulary: Vocabulary;
}

/** Command and state in, events out. Pure: an auditor who replays in ten years gets the same answer. */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initial: State;
  decide(command: Command, state: State, at: Circumstances): Event[];
  evolve(state: State, event: Event): State;
}

export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** For the `default` of an exhaustive switch: the compiler proves that nothing arrives here but data from elsewhere. */
export function unknownEvent(event: never): never {
  throw new Error(`The rules do not know the event type ${(event as DomainEvent).type}`);
}

/** A command without its type: what most events record as it was given. */
export function factsOf<C extends { type: string }>(command: C): Omit<C, 'type'> {
  const { type: _, ...facts } = command;
  return facts;
}

export function refuse(code: RefusalCode, facts: Readonly<Record<string, unknown>> = {}): never {
  throw new Refusal(code, facts);
}

export function refuseIf(condition: unknown, code: RefusalCode, facts: Readonly<Record<string, unknown>> = {}): void {
  if (condition) refuse(code, facts);
}
