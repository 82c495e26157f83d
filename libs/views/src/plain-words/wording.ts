import type {
  ActionEvent,
  ActionId,
  AssessmentEvent,
  CycleEvent,
  MandateEvent,
  OptionEvent,
  OrganizationEvent,
  OrganizationId,
  ReminderEvent,
  ReportEvent,
} from '#reporting';

/** How what an event names by an id reads; nothing where nothing is known of it. */
export interface Naming {
  readonly organization: (id: OrganizationId) => string | undefined;
  readonly action: (id: ActionId) => string | undefined;
  readonly option: (id: string) => string | undefined;
}

/** What an event says, in the words of one language. */
export interface InWords {
  /** What was done, as the end of a sentence that begins with who did it. */
  readonly did: string;
  /** Why, where the record says so. */
  readonly reason?: string;
  /** What a person said with it: a question, an answer, a note. */
  readonly said?: string;
}

/** One phrase for each type of event. A type without one does not compile, nor does one for a type that there is not. */
export type Phrases<Event extends { readonly type: string; readonly data: object }, About> = {
  readonly [Type in Event['type']]: (data: Extract<Event, { readonly type: Type }>['data'], about: About) => InWords;
};

/** Who gave a command, as the record names them. */
export interface Giver {
  readonly actor?: string;
  readonly role?: string;
  /** The name of the organization that they gave it for. */
  readonly onBehalfOf?: string;
}

/** What the events of a report are about, ready to stand in a sentence. */
export interface AboutReport {
  /** Such as “the report of Example Registry for 2008 (…)”. */
  readonly report: string;
  readonly organization: string;
  readonly naming: Naming;
}

export interface AboutAssessment extends AboutReport {
  readonly reviewer: string;
}

/** All that is said of events in one language. Another language is another one of these. */
export interface Wording {
  readonly organization: Phrases<OrganizationEvent, { readonly organization: string; readonly naming: Naming }>;
  readonly cycle: Phrases<CycleEvent, { readonly cycle: string; readonly naming: Naming }>;
  readonly report: Phrases<ReportEvent, AboutReport>;
  readonly reminder: Phrases<ReminderEvent, AboutReport>;
  readonly action: Phrases<ActionEvent, { readonly action: string; readonly naming: Naming }>;
  readonly option: Phrases<OptionEvent, { readonly option: string; readonly naming: Naming }>;
  readonly assessment: Phrases<AssessmentEvent, AboutAssessment>;
  readonly mandate: Phrases<MandateEvent, { readonly person: string }>;
  /**
   * What is said of an event that its reader may not read, where they must know that it happened. It says no more than what
   * everybody reads elsewhere. Of all others they are told nothing.
   */
  readonly withheld: Partial<
    Wording['organization'] & Phrases<ReportEvent, AboutReport> & Phrases<AssessmentEvent, AboutAssessment>
  >;
  /** Names of what streams are about. */
  readonly reportNamed: (organization: string, series: string, year: number) => string;
  readonly cycleNamed: (series: string, year: number) => string;
  readonly actionNamed: (title: string | undefined, id: string) => string;
  readonly optionNamed: (title: string | undefined, id: string) => string;
  readonly who: (giver: Giver) => string;
  readonly sentence: (who: string, words: InWords) => string;
}
