import type { Confidence, Edtf, OrganizationId, Precision, Source } from '#reporting';

export type TimelineKind =
  | 'action-started'
  | 'action-ended'
  | 'milestone-reached'
  | 'partnership-confirmed'
  | 'partnership-disputed'
  | 'track-reassigned'
  | 'marked-relevant'
  | 'relevance-ended'
  | 'renamed'
  | 'placed-under'
  | 'merged-into'
  | 'report-requested'
  | 'request-acknowledged'
  | 'report-declined'
  | 'report-exempted'
  | 'answered-by-letter'
  | 'no-response-recorded'
  | 'deadline-extended'
  | 'reminded'
  | 'report-started'
  | 'report-submitted'
  | 'amendment-opened'
  | 'report-withdrawn'
  | 'clarification-requested'
  | 'report-noted'
  | 'report-published'
  | 'part-withheld'
  | 'reviewer-assigned'
  | 'finding-published'
  | 'assessment-concluded'
  | 'option-handed-over'
  | 'named-in-synthesis'
  | 'synthesis-issued';

/**
 * One thing that an organization did, was asked, answered, was asked back, or was found.
 * Key: `<organization>/<date> <what>`: a range of keys is the timeline in the order in which it happened. A date that is
 * known to the year only comes before the months of that year; it is neither before nor after them.
 */
export interface TimelineEntry {
  readonly organization: OrganizationId;
  readonly kind: TimelineKind;
  /** When it happened, as precisely as it is known. */
  readonly date: Edtf;
  readonly precision: Precision;
  /** Where `date` is not the day of the happening itself: when it was recorded, or the year of the cycle it belongs to. */
  readonly dateIs?: 'recorded' | 'cycle-year';
  readonly title: string;
  readonly detail?: string;
  /** Only in what is told to readers: why there is a detail, and it does not stand here. */
  readonly withheld?: string;
  readonly action?: {
    readonly action: string;
    readonly role: 'lead' | 'partner';
    readonly lead: OrganizationId;
    readonly partners: readonly OrganizationId[];
    /** What this partner itself says of its part. */
    readonly standing?: 'confirmed' | 'disputed';
    readonly status: string;
    readonly endedOn?: Edtf;
    readonly track: string;
    readonly scope: string;
    readonly counted: boolean;
    readonly issues: readonly string[];
    readonly groups: readonly string[];
    readonly inError?: true;
  };
  readonly report?: { readonly series: string; readonly year: number; readonly version?: number };
  readonly confidence?: Confidence;
  readonly sources?: readonly Source[];
  /** The event that first told us. */
  readonly sequence: number;
  /** All events behind the entry as it reads now. */
  readonly why: readonly number[];
}

/** Entries by their keys. */
export type Entries = ReadonlyMap<string, TimelineEntry>;
