import type { EventStore, RecordedEvent } from '#event-store';
import {
  type AppointedRole,
  type Edtf,
  isAfter,
  type OrganizationId,
  type PlatformRole,
  recognise,
  subjectOf,
} from '#reporting';
import type { PersonId } from '../keys/person-keys.js';

export interface Appointment {
  readonly organization: OrganizationId;
  readonly role: AppointedRole;
  readonly from: Edtf;
}

/** What somebody may act as, at present. */
export interface Roles {
  readonly mandates: readonly PlatformRole[];
  readonly appointments: readonly Appointment[];
}

interface Held {
  readonly mandates: Set<PlatformRole>;
  readonly appointments: Map<string, Appointment>;
}

/**
 * Who may act as what. Each question reads what was added to the log since the one before, and nothing else: it is as true
 * as the log, on every node, and what was ended counts no more with the next request.
 */
export class RolesOnRecord {
  private readonly held = new Map<PersonId, Held>();
  private after: string | undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly store: EventStore) {}

  /** `today`: `YYYY-MM-DD`. An appointment that is yet to begin does not count. */
  async of(person: PersonId, today: string): Promise<Roles> {
    await this.catchUp();
    const held = this.held.get(person);
    return {
      mandates: [...(held?.mandates ?? [])],
      appointments: [...(held?.appointments.values() ?? [])].filter(({ from }) => !isAfter(from, today as Edtf)),
    };
  }

  async holdersOf(role: PlatformRole): Promise<PersonId[]> {
    await this.catchUp();
    return [...this.held].flatMap(([person, { mandates }]) => (mandates.has(role) ? [person] : []));
  }

  private catchUp(): Promise<void> {
    const read = () => this.read();
    // Whoever waits for the last reading learns how it ended; this one begins where that one came to.
    this.reading = this.reading.then(read, read);
    return this.reading;
  }

  private async read(): Promise<void> {
    const categories = ['mandate', 'organization'];
    for await (const page of this.store.readPages({
      categories,
      ...(this.after !== undefined && { after: this.after }),
    })) {
      for (const event of page) this.take(event);
      this.after = page.at(-1)?.position ?? this.after;
    }
  }

  private take(stored: RecordedEvent): void {
    const subject = subjectOf(stored.stream);
    const event = recognise(stored);
    if (subject.category === 'mandate') {
      if (event.type === 'MandateGiven') this.heldBy(subject.person).mandates.add(event.data.role);
      if (event.type === 'MandateEnded') this.heldBy(subject.person).mandates.delete(event.data.role);
    }
    if (subject.category === 'organization') {
      const { organization } = subject;
      if (event.type === 'PersonAppointed') {
        const { personId, role, from } = event.data;
        this.heldBy(personId).appointments.set(`${organization}/${role}`, { organization, role, from });
      }
      if (event.type === 'AppointmentEnded')
        this.heldBy(event.data.personId).appointments.delete(`${organization}/${event.data.role}`);
    }
  }

  private heldBy(person: PersonId): Held {
    const held = this.held.get(person) ?? { mandates: new Set(), appointments: new Map() };
    this.held.set(person, held);
    return held;
  }
}

/** Who submits, reviews or administers proves who they are by two things. */
export const needsSecondFactor = ({ mandates, appointments }: Roles): boolean =>
  mandates.length > 0 || appointments.some(({ role }) => role === 'signatory');
