import { type EventStore, LogTail, type RecordedEvent } from '#event-store';
import {
  type Awaited,
  cycle,
  type CycleEvent,
  type Edtf,
  evolveAwaited,
  NOT_AWAITED,
  type PlannedReminder,
  recognise,
  type ReminderEvent,
  type ReminderPolicy,
  remindersOf,
  type ReportEvent,
  type ReportId,
  subjectOf,
} from '#reporting';

export type SentReminder = ReminderEvent['data'];

/** What reminding has to know of a round. */
interface Round {
  readonly state: typeof cycle.initial;
  /** When it was opened, or opened again. */
  readonly since: string;
  readonly title: string;
}

interface Asked {
  readonly id: ReportId;
  awaited: Awaited;
  requester: string;
  sent: SentReminder[];
  plan: readonly PlannedReminder[] | undefined;
}

const ROUND: Round = { state: cycle.initial, since: '', title: '' };

/** Which event a reminder is, within its report. */
export const reminderName = ({ deadline, days }: { readonly deadline: Edtf; readonly days: number }) =>
  `${deadline}/${days}`;

const roundName = ({ series, year }: Pick<ReportId, 'series' | 'year'>) => `${series}/${year}`;
const reportName = (id: ReportId) => `${roundName(id)}/${id.organization}`;

/** Who awaits which report until when, as the log tells it, and what they were reminded of. */
export class Agenda {
  private readonly reports = new Map<string, Asked>();
  private readonly rounds = new Map<string, Round>();
  private readonly names = new Map<string, string>();
  private readonly tail: LogTail;

  constructor(
    store: EventStore,
    readonly policy: ReminderPolicy,
  ) {
    this.tail = new LogTail(store, ['organization', 'cycle', 'report', 'reminder'], (event) => this.fold(event));
  }

  /** Everything that was on the log when it was called is told by the others. */
  catchUp(): Promise<void> {
    return this.tail.catchUp();
  }

  /** All that is planned, sent or not: for each report in the order in which it is due. */
  *planned(): Iterable<PlannedReminder> {
    for (const asked of this.reports.values()) yield* this.planOf(asked);
  }

  /** Whether it would be sent if it were due now. */
  isPlanned(id: ReportId, name: string): boolean {
    const asked = this.reports.get(reportName(id));
    return asked !== undefined && this.planOf(asked).some((planned) => reminderName(planned) === name);
  }

  /** All that is on record as sent, with what it was about. */
  *sent(): Iterable<ReportId & SentReminder> {
    for (const { id, sent } of this.reports.values()) for (const each of sent) yield { ...id, ...each };
  }

  isSent(id: ReportId, name: string): boolean {
    return this.reports.get(reportName(id))?.sent.some((each) => reminderName(each) === name) ?? false;
  }

  nameOf(organization: string): string {
    return this.names.get(organization) ?? organization;
  }

  titleOf(id: ReportId): string {
    return this.rounds.get(roundName(id))?.title ?? roundName(id);
  }

  requesterOf(id: ReportId): string {
    return this.nameOf(this.reports.get(reportName(id))?.requester ?? '');
  }

  private planOf(asked: Asked): readonly PlannedReminder[] {
    const { state, since } = this.rounds.get(roundName(asked.id)) ?? ROUND;
    const openSince = state.phase === 'open' ? since : undefined;
    return (asked.plan ??= remindersOf(asked.id, asked.awaited, openSince, this.policy));
  }

  private fold(recorded: RecordedEvent): void {
    const subject = subjectOf(recorded.stream);
    const event = recognise(recorded);
    const recordedAt = recorded.metadata['recordedAt'] ?? '';
    if (event.type === 'OrganizationRegistered' || event.type === 'OrganizationRenamed') {
      if (subject.category === 'organization') this.names.set(subject.organization, event.data.name);
    } else if (subject.category === 'cycle') {
      this.foldRound(roundName(subject), event as CycleEvent, recordedAt);
    } else if (subject.category === 'report') {
      this.foldReport(subject, event as ReportEvent, recordedAt);
    } else if (event.type === 'ReminderSent' && subject.category === 'reminder') {
      this.asked(subject).sent.push(event.data);
    }
  }

  private foldRound(name: string, event: CycleEvent, recordedAt: string): void {
    const before = this.rounds.get(name) ?? ROUND;
    const state = cycle.evolve(before.state, event);
    const opens = state.phase === 'open' && before.state.phase !== 'open';
    const title = event.type === 'CycleOpened' ? event.data.title : before.title;
    this.rounds.set(name, { state, since: opens ? recordedAt : before.since, title });
    if (state.phase === before.state.phase) return;
    for (const asked of this.reports.values()) if (roundName(asked.id) === name) asked.plan = undefined;
  }

  private foldReport(id: ReportId, event: ReportEvent, recordedAt: string): void {
    const asked = this.reports.get(reportName(id));
    const before = asked?.awaited ?? NOT_AWAITED;
    const awaited = evolveAwaited(before, event, recordedAt);
    // What is written in a draft changes nothing here, and is most of the log.
    if (awaited === before) return;
    const known = asked ?? this.asked(id);
    known.awaited = awaited;
    known.plan = undefined;
    if (event.type === 'ReportRequested') known.requester = event.data.requester;
  }

  private asked({ series, year, organization }: ReportId): Asked {
    const id = { series, year, organization };
    const name = reportName(id);
    const found = this.reports.get(name);
    if (found) return found;
    const fresh: Asked = { id, awaited: NOT_AWAITED, requester: '', sent: [], plan: undefined };
    this.reports.set(name, fresh);
    return fresh;
  }
}
