import type { Edtf, PlatformRole } from '#reporting';
import { daysBetween } from '#reporting';
import type { Views } from '../views.js';
import type { DeadlineState } from './deadlines.js';

/** What can wait for somebody, by the role in which it does. */
export type InboxKind =
  // Secretariat
  | 'version-to-note'
  | 'version-to-publish'
  | 'publication-to-second'
  | 'answer-missing'
  | 'thread-answered'
  | 'letter-without-document'
  | 'partnership-disputed'
  // An organization's people
  | 'request-to-acknowledge'
  | 'answer-due'
  | 'section-delegated'
  | 'ready-for-signature'
  | 'signature-to-second'
  | 'withdrawal-to-second'
  | 'thread-open'
  | 'finding-to-comment'
  | 'partnership-to-confirm'
  // Administrator
  | 'mandate-to-agree';

/** Something that waits, and what it is about. */
export interface InboxItem {
  readonly kind: InboxKind;
  readonly series?: string;
  readonly year?: number;
  readonly organization?: string;
  readonly version?: number;
  readonly section?: string;
  readonly clarification?: string;
  readonly reviewer?: string;
  readonly finding?: string;
  readonly action?: string;
  readonly partner?: string;
  readonly person?: string;
  readonly mandate?: PlatformRole;
  /** RFC 3339, UTC: since when it waits. */
  readonly since: string;
  /** How many days it has been waiting on the day that is asked for. */
  readonly days: number;
  readonly dueOn?: Edtf;
  /** Derived for that day. */
  readonly due?: DeadlineState;
  readonly why: readonly number[];
}

/** Before its age is known: it waits since the event `sequence`. */
export type Waits = Omit<InboxItem, 'since' | 'days' | 'why'> & { readonly sequence: number };

/** The oldest first. */
export function byAge(views: Views, today: Edtf, waiting: readonly Waits[]): readonly InboxItem[] {
  return waiting
    .toSorted((a, b) => a.sequence - b.sequence)
    .map(({ sequence, ...item }) => {
      const since = views.mark(sequence)?.recordedAt ?? '';
      return { ...item, since, days: daysBetween(since.slice(0, 10) as Edtf, today) ?? 0, why: [sequence] };
    });
}

export function documentsIn<Doc>(views: Views, view: string, prefix: string, asOf: number | undefined): Doc[] {
  return views.range(view, prefix, momentOf(asOf)).map(({ body }) => JSON.parse(body) as Doc);
}

export function documentsOn<Doc>(views: Views, view: string, list: string, asOf: number | undefined): Doc[] {
  return views.listed(view, [list], momentOf(asOf)).map(({ body }) => JSON.parse(body) as Doc);
}

const momentOf = (asOf: number | undefined) => (asOf === undefined ? {} : { asOf });
