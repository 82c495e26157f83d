import { expect } from '@jest/globals';
import type { Circumstances, Decider, DomainEvent, RefusalCode, Vocabulary } from '#reporting';
import { Refusal } from '#reporting';
import type { Plain } from './builders/wording.js';
import { deepFrozen } from './deep-frozen.js';
import { sampleVocabulary } from './sample-vocabulary.js';

export interface Surroundings {
  /** `YYYY-MM-DD`, UTC. Later than everything that the builders tell of, unless a spec is about the future. */
  readonly today?: string;
  readonly vocabulary?: Vocabulary;
  /** Who gives the commands. */
  readonly actor?: string;
}

/** Some fields of a state, dates as plain text. One that is named as `undefined` must be absent. */
export type PartOf<State> = { readonly [Field in keyof State]?: Plain<State[Field]> | undefined };

/** What came of the command. Not called `then`: an object with a `then` is a promise to everyone who awaits it. */
export interface Outcome<State, Event> {
  /** Exactly these events in this order, each of which JSON can hold and the state can take in. */
  records(...events: readonly Event[]): void;
  /** This code and, where they are given, at least these facts. */
  refuses(code: RefusalCode, facts?: Readonly<Record<string, unknown>>): void;
  /** The fields that are named, after the events that the command was answered with. */
  thenState(expected: PartOf<State>): void;
}

export interface Given<State, Command, Event> {
  when(command: Command): Outcome<State, Event>;
  /** The fields that are named, after the events that were given. */
  thenState(expected: PartOf<State>): void;
}

/**
 * Given events, when a command, then events or a refusal: `given(requested()).when(start()).records(started())`.
 * Every state is frozen before the rules see it, so a spec fails where `decide` or `evolve` changes what it was handed.
 */
export function specFor<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  surroundings: Surroundings = {},
): (...history: readonly Event[]) => Given<State, Command, Event> {
  return (...history) => {
    const state = fold(decider, deepFrozen(decider.initial), history);
    return {
      when: (command) => outcomeOf(decider, state, deepFrozen(command), circumstancesOf(surroundings)),
      thenState: (expected) => expectPart(state, expected),
    };
  };
}

export function circumstancesOf({
  today = '2026-01-15',
  vocabulary = sampleVocabulary,
  actor = 'person-1',
}: Surroundings): Circumstances {
  return { today, vocabulary, actor };
}

/** Folds as the recorder does, and freezes what comes out. */
export function fold<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  state: State,
  events: readonly Event[],
): State {
  return events.reduce((before, event) => deepFrozen(decider.evolve(before, deepFrozen(event))), state);
}

type Decision<Event> = { readonly events: readonly Event[] } | { readonly refusal: Refusal };

function outcomeOf<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  state: State,
  command: Command,
  at: Circumstances,
): Outcome<State, Event> {
  const decision = decisionOf(() => decider.decide(command, state, at));
  return {
    records(...expected) {
      const events = eventsOf(decision);
      expect(events).toStrictEqual(expected);
      expect(JSON.parse(JSON.stringify(events))).toStrictEqual(events);
      fold(decider, state, events);
    },
    refuses(code, facts = {}) {
      if ('events' in decision) {
        throw new Error(`Expected the refusal ${code}, but the command was accepted and recorded\n${told(decision)}`);
      }
      const { refusal } = decision;
      expect({ code: refusal.code, facts: refusal.facts }).toMatchObject({ code, facts });
    },
    thenState: (expected) => expectPart(fold(decider, state, eventsOf(decision)), expected),
  };
}

/** Only a `Refusal` is an answer. Anything else that is thrown is a bug, and fails the spec as it is. */
function decisionOf<Event>(decide: () => Event[]): Decision<Event> {
  try {
    return { events: decide() };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}

function eventsOf<Event>(decision: Decision<Event>): readonly Event[] {
  if ('events' in decision) return decision.events;
  throw new Error(`Expected events, but the command was refused with\n${told(decision)}`, { cause: decision.refusal });
}

function told<Event>(decision: Decision<Event>): string {
  const outcome =
    'events' in decision ? decision.events : { code: decision.refusal.code, facts: decision.refusal.facts };
  return JSON.stringify(outcome, null, 2);
}

function expectPart<State>(state: State, expected: PartOf<State>): void {
  const fields = Object.keys(expected) as (keyof State)[];
  expect(Object.fromEntries(fields.map((field) => [field, state[field]]))).toEqual(expected);
}
