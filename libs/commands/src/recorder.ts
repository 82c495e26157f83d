import { hash, randomBytes } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import type { EventStore, Expected, JsonObject, Metadata, NewEvent, RecordedEvent } from '#event-store';
import { StreamNotFound, WrongExpectedRevision } from '#event-store';
import type {
  ActionCommand,
  ActionId,
  Circumstances,
  CycleCommand,
  CycleId,
  Decider,
  DomainEvent,
  OrganizationCommand,
  OrganizationId,
  ReportCommand,
  ReportId,
  ReportingEvent,
  Vocabulary,
} from '#reporting';
import {
  action,
  actionStream,
  cycle,
  cycleStream,
  organization,
  organizationStream,
  recognise,
  report,
  reportStream,
  SHAPES,
} from '#reporting';
import { canonical } from './canonical.js';
import type { RecordingClock } from './recording-clock.js';

/** Who gives a command, in which role, and what it belongs to. Never part of what they say. */
export interface Given {
  /** UUID. The same command given again under the same id is the same command. */
  readonly commandId: string;
  readonly actor: string;
  readonly role?: string;
  readonly onBehalfOf?: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** The revision that the person has seen (If-Match). A later one is `StaleRevision`, never overwritten. */
  readonly ifRevision?: number;
}

export interface Recorded {
  readonly stream: string;
  /** Revision of the last event that the command recorded. */
  readonly revision: number;
  /** Position of that event in the store. */
  readonly position: string;
}

/** What was read is no longer what is there. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: Expected,
  ) {
    super(`${stream} has moved on from revision ${expected}`);
  }
}

/** One id, two different commands: one of them would be lost. */
export class CommandIdReused extends Error {
  override readonly name = 'CommandIdReused';
  constructor(readonly commandId: string) {
    super(`The command id ${commandId} was already used for another command`);
  }
}

/** Others kept writing to the stream in between. Nothing was recorded; the same command may be given again. */
export class TooMuchContention extends Error {
  override readonly name = 'TooMuchContention';
  constructor(
    readonly stream: string,
    readonly attempts: number,
  ) {
    super(`${stream} was changed by others ${attempts} times in a row while the command was decided`);
  }
}

const ATTEMPTS = 10;

/** Type says what the rules expect; the compiler holds a person's command against it. */
type Facts<C extends { type: string }, T extends C['type']> = Omit<Extract<C, { type: T }>, 'type'>;
type Ordered = { readonly given: Given };

/** Reads, folds, decides, appends: the only way into the log. */
export class Recorder {
  constructor(
    private readonly store: EventStore,
    private readonly vocabulary: Vocabulary,
    private readonly clock: RecordingClock,
  ) {}

  onOrganization<T extends OrganizationCommand['type']>(
    type: T,
    { given, organization: id, ...facts }: Ordered & { organization: OrganizationId } & Facts<OrganizationCommand, T>,
  ): Promise<Recorded> {
    const command = { type, organization: id, ...facts } as unknown as OrganizationCommand;
    return this.change(organizationStream(id), organization, command, given);
  }

  onCycle<T extends CycleCommand['type']>(
    type: T,
    { given, series, year, ...facts }: Ordered & CycleId & Facts<CycleCommand, T>,
  ): Promise<Recorded> {
    return this.change(cycleStream({ series, year }), cycle, { type, ...facts } as unknown as CycleCommand, given);
  }

  onReport<T extends ReportCommand['type']>(
    type: T,
    { given, series, year, organization: org, ...facts }: Ordered & ReportId & Facts<ReportCommand, T>,
  ): Promise<Recorded> {
    const stream = reportStream({ series, year, organization: org });
    return this.change(stream, report, { type, ...facts } as unknown as ReportCommand, given);
  }

  onAction<T extends ActionCommand['type']>(
    type: T,
    { given, action: id, ...facts }: Ordered & { action: ActionId } & Facts<ActionCommand, T>,
  ): Promise<Recorded> {
    return this.change(actionStream(id), action, { type, action: id, ...facts } as unknown as ActionCommand, given);
  }

  /** The state of a stream as its rules see it; the initial state where nothing is on record. */
  async stateOf<State, Command, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Command, Event>,
  ): Promise<State> {
    let state = decider.initial;
    for await (const event of this.events(stream)) state = decider.evolve(state, asEventOf<Event>(event));
    return state;
  }

  /**
   * Records what `decider` makes of `command`. A lost race is decided again, at most ten times, unless the person
   * named the revision that they have seen. A command whose id is already on the stream is not decided again: the
   * answer is the first one's, or `CommandIdReused` when what it says is different.
   */
  async change<State, Command extends { type: string }, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Command, Event>,
    command: Command,
    given: Given,
  ): Promise<Recorded> {
    const commandHash = hash('sha256', canonical(command), 'base64url');
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      let state = decider.initial;
      let last: RecordedEvent | undefined;
      let first: Recorded | undefined;
      for await (const event of this.events(stream)) {
        if (event.metadata['commandId'] === given.commandId) {
          if (event.metadata['commandHash'] !== commandHash) throw new CommandIdReused(given.commandId);
          first = { stream, revision: event.revision, position: event.position };
        }
        state = decider.evolve(state, asEventOf<Event>(event));
        last = event;
      }
      if (first) return first;

      const expected = last ? last.revision : 'no-stream';
      if (given.ifRevision !== undefined && given.ifRevision !== expected) {
        throw new StaleRevision(stream, given.ifRevision, expected);
      }
      const decided = decider.decide(command, state, this.circumstances());
      // From here to `append` nothing waits: the order of the stamps is the order in the log.
      const recordedAt = this.clock.stamp(last?.metadata['recordedAt']);
      const events = decided.map((event, n) => envelope(event, n, commandHash, given, recordedAt));
      try {
        return { stream, ...(await this.store.append(stream, expected, events)) };
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
        if (given.ifRevision !== undefined) throw new StaleRevision(stream, given.ifRevision, error.actual);
      }
    }
    throw new TooMuchContention(stream, ATTEMPTS);
  }

  private circumstances(): Circumstances {
    return { today: this.clock.today(), vocabulary: this.vocabulary };
  }

  private async *events(stream: string): AsyncIterable<RecordedEvent> {
    try {
      yield* this.store.read(stream);
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
    }
  }
}

function asEventOf<Event extends DomainEvent>(event: RecordedEvent): Event {
  return recognise(event) as unknown as Event;
}

function envelope(event: DomainEvent, n: number, commandHash: string, given: Given, recordedAt: string): NewEvent {
  const { commandId, actor, role, onBehalfOf, correlationId, causationId } = given;
  const metadata: Metadata = {
    actor,
    ...(role && { role }),
    ...(onBehalfOf && { onBehalfOf }),
    commandId,
    commandHash,
    correlationId,
    causationId: causationId ?? commandId,
    recordedAt,
    salt: randomBytes(16).toString('base64url'),
    v: String(SHAPES[event.type as ReportingEvent['type']]),
  };
  // The hash in the name keeps two different commands of one id apart even when they race on two nodes: to the store
  // they are different events, so the second one conflicts, is read again and refused.
  const id = uuidv5(`${commandHash}/${n}`, commandId);
  return { id, type: event.type, data: event.data as JsonObject, metadata };
}
