import type { Confidence, Edtf, OrganizationId, Precision, Source } from '#reporting';
import { isFinal, participantsOf, precisionOf, yearOf } from '#reporting';
import type { Placed, See, View } from '../view.js';
import type { ActionDocument } from './actions.js';
import { actionAfter } from './actions.js';

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
  | 'report-started'
  | 'report-submitted'
  | 'amendment-opened'
  | 'report-withdrawn'
  | 'clarification-requested'
  | 'report-noted'
  | 'report-published'
  | 'part-withheld'
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
  readonly action?: {
    readonly action: string;
    readonly role: 'lead' | 'partner';
    readonly lead: OrganizationId;
    readonly partners: readonly OrganizationId[];
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

type Entries = ReadonlyMap<string, TimelineEntry>;

export const timeline: View<TimelineEntry> = {
  name: 'timeline',
  version: 1,
  keysOf: (event, see) => {
    const { before, after } = told(event, see);
    // An entry whose date was corrected leaves its old place.
    const keys = [...after.keys()];
    for (const key of before.keys()) if (!after.has(key)) keys.push(key);
    return keys;
  },
  apply: (document, event, key, see) => {
    const entry = told(event, see).after.get(key);
    return entry && document && same(document, entry) ? document : entry;
  },
};

const NONE: Entries = new Map();

/** What the event told, kept from one call to the next for the same event; it depends on nothing else. */
let last: { event: Placed; before: Entries; after: Entries } | undefined;

function told(event: Placed, see: See): { before: Entries; after: Entries } {
  if (last?.event === event) return last;
  if (event.subject.category === 'action') {
    const before = see('actions', event.subject.action) as ActionDocument | undefined;
    const after = actionAfter(before, event);
    last = { event, before: before ? entriesOf(before) : NONE, after: after ? entriesOf(after) : NONE };
  } else {
    last = { event, before: NONE, after: entriesOfEvent(event) };
  }
  return last;
}

/** Everything that an action puts into the timelines of its participants. */
function entriesOf(action: ActionDocument): Entries {
  const entries = new Map<string, TimelineEntry>();
  const { title, description, confidence, sources, statusHistory } = action;
  const from = action.why[0]!;
  for (const organization of participantsOf(action.lead, action)) {
    const about = { title, action: summaryOf(action, organization) };
    const put = (what: string, entry: Omit<TimelineEntry, 'organization' | 'precision' | 'title' | 'action'>) => {
      const key = `${organization}/${entry.date} ${action.action}/${what}`;
      entries.set(key, { organization, precision: precisionOf(entry.date), ...about, ...entry });
    };
    const started = action.startedOn.date;
    put('started', {
      kind: 'action-started',
      date: started,
      detail: description,
      confidence: action.startedOn.confidence ?? confidence,
      sources,
      sequence: from,
      why: action.why,
    });
    const ended = action.endedOn;
    if (ended && isFinal(action.status)) {
      const end = statusHistory.findLast(({ status }) => status === action.status)!;
      put('ended', {
        kind: 'action-ended',
        date: ended.date,
        detail: [action.status, action.supersededBy, end.reason].filter(Boolean).join(': '),
        confidence: ended.confidence ?? confidence,
        sequence: end.sequence,
        why: [...new Set([from, end.sequence])],
      });
    }
    for (const { title: detail, on, sequence } of action.milestones) {
      put(`milestone-${sequence}`, { kind: 'milestone-reached', date: on, detail, sequence, why: [sequence] });
    }
  }
  return entries;
}

function summaryOf(action: ActionDocument, organization: OrganizationId): NonNullable<TimelineEntry['action']> {
  return {
    action: action.action,
    role: organization === action.lead ? 'lead' : 'partner',
    lead: action.lead,
    partners: action.partners,
    status: action.status,
    ...(action.endedOn && { endedOn: action.endedOn.date }),
    track: action.track,
    scope: action.scope.test,
    counted: action.counted,
    issues: action.issues,
    groups: action.stakeholders.map(({ group }) => group),
    ...(action.inError && { inError: true as const }),
  };
}

type Told = Pick<TimelineEntry, 'kind' | 'title'> & {
  date?: Edtf | undefined;
  detail?: string | undefined;
  version?: number;
  confidence?: Confidence;
  sources?: readonly Source[];
};

/** What an event of an organization, a cycle or a report puts into timelines. */
function entriesOfEvent(event: Placed): Entries {
  const { subject } = event;
  const entries = new Map<string, TimelineEntry>();
  const put = (organization: OrganizationId, told: Told, report?: { series: string; year: number }) => {
    const { kind, title, detail, version, confidence, sources } = told;
    const [date, dateIs] = placeInTime(event, told.date, report?.year);
    entries.set(`${organization}/${date} ${event.stream}/${event.revision}`, {
      organization,
      kind,
      date,
      precision: precisionOf(date),
      ...(dateIs && { dateIs }),
      title,
      ...(detail && { detail }),
      ...(report && { report: { ...report, ...(version !== undefined && { version }) } }),
      ...(confidence && { confidence }),
      ...(sources && { sources }),
      sequence: event.sequence,
      why: [event.sequence],
    });
  };
  if (subject.category === 'organization') {
    const told = ofOrganization(event);
    if (told) put(subject.organization, told);
  } else if (subject.category === 'report') {
    const { organization, series, year } = subject;
    const told = ofReport(event);
    if (told) put(organization, told, { series, year });
  } else if (subject.category === 'cycle' && event.type === 'SynthesisIssued') {
    const { series, year } = subject;
    const { issuer, contributors, on, title, symbol, confidence, sources } = event.data;
    const name = symbol ? `${title} (${symbol})` : title;
    put(issuer, { kind: 'synthesis-issued', title: name, date: on, confidence, sources }, { series, year });
    for (const named of contributors) {
      if (named.organization === issuer) continue;
      const told = { date: on, detail: [named.status, named.note].filter(Boolean).join(': ') };
      const basis = { confidence: named.confidence, sources };
      put(named.organization, { kind: 'named-in-synthesis', title: name, ...told, ...basis }, { series, year });
    }
  }
  return entries;
}

function ofOrganization(event: Placed): Told | undefined {
  switch (event.type) {
    case 'OrganizationRenamed':
      return { kind: 'renamed', title: event.data.name, date: event.data.on, detail: event.data.reason };
    case 'OrganizationMarkedRelevant': {
      const { from, ground, sources } = event.data;
      return { kind: 'marked-relevant', title: 'Relevant organization', date: from, detail: ground, sources };
    }
    case 'OrganizationRelevanceEnded':
      return { kind: 'relevance-ended', title: 'No longer relevant', date: event.data.on, detail: event.data.reason };
    case 'OrganizationPlacedUnder': {
      const { parent, on, sources } = event.data;
      return on && { kind: 'placed-under', title: parent, date: on, sources };
    }
    case 'OrganizationMergedInto': {
      const { successor, on, sources } = event.data;
      return { kind: 'merged-into', title: successor, date: on, sources };
    }
    default:
      return undefined;
  }
}

function ofReport(event: Placed): Told | undefined {
  switch (event.type) {
    case 'ReportRequested': {
      const { on, deadline, note, confidence, sources } = event.data;
      const detail = [deadline && `Deadline ${deadline}`, note].filter(Boolean).join('. ');
      return { kind: 'report-requested', title: 'Report requested', date: on, detail, confidence, sources };
    }
    case 'ReportAcknowledged':
      return {
        kind: 'request-acknowledged',
        title: 'Request acknowledged',
        date: event.data.on,
        detail: event.data.note,
      };
    case 'ReportDeclined':
      return { kind: 'report-declined', title: 'Report declined', date: event.data.on, detail: event.data.reason };
    case 'ReportExempted':
      return { kind: 'report-exempted', title: 'Exempted from reporting', detail: event.data.reason };
    case 'ReportAnsweredByLetter': {
      const { on, document, reservation, note, confidence, sources } = event.data;
      const title = reservation ? 'Answered with reservation' : 'Answered';
      const detail = [document.title, reservation, note].filter(Boolean).join('. ');
      return { kind: 'answered-by-letter', title, date: on, detail, confidence, sources };
    }
    case 'NoResponseRecorded':
      return {
        kind: 'no-response-recorded',
        title: 'No response on record',
        date: event.data.on,
        detail: event.data.note,
      };
    case 'ReportDeadlineExtended': {
      const { from, to, reason } = event.data;
      return { kind: 'deadline-extended', title: `Deadline moved from ${from} to ${to}`, detail: reason };
    }
    case 'ReportStarted':
      return { kind: 'report-started', title: 'Report in preparation', date: event.data.on, detail: event.data.note };
    case 'ReportSubmitted':
    case 'ReportResubmitted': {
      const { on, version, reservation } = event.data;
      const title = `Report submitted, version ${version}${reservation ? ', with reservation' : ''}`;
      return { kind: 'report-submitted', title, date: on, detail: reservation, version };
    }
    case 'AmendmentOpened': {
      const { reason, material, sections } = event.data;
      const title = `${material ? 'Material amendment' : 'Amendment'} of ${sections.join(', ')}`;
      return { kind: 'amendment-opened', title, detail: reason };
    }
    case 'ReportWithdrawn':
      return { kind: 'report-withdrawn', title: 'Report withdrawn', detail: event.data.reason };
    case 'ClarificationRequested': {
      // Other threads belong to the people in them.
      if (event.data.visibility !== 'public') return undefined;
      const { section, question } = event.data;
      return { kind: 'clarification-requested', title: `Clarification of ${section} asked for`, detail: question };
    }
    case 'ReportNoted': {
      const { version, note } = event.data;
      return { kind: 'report-noted', title: `Version ${version} noted`, detail: note, version };
    }
    case 'ReportPublished':
      return {
        kind: 'report-published',
        title: `Version ${event.data.version} published`,
        version: event.data.version,
      };
    case 'PartWithheld': {
      const { version, part, reason } = event.data;
      return { kind: 'part-withheld', title: `${part} of version ${version} withheld`, detail: reason, version };
    }
    default:
      return undefined;
  }
}

/**
 * The date of the happening. Without one: when it was recorded; or, for an answer of an old round that the record leaves
 * undated and that was entered later, the year of its cycle.
 */
function placeInTime(
  event: Placed,
  date: Edtf | undefined,
  cycleYear: number | undefined,
): [Edtf, TimelineEntry['dateIs']?] {
  if (date) return [date];
  const recorded = (event.metadata['recordedAt'] ?? '').slice(0, 10) as Edtf;
  const undated = event.type === 'ReportAnsweredByLetter' || event.type === 'ReportStarted';
  const enteredLater = cycleYear !== undefined && yearOf(recorded) > cycleYear;
  return undated && enteredLater ? [String(cycleYear) as Edtf, 'cycle-year'] : [recorded, 'recorded'];
}

function same(a: TimelineEntry, b: TimelineEntry): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
