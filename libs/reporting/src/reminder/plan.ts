import type { Edtf } from '../edtf.js';
import { dayAfter, lastDayOf } from '../edtf.js';
import type { ReportEvent } from '../report/report.js';
import type { Phase, Standing } from '../report/requesting.js';
import { evolveRequesting } from '../report/requesting.js';
import type { ReportId } from '../streams.js';
import type { RemindedRole } from './reminder.js';
import { instantOf } from './wall-clock.js';

/** When organizations are reminded. */
export interface ReminderPolicy {
  /** Days from the deadline: negative before it, positive after it. */
  readonly days: readonly number[];
  /** `HH:MM` on the wall. */
  readonly at: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** What reminding has to know of a report. */
export interface Awaited extends Standing {
  /** When what is awaited was recorded: the request, a new deadline, a beginning after a refusal. RFC 3339, UTC, ms. */
  readonly since: string;
}

/** Who gets what, and when. */
export interface PlannedReminder extends ReportId {
  readonly to: RemindedRole;
  readonly days: number;
  readonly deadline: Edtf;
  /** In the time zone of the policy. */
  readonly day: Edtf;
  /** RFC 3339, UTC, ms. */
  readonly due: string;
}

/** Asked, and neither answered nor done with. Silence that was recorded is an end too: the secretariat waits no longer. */
const WAITING: readonly Phase[] = ['requested', 'acknowledged', 'draft'];

export const NOT_AWAITED: Awaited = { phase: 'none', since: '' };

export function evolveAwaited(state: Awaited, event: ReportEvent, recordedAt: string): Awaited {
  const after = standingAfter(state, event);
  const begins = isAwaited(after) && (!isAwaited(state) || after.deadline !== state.deadline);
  return begins ? { ...after, since: recordedAt } : after;
}

function standingAfter(state: Awaited, event: ReportEvent): Awaited {
  switch (event.type) {
    case 'ReportRequested':
    case 'ReportAcknowledged':
    case 'ReportDeclined':
    case 'ReportExempted':
    case 'ReportAnsweredByLetter':
    case 'NoResponseRecorded':
    case 'ReportDeadlineExtended':
      return evolveRequesting(state, event);
    case 'ReportStarted':
      return { ...state, phase: 'draft' };
    case 'ReportSubmitted':
    case 'ReportResubmitted':
      return { ...state, phase: 'submitted' };
    case 'AmendmentOpened':
      return { ...state, phase: 'amending' };
    case 'ReportWithdrawn':
      return { ...state, phase: 'withdrawn' };
    default:
      return state;
  }
}

function isAwaited({ phase, requestedOn, deadline }: Standing): boolean {
  return requestedOn !== undefined && deadline !== undefined && WAITING.includes(phase);
}

/**
 * The reminders of one report, in the order in which they are sent; none where nobody was asked, no deadline is on
 * record, the report is answered or the round is closed. A deadline that is known to the month or year ends with it.
 * What would have been due before it was recorded that somebody waits is not planned: rounds of the past that are entered
 * later remind nobody. `openSince`: when the round was opened or opened again, RFC 3339; absent while it is closed.
 */
export function remindersOf(
  report: ReportId,
  awaited: Awaited,
  openSince: string | undefined,
  { days, at, timeZone }: ReminderPolicy,
): readonly PlannedReminder[] {
  const { deadline, since } = awaited;
  if (!isAwaited(awaited) || deadline === undefined || openSince === undefined) return [];
  const { series, year, organization } = report;
  const from = Math.max(Date.parse(since), Date.parse(openSince));
  return [...new Set(days)]
    .sort((a, b) => a - b)
    .flatMap((count): PlannedReminder[] => {
      const day = dayAfter(lastDayOf(deadline), count);
      if (day === undefined) return [];
      const due = instantOf(day, at, timeZone);
      if (due < from) return [];
      return [
        { series, year, organization, to: 'focal-point', days: count, deadline, day, due: new Date(due).toISOString() },
      ];
    });
}
