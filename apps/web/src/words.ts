import type { ContributionStatus, Edtf, NotKnown, OrganizationId, YearStanding } from '#reporting';
import { isEdtf } from '#reporting';
import { labelOf } from '#reference-data';
import type { OptionState, ReportDocument, TimelineEntry, TimelineKind } from '#views';
import { dateInWords, listed, seriesNamed } from '#views';

export { dateInWords, listed, seriesNamed as seriesInWords };

// Every sentence that depends on a value, in one file: there will be six languages.

/** `22 November 2026, 09:30 UTC`, of a time in UTC as the record holds it. */
export function momentInWords(recordedAt: string): string {
  return `${dateInWords(recordedAt.slice(0, 10) as Edtf)}, ${recordedAt.slice(11, 16)} UTC`;
}

/** With a thin space between the thousands, which no language reads as a point or a comma. */
export function number(value: number): string {
  const [whole, part] = String(value).split('.') as [string, string?];
  return whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') + (part === undefined ? '' : `.${part}`);
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** An initial capital, for the beginning of a line. */
export const begun = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export type AnyStatus = ContributionStatus | 'NO_EVIDENCE';

/** The ends that the coded list of historic contributions did not need. */
const OTHER_STATUSES: Readonly<Record<string, string>> = {
  NO_EVIDENCE: 'Nothing on record',
  EXEMPTED: 'Exempted',
  WITHDRAWN: 'Withdrawn',
};

export function statusInWords(status: string): string {
  return OTHER_STATUSES[status] ?? labelOf('contributionStatuses', status);
}

const PHASES: Readonly<Record<ReportDocument['phase'], string>> = {
  none: 'nothing on record',
  requested: 'asked',
  acknowledged: 'acknowledged',
  declined: 'declined',
  exempted: 'exempted',
  'no-response': 'no response',
  'answered-by-letter': 'answered by letter',
  draft: 'in preparation',
  submitted: 'submitted',
  amending: 'being amended',
  withdrawn: 'withdrawn',
};

export const phaseInWords = (phase: ReportDocument['phase']) => PHASES[phase];

/** Rule: no deadline on record, no word of lateness. */
export function punctualityInWords({
  punctuality,
  requestedOn,
  deadline,
}: Pick<YearStanding, 'punctuality' | 'requestedOn' | 'deadline'>): string {
  const by = deadline && `the deadline of ${dateInWords(deadline)}`;
  switch (punctuality) {
    case 'not-applicable':
      if (!requestedOn) return 'No request is on record, so there is no punctuality to speak of';
      if (!deadline) return 'No deadline is on record, so it can be neither in time nor late';
      return 'No answer is expected any more';
    case 'not-due':
      return `Not due yet: ${by} has not passed`;
    case 'overdue':
      return `Overdue: ${by} has passed, and no answer is on record`;
    case 'on-time':
      return `In time for ${by}`;
    case 'late':
      return `Late: answered after ${by}`;
    case 'not-known':
      return `Whether it kept ${by} cannot be said: the answer is not dated precisely enough`;
    case 'no-evidence':
      return `No answer is on record; the request was entered after ${by}, so nobody waited for one here`;
  }
}

/** Why something cannot be said, as the end of a sentence. */
export function reasonInWords({ reason, years }: NotKnown): string {
  const of = listed(years);
  switch (reason) {
    case 'citations-not-on-record':
      return `the record of ${of} does not name the actions that the report cited`;
    case 'report-withdrawn':
      return `the report of ${of} was withdrawn`;
    case 'no-actions-on-record':
      return 'no action of this organization is on record';
    case 'no-figures-on-record':
      return `no figure is on record for ${listed(years).replace(' and ', ' or ')}`;
  }
}

const HAPPENED: Readonly<Record<TimelineKind, string>> = {
  'action-started': 'Action started',
  'action-ended': 'Action ended',
  'milestone-reached': 'Milestone reached',
  'partnership-confirmed': 'Partnership confirmed',
  'partnership-disputed': 'Partnership disputed',
  'track-reassigned': 'Moved to another track',
  'marked-relevant': 'Counted as relevant',
  'relevance-ended': 'No longer counted as relevant',
  renamed: 'Renamed',
  'placed-under': 'Placed under another body',
  'merged-into': 'Merged into another body',
  'report-requested': 'Asked',
  'request-acknowledged': 'Acknowledged',
  'report-declined': 'Declined',
  'report-exempted': 'Exempted',
  'answered-by-letter': 'Answered',
  'no-response-recorded': 'No response',
  'deadline-extended': 'Deadline moved',
  reminded: 'Reminded',
  'report-started': 'In preparation',
  'report-submitted': 'Submitted',
  'amendment-opened': 'Amendment',
  'report-withdrawn': 'Withdrawn',
  'clarification-requested': 'Asked back',
  'report-noted': 'Noted',
  'report-published': 'Published',
  'part-withheld': 'Part withheld',
  'reviewer-assigned': 'Reviewer assigned',
  'finding-published': 'Finding published',
  'assessment-concluded': 'Assessment concluded',
  'option-handed-over': 'Option handed over',
  'named-in-synthesis': 'Named in a report',
  'synthesis-issued': 'Report issued',
};

export const OPTION_STATE: Readonly<Record<OptionState, string>> = {
  tabled: 'Tabled',
  debated: 'Debated',
  'handed-over': 'Handed over',
  'taken-up': 'Taken up',
  closed: 'Closed',
};

/** Why an answer to paragraph 71 may not count an action. */
export const notCountedInWords = (track: string) =>
  `Not counted: ${track === 'EC' ? 'operational' : labelOf('tracks', track)}`;

export const happenedInWords = (kind: TimelineKind) => HAPPENED[kind];

/** When it happened, and how far that can be relied on. */
export function whenInWords({ date, dateIs }: Pick<TimelineEntry, 'date' | 'dateIs'>): string {
  if (dateIs === 'recorded') return `Recorded ${dateInWords(date)}, itself undated`;
  if (dateIs === 'cycle-year') return `Round of ${dateInWords(date)}, itself undated`;
  return dateInWords(date);
}

/** The detail of an entry, where the record puts a code or a date into it. */
export function detailInWords({ kind, detail, action }: TimelineEntry): string | undefined {
  if (detail === undefined) return undefined;
  const [code, rest] = cut(detail, ': ');
  switch (kind) {
    case 'named-in-synthesis':
      return [statusInWords(code), rest].filter(Boolean).join(': ');
    case 'action-ended':
      if (code !== action?.status) return detail;
      return rest && (code === 'SUPERSEDED' ? `By ${rest}` : rest);
    case 'track-reassigned':
      return detail.replace(/(?<=^From )(\w+) to (\w+)(?=: )/, (_, from: string, to: string) => {
        return `“${labelOf('tracks', from)}” to “${labelOf('tracks', to)}”`;
      });
    case 'reminded':
      return detail.replace(/(?<= deadline )[\d-]+(?=\.|$)/, inWordsIfDate);
    case 'report-requested':
      return detail.replace(/(?<=^Deadline )[\d-]+(?=\.|$)/, inWordsIfDate);
    default:
      return detail;
  }
}

/** Whose part in an action an entry tells of, and what they said of it; nothing where it tells of something else. */
export function partnershipIn({ kind, detail }: TimelineEntry): { partner: OrganizationId; said?: string } | undefined {
  const isPartnership = kind === 'partnership-confirmed' || kind === 'partnership-disputed';
  if (!isPartnership || detail === undefined) return undefined;
  const [partner, said] = cut(detail, ': ');
  return { partner, ...(said !== undefined && { said }) };
}

export function titleInWords({ kind, title }: Pick<TimelineEntry, 'kind' | 'title'>): string {
  return kind === 'deadline-extended' ? title.replace(/\d{4}(-\d{2}){0,2}/g, inWordsIfDate) : title;
}

const inWordsIfDate = (text: string) => (isEdtf(text) ? dateInWords(text) : text);

/** How much of a text was there before. Saying again what still holds is no fault, and is not called one. */
export function sharedInWords(
  { words, of, share }: { readonly words: number; readonly of: number; readonly share: number },
  earlier: number,
  later: number,
): string {
  return `${number(words)} of ${number(of)} words (${Math.round(share * 100)} %) of the text of ${later} stood in that of ${earlier}.`;
}

function cut(text: string, at: string): [string, string | undefined] {
  const place = text.indexOf(at);
  return place < 0 ? [text, undefined] : [text.slice(0, place), text.slice(place + at.length)];
}

export const CONFIDENCE = {
  found: 'Seen in a source',
  recalled: 'Recalled, to be verified',
} as const;
