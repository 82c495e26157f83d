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

/** A role that somebody was given, whether or not it has ended. */
export interface RoleOnRecord {
  readonly role: PlatformRole | AppointedRole;
  /** By which they are appointed; a mandate is for the record as a whole. */
  readonly organization?: OrganizationId;
  readonly from: Edtf;
  readonly until?: Edtf;
  /** Who gave it: of a mandate an id, of an appointment the words of who appointed. */
  readonly by: string;
  /** Of a mandate that took two. */
  readonly proposedBy?: string;
}

interface Held {
  /** In the order in which they were given. */
  readonly all: RoleOnRecord[];
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

  /** All that somebody was ever given, in that order. */
  async everOf(person: PersonId): Promise<readonly RoleOnRecord[]> {
    await this.catchUp();
    return [...(this.held.get(person)?.all ?? [])];
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
      const held = this.heldBy(subject.person);
      if (event.type === 'MandateGiven') {
        const { role, from, by } = event.data;
        held.mandates.add(role);
        held.all.push({ role, from, by, ...('proposedBy' in event.data && { proposedBy: event.data.proposedBy }) });
      }
      if (event.type === 'MandateEnded') {
        held.mandates.delete(event.data.role);
        end(held, event.data);
      }
    }
    if (subject.category === 'organization') {
      const { organization } = subject;
      if (event.type === 'PersonAppointed') {
        const { personId, role, from, by } = event.data;
        const held = this.heldBy(personId);
        held.appointments.set(`${organization}/${role}`, { organization, role, from });
        held.all.push({ organization, role, from, by });
      }
      if (event.type === 'AppointmentEnded') {
        const { personId, role } = event.data;
        const held = this.heldBy(personId);
        held.appointments.delete(`${organization}/${role}`);
        end(held, { ...event.data, organization });
      }
    }
  }

  private heldBy(person: PersonId): Held {
    const held = this.held.get(person) ?? { all: [], mandates: new Set(), appointments: new Map() };
    this.held.set(person, held);
    return held;
  }
}

/** The one that has not ended: nobody holds a role twice at once. */
function end(
  { all }: Held,
  ended: { readonly role: RoleOnRecord['role']; readonly organization?: OrganizationId; readonly on: Edtf },
): void {
  const place = all.findIndex(
    ({ role, organization, until }) =>
      role === ended.role && organization === ended.organization && until === undefined,
  );
  const held = all[place];
  if (held) all[place] = { ...held, until: ended.on };
}

/** Who submits, reviews or administers proves who they are by two things. */
export const needsSecondFactor = ({ mandates, appointments }: Roles): boolean =>
  mandates.length > 0 || appointments.some(({ role }) => role === 'signatory');
