import type { Decider, DomainEvent } from '#reporting';
import { Refusal } from '#reporting';
import type { Surroundings } from './decider-spec.js';
import { circumstancesOf, fold } from './decider-spec.js';
import { deepFrozen } from './deep-frozen.js';

/** What one command did: the state it met, and the events that it recorded or the refusal that it got. */
export interface Step<State, Event> {
  readonly before: State;
  readonly after: State;
  readonly events: readonly Event[];
  readonly refusal?: Refusal;
}

/**
 * Gives commands one after another, as people do who cannot see the state. A refusal is an answer like any other;
 * whatever else is thrown is a bug and comes out. For invariants that must hold over any sequence of commands.
 */
export function playThrough<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  commands: readonly Command[],
  surroundings: Surroundings = {},
): readonly Step<State, Event>[] {
  const at = circumstancesOf(surroundings);
  let before = deepFrozen(decider.initial);
  return commands.map((command) => {
    const step = stepOf(before, () => decider.decide(deepFrozen(command), before, at));
    before = step.after;
    return step;
  });

  function stepOf(state: State, decide: () => Event[]): Step<State, Event> {
    try {
      const events = decide();
      return { before: state, after: fold(decider, state, events), events };
    } catch (error) {
      if (error instanceof Refusal) return { before: state, after: state, events: [], refusal: error };
      throw error;
    }
  }
}
