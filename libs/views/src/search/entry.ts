import type { Audience, ReportId } from '#reporting';

export const ENTRY_KINDS = [
  'organization',
  'action',
  'option',
  'argument',
  'cycle',
  'guidance',
  'synthesis',
  'section',
  'claim',
  'figure',
  'attachment',
  'clarification',
  'finding',
  'conclusion',
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** `writers` and `submitted`: of the words of a report. The others: of what is asked and found in its review. */
export type Reader = 'writers' | 'submitted' | Exclude<Audience, 'public'>;

/** Who reads what is not for everybody: any of these, of one report. */
export interface Circle {
  readonly report: ReportId;
  readonly readers: readonly Reader[];
  /** Of those only who may read what is withheld from the public. */
  readonly isWithheld?: true;
}

/** Where an entry stands: what addresses it is made of. */
export interface Place {
  readonly organization?: string;
  readonly action?: string;
  readonly option?: string;
  readonly argument?: string;
  readonly series?: string;
  readonly year?: number;
  readonly section?: string;
  /** Of the report: the latest of those that the reader may read which says so. */
  readonly version?: number | 'draft';
  /** A later version of the same standing says something else. */
  readonly superseded?: true;
  readonly indicator?: string;
  readonly value?: number;
  readonly unit?: string;
  readonly sha256?: string;
  readonly clarification?: string;
  readonly reviewer?: string;
  readonly finding?: string;
  readonly synthesis?: string;
  /** Sequences of the events that say so. */
  readonly why: readonly number[];
}

/** Something that can be found. No entry says who a person is: persons are named in it by their ids at most, and not searched. */
export interface Entry {
  /** One name for it within its stream. */
  readonly part: string;
  readonly kind: EntryKind;
  readonly readBy: 'public' | Circle;
  /** Whose it is. */
  readonly organizations: readonly string[];
  /** Of the round that it belongs to, or in which it began. */
  readonly year?: number;
  /** BCP 47, where it is known. */
  readonly language?: string;
  readonly track?: string;
  /** What is found in it counts more. */
  readonly title?: string;
  readonly text: string;
  readonly place: Place;
}
