import { randomUUID } from 'node:crypto';
import type { RecordingClock } from '#commands';
import {
  type EventStore,
  type Expected,
  type JsonObject,
  type RecordedEvent,
  WrongExpectedRevision,
} from '#event-store';
import { KeyMissing, type PersonId, type PersonKeys } from '../keys/person-keys.js';
import { seal, unseal } from '../keys/sealed.js';
import { type Moment, PLAIN_EVENTS } from './person.js';

export const PERSON_CATEGORY = 'person';
export const CREDENTIAL_CATEGORY = 'credential';

export const newPersonId = (): PersonId => `person-${randomUUID()}`;
/** The id of a person is the name of their stream. */
export const personStream = (person: PersonId) => person;
export const credentialStream = (person: PersonId) => person.replace(PERSON_CATEGORY, CREDENTIAL_CATEGORY);
export const personOfStream = (stream: string): PersonId => stream.replace(/^credential-/, `${PERSON_CATEGORY}-`);

interface PrivateDecider<State, Command, Event> {
  readonly initial: State;
  decide(command: Command, state: State, at: Moment): Event[];
  evolve(state: State, event: Event): State;
}

interface PrivateEvent {
  readonly type: string;
  readonly data: object;
}

const ATTEMPTS = 10;

/** Streams of the log that only the holder of a person's key can read. */
export class SealedLog {
  constructor(
    private readonly store: EventStore,
    private readonly keys: PersonKeys,
    private readonly clock: RecordingClock,
  ) {}

  /** `KeyMissing` where something has to be opened, and the key is gone. */
  async open(event: RecordedEvent): Promise<PrivateEvent> {
    if (PLAIN_EVENTS.has(event.type)) return event;
    const person = personOfStream(event.stream);
    const key = await this.keys.find(person);
    if (!key) throw new KeyMissing(person);
    return { type: event.type, data: unseal(key, event) };
  }

  /** The state of a stream of the person; the initial one where nothing is on the log. */
  async stateOf<State, Command, Event extends PrivateEvent>(
    stream: string,
    decider: PrivateDecider<State, Command, Event>,
  ): Promise<{ readonly state: State; readonly expected: Expected }> {
    const events: RecordedEvent[] = [];
    for await (const event of this.store.readIfAny(stream)) events.push(event);
    const expected = events.at(-1)?.revision ?? 'no-stream';
    // What is sealed before the end of an erased person is noise for ever; only the end can be read.
    const plain = events.filter(({ type }) => PLAIN_EVENTS.has(type));
    let state = decider.initial;
    for (const event of plain.length ? plain : events) {
      state = decider.evolve(state, (await this.open(event)) as Event);
    }
    return { state, expected };
  }

  /**
   * Records what `decider` makes of `command`, and answers with the state after it. A lost race is decided again, at most
   * ten times. `begins`: the person gets their key with it, if nothing is on the log yet.
   */
  async change<State, Command, Event extends PrivateEvent>(
    stream: string,
    decider: PrivateDecider<State, Command, Event>,
    command: Command,
    actor: PersonId,
    { begins = false } = {},
  ): Promise<State> {
    const person = personOfStream(stream);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { state, expected } = await this.stateOf(stream, decider);
      const recordedAt = this.clock.stamp();
      const decided = decider.decide(command, state, { now: recordedAt, actor });
      if (!decided.length) return state;
      const key = begins && expected === 'no-stream' ? await this.keys.create(person) : await this.keys.find(person);
      if (!key) throw new KeyMissing(person);
      const events = decided.map(({ type, data }) => {
        const id = randomUUID();
        const payload = PLAIN_EVENTS.has(type) ? (data as JsonObject) : seal(key, id, type, data as JsonObject);
        return { id, type, data: payload, metadata: { actor, correlationId: id, recordedAt, v: '1' } };
      });
      try {
        await this.store.append(stream, expected, events);
        return decided.reduce((before, event) => decider.evolve(before, event), state);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
      }
    }
    throw new Error(`${stream} was changed by others ${ATTEMPTS} times in a row: try again in a moment.`);
  }
}
