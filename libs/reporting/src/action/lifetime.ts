import type { ActionStatus, ScopeTest, Track } from '../codes.js';
import type { Edtf } from '../edtf.js';
import { yearOf } from '../edtf.js';
import type { OrganizationId } from '../organization/organization.js';
import type { ActionId } from './action.js';
import { isFinal } from './action.js';

/** What is on record about one action, and by which events (`why`: their sequences). */
export interface ActionRecord {
  readonly action: ActionId;
  readonly title: string;
  readonly lead: OrganizationId;
  readonly partners: readonly OrganizationId[];
  readonly track: Track;
  readonly scope: ScopeTest;
  readonly status: ActionStatus;
  readonly startedOn: Edtf;
  readonly endedOn?: Edtf;
  readonly issues: readonly string[];
  /** Stakeholder groups that take part. */
  readonly groups: readonly string[];
  readonly supersededBy?: ActionId;
  /** Every status it was given, oldest first; the first is the one that it was recorded with. */
  readonly statusHistory: readonly StatusEntry[];
  readonly why: readonly number[];
}

export interface StatusEntry {
  readonly status: ActionStatus;
  /** When the change happened, where the record says so. */
  readonly on?: Edtf;
  readonly sequence: number;
}

/** When it ended; `none`: it had not, by the record; `not-known`: it has ended at no known time, or nobody looked. */
export function endOf({ endedOn, status, statusHistory }: ActionRecord): Edtf | 'none' | 'not-known' {
  if (endedOn) return endedOn;
  if (status === 'UNVERIFIED') return 'not-known';
  if (!isFinal(status)) return 'none';
  return statusHistory.findLast((entry) => isFinal(entry.status))?.on ?? 'not-known';
}

/** A plan is no start: neither one that still stands nor one that was given up. */
export function hasBegun({ status, statusHistory }: ActionRecord): boolean {
  const statuses = [...statusHistory.map((entry) => entry.status), status];
  if (statuses[0] !== 'PLANNED') return true;
  return statuses.some((given) => given === 'ONGOING' || given === 'COMPLETED' || given === 'UNVERIFIED');
}

/** Whether it is known to have ended in or before `year`. */
export function hasEndedBy(record: ActionRecord, year: number): boolean {
  const end = endOf(record);
  return end !== 'none' && end !== 'not-known' && yearOf(end) <= year;
}

export type Presence = 'yes' | 'no' | 'unclear';

/** Whether it ran at some time in `year`. Compared by year: every date is at least as precise as that (rule 4). */
export function ranIn(record: ActionRecord, year: number): Presence {
  const start = yearOf(record.startedOn);
  if (!hasBegun(record) || start > year || hasEndedBy(record, year - 1)) return 'no';
  return endOf(record) === 'not-known' && start < year ? 'unclear' : 'yes';
}

/** In a final state, and the record does not say since when. */
export function hasEndedSometime(record: ActionRecord): boolean {
  return isFinal(record.status) && endOf(record) === 'not-known';
}
