import { type EventStore, LogTail, type RecordedEvent } from '#event-store';
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
  /** Who gave it: an id. */
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

/** Who may act as what. What was ended counts no more with the next request, on every node. */
export class RolesOnRecord {
  private readonly held = new Map<PersonId, Held>();
  private readonly tail: LogTail;

  constructor(store: EventStore) {
    this.tail = new LogTail(store, ['mandate', 'organization'], (event) => this.take(event));
  }

  /** `today`: `YYYY-MM-DD`. An appointment that is yet to begin does not count. */
  async of(person: PersonId, today: string): Promise<Roles> {
    await this.tail.catchUp();
    const held = this.held.get(person);
    return {
      mandates: [...(held?.mandates ?? [])],
      appointments: [...(held?.appointments.values() ?? [])].filter(({ from }) => !isAfter(from, today as Edtf)),
    };
  }

  /** All that somebody was ever given, in that order. */
  async everOf(person: PersonId): Promise<readonly RoleOnRecord[]> {
    await this.tail.catchUp();
    return [...(this.held.get(person)?.all ?? [])];
  }

  async holdersOf(role: PlatformRole): Promise<PersonId[]> {
    await this.tail.catchUp();
    return [...this.held].flatMap(([person, { mandates }]) => (mandates.has(role) ? [person] : []));
  }

  /** Whether or not they still hold it. */
  async everHeld(role: PlatformRole): Promise<PersonId[]> {
    await this.tail.catchUp();
    return [...this.held].flatMap(([person, { all }]) => (all.some((each) => each.role === role) ? [person] : []));
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
        const { personId, role, from } = event.data;
        // Not what was once said in free words: they may be a person's name.
        const by = stored.metadata['actor'] ?? event.data.by;
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
