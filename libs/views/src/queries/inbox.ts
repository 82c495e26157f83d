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

/** For how long something has been waiting. */
export interface Aged {
  /** RFC 3339, UTC: since when it waits. */
  readonly since: string;
  /** How many days it has been waiting on the day that is asked for. */
  readonly days: number;
  readonly why: readonly number[];
}

/** Something that waits, and what it is about. */
export interface InboxItem extends Aged {
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
  readonly dueOn?: Edtf;
  /** Derived for that day. */
  readonly due?: DeadlineState;
}

/** Before its age is known: it waits since the event `sequence`. */
export type Waits = Omit<InboxItem, keyof Aged> & { readonly sequence: number };

/** The oldest first. */
export function byAge<Item extends { readonly sequence: number }>(
  views: Views,
  today: Edtf,
  waiting: readonly Item[],
): readonly (Omit<Item, 'sequence'> & Aged)[] {
  return waiting
    .toSorted((a, b) => a.sequence - b.sequence)
    .map(({ sequence, ...item }) => {
      const since = views.mark(sequence)?.recordedAt ?? '';
      return { ...item, since, days: daysBetween(since.slice(0, 10) as Edtf, today) ?? 0, why: [sequence] };
    });
}
