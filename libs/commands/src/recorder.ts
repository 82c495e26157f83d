import type { Appended, EventStore, Expected, NewEvent, RecordedEvent } from '#event-store';
import { WrongExpectedRevision } from '#event-store';
import type {
  ActionCommand,
  ActionId,
  AssessmentCommand,
  AssessmentId,
  Circumstances,
  CycleCommand,
  CycleId,
  Decider,
  DomainEvent,
  MandateCommand,
  OptionCommand,
  OptionId,
  OrganizationCommand,
  OrganizationId,
  ReminderCommand,
  ReportCommand,
  ReportId,
  Vocabulary,
} from '#reporting';
import {
  action,
  actionStream,
  assessment,
  assessmentStream,
  cycle,
  cycleStream,
  mandate,
  mandateStream,
  optionStream,
  organization,
  organizationStream,
  policyOption,
  recognise,
  reminder,
  reminderStream,
  report,
  reportStream,
} from '#reporting';
import { canonical } from './canonical.js';
import { envelope, type Given, hashUnder } from './given.js';
import { plain } from './plain.js';
import type { RecordingClock } from './recording-clock.js';
import { CommandIdReused, StaleRevision, TooMuchContention } from './recording-faults.js';
import { Turns } from './turns.js';

export type { Given } from './given.js';

export interface Recorded {
  readonly stream: string;
  /** Revision of the last event that the command recorded. */
  readonly revision: number;
  /** Position of that event in the store. */
  readonly position: string;
}

const ATTEMPTS = 10;

/** Type says what the rules expect; the compiler holds a person's command against it. */
type Facts<C extends { type: string }, T extends C['type']> = Omit<Extract<C, { type: T }>, 'type'>;
type Ordered = { readonly given: Given };

/** Whose rules need the id of the organization itself. Most others become events as they are, and would record it. */
const NAMING_THEMSELVES: Readonly<Record<Extract<OrganizationCommand, { organization: string }>['type'], true>> = {
  PlaceUnder: true,
  MergeInto: true,
};

/**
 * What is not for those who ever acted for the organization. It is done in the organization's turn as well, as all
 * assessments are: nobody is appointed between the look at who acted for it and what is recorded upon that. (Between two
 * nodes somebody can be; what they find after it is then refused.)
 */
const FOR_THE_IMPARTIAL: Readonly<Partial<Record<ReportCommand['type'], true>>> = {
  RequestClarification: true,
  FollowUpClarification: true,
  MoveClarificationDueDate: true,
  WidenClarification: true,
  CloseClarification: true,
  ReopenClarification: true,
  NoteReport: true,
  PublishReport: true,
  WithholdPart: true,
  ExtendDeadline: true,
  ExemptFromReport: true,
};

/**
 * What the rules have to be told beside what the person says, because it stands in other streams. Looked up before each
 * attempt, and not at all for a repeated command; throws the refusal where the command takes for granted what is not so.
 * It only reads: a command on the same stream would wait for the one that waits for it.
 */
type Lookup<F, Known extends keyof F> = () => Promise<Pick<F, Known> | void>;

/** Reads, folds, decides, appends: the only way into the log. */
export class Recorder {
  private readonly turns = new Turns();

  constructor(
    private readonly store: EventStore,
    readonly vocabulary: Vocabulary,
    private readonly clock: RecordingClock,
  ) {}

  onOrganization<T extends OrganizationCommand['type'], Known extends keyof Facts<OrganizationCommand, T> = never>(
    type: T,
    command: Ordered & { organization: OrganizationId } & Omit<Facts<OrganizationCommand, T>, Known>,
    known?: Lookup<Facts<OrganizationCommand, T>, Known>,
  ): Promise<Recorded> {
    const { given, organization: id, ...facts } = command;
    const said = { type, ...(type in NAMING_THEMSELVES && { organization: id }), ...facts };
    return this.change(organizationStream(id), organization, said, given, known);
  }

  onCycle<T extends CycleCommand['type'], Known extends keyof Facts<CycleCommand, T> = never>(
    type: T,
    command: Ordered & CycleId & Omit<Facts<CycleCommand, T>, Known>,
    known?: Lookup<Facts<CycleCommand, T>, Known>,
  ): Promise<Recorded> {
    const { given, series, year, ...facts } = command;
    return this.change(cycleStream({ series, year }), cycle, { type, ...facts }, given, known);
  }

  onReport<T extends ReportCommand['type'], Known extends keyof Facts<ReportCommand, T> = never>(
    type: T,
    command: Ordered & ReportId & Omit<Facts<ReportCommand, T>, Known>,
    known?: Lookup<Facts<ReportCommand, T>, Known>,
  ): Promise<Recorded> {
    const { given, series, year, organization: id, ...facts } = command;
    const stream = reportStream({ series, year, organization: id });
    const change = () => this.change(stream, report, { type, ...facts }, given, known);
    return type in FOR_THE_IMPARTIAL ? this.turns.take(organizationStream(id), change) : change();
  }

  onReminders<T extends ReminderCommand['type']>(
    type: T,
    command: Ordered & ReportId & Facts<ReminderCommand, T>,
    known: () => Promise<void>,
  ): Promise<Recorded> {
    const { given, series, year, organization: id, ...facts } = command;
    return this.change(reminderStream({ series, year, organization: id }), reminder, { type, ...facts }, given, known);
  }

  onAction<T extends ActionCommand['type'], Known extends keyof Facts<ActionCommand, T> = never>(
    type: T,
    command: Ordered & { action: ActionId } & Omit<Facts<ActionCommand, T>, Known>,
    known?: Lookup<Facts<ActionCommand, T>, Known>,
  ): Promise<Recorded> {
    const { given, action: id, ...facts } = command;
    return this.change(actionStream(id), action, { type, action: id, ...facts }, given, known);
  }

  onOption<T extends OptionCommand['type'], Known extends keyof Facts<OptionCommand, T> = never>(
    type: T,
    command: Ordered & { option: OptionId } & Omit<Facts<OptionCommand, T>, Known>,
    known?: Lookup<Facts<OptionCommand, T>, Known>,
  ): Promise<Recorded> {
    const { given, option: id, ...facts } = command;
    return this.change(optionStream(id), policyOption, { type, ...facts }, given, known);
  }

  onAssessment<T extends AssessmentCommand['type'], Known extends keyof Facts<AssessmentCommand, T> = never>(
    type: T,
    command: Ordered & AssessmentId & Omit<Facts<AssessmentCommand, T>, Known>,
    known?: Lookup<Facts<AssessmentCommand, T>, Known>,
  ): Promise<Recorded> {
    const { given, series, year, organization: id, ...facts } = command;
    const stream = assessmentStream({ series, year, organization: id, reviewer: facts.reviewer });
    const change = () => this.change(stream, assessment, { type, ...facts }, given, known);
    return this.turns.take(organizationStream(id), change);
  }

  onMandates<T extends MandateCommand['type'], Known extends keyof Facts<MandateCommand, T> = never>(
    type: T,
    command: Ordered & { person: string } & Omit<Facts<MandateCommand, T>, Known>,
    known?: Lookup<Facts<MandateCommand, T>, Known>,
  ): Promise<Recorded> {
    const { given, ...facts } = command;
    return this.change(mandateStream(facts.person), mandate, { type, ...facts }, given, known);
  }

  /** The state of a stream as its rules see it; the initial state where nothing is on record. */
  async stateOf<State, Command, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Command, Event>,
  ): Promise<State> {
    let state = decider.initial;
    for await (const event of this.store.readIfAny(stream)) state = decider.evolve(state, asEventOf<Event>(event));
    return state;
  }

  /**
   * Records what `decider` makes of `said` and of what is `known` beside it. A lost race is decided again, at most ten
   * times, unless the person named the revision that they have seen. A command whose id is already on the stream is not
   * decided again: the answer is the first one's, or `CommandIdReused` when another person gave it, or it says
   * something else.
   */
  change<State, Command extends { type: string }, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Command, Event>,
    said: { type: string },
    given: Given,
    known?: () => Promise<object | void>,
  ): Promise<Recorded> {
    // One after the other, so that a race can only be lost to another node.
    return this.turns.take(stream, async () => {
      const command = plain(said);
      const statement = canonical([given.actor, given.onBehalfOf ?? null, command]);
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const { state, last, first } = await this.history(stream, decider, given, statement);
        if (first) return first;
        const expected = last ? last.revision : 'no-stream';
        if (given.ifRevision !== undefined && given.ifRevision !== expected) {
          throw new StaleRevision(stream, given.ifRevision, expected);
        }
        const looked = plain(await known?.());
        // From here to `append` nothing waits: the order of the stamps is the order in the log.
        const decided = decider.decide(
          { ...command, ...looked } as unknown as Command,
          state,
          this.circumstances(given),
        );
        const recordedAt = this.clock.stamp(last?.metadata['recordedAt']);
        const events = decided.map((event, n) => envelope(stream, event, n, statement, given, recordedAt));
        const appended = await this.append(stream, expected, events);
        if (appended) return { stream, revision: appended.revision, position: appended.position };
      }
      throw new TooMuchContention(stream, ATTEMPTS);
    });
  }

  private async history<State, Command, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Command, Event>,
    { commandId }: Given,
    statement: string,
  ): Promise<{ state: State; last?: RecordedEvent; first?: Recorded }> {
    let state = decider.initial;
    let last: RecordedEvent | undefined;
    let first: Recorded | undefined;
    for await (const event of this.store.readIfAny(stream)) {
      if (event.metadata['commandId'] === commandId) {
        const { commandHash, salt = '' } = event.metadata;
        if (commandHash !== hashUnder(salt, statement)) throw new CommandIdReused(commandId);
        first = { stream, revision: event.revision, position: event.position };
      }
      state = decider.evolve(state, asEventOf<Event>(event));
      last = event;
    }
    return { state, ...(last && { last }), ...(first && { first }) };
  }

  /**
   * Nothing when somebody else was faster. To the store the ids decide: it answers two commands of one id, racing on two
   * nodes, with the first one's place, whatever the second one says. Unless the store knows that it wrote, the salt tells
   * whose event stands there.
   */
  private async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended | undefined> {
    try {
      const appended = await this.store.append(stream, expected, events);
      if (appended.repeated === false) return appended;
      for await (const event of this.store.read(stream, { from: appended.revision, limit: 1 })) {
        if (event.metadata['salt'] === events.at(-1)?.metadata['salt']) return appended;
      }
      return undefined;
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return undefined;
      throw error;
    }
  }

  private circumstances({ actor }: Given): Circumstances {
    return { today: this.clock.today(), vocabulary: this.vocabulary, actor };
  }
}

function asEventOf<Event extends DomainEvent>(event: RecordedEvent): Event {
  return recognise(event) as unknown as Event;
}
