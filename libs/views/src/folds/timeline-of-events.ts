import type { Confidence, Edtf, OrganizationId, Source } from '#reporting';
import { precisionOf, yearOf } from '#reporting';
import type { Placed } from '../view.js';
import type { Entries, TimelineEntry } from './timeline-entry.js';

type Told = Pick<TimelineEntry, 'kind' | 'title'> & {
  date?: Edtf | undefined;
  detail?: string | undefined;
  version?: number;
  confidence?: Confidence;
  sources?: readonly Source[];
};

/** What an event of an organization, a cycle or a report puts into timelines. It stays as it was told. */
export function entriesOfEvent(event: Placed): Entries {
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
  } else if (subject.category === 'report' || subject.category === 'reminder') {
    const { organization, series, year } = subject;
    const told = ofReport(event);
    if (told) put(organization, told, { series, year });
  } else if (subject.category === 'assessment') {
    const { organization, series, year } = subject;
    const told = ofAssessment(event);
    if (told) put(organization, told, { series, year });
  } else if (event.type === 'OptionHandedTo' && event.data.organization !== undefined) {
    const { organization, on, reason } = event.data;
    put(organization, { kind: 'option-handed-over', title: 'Policy option handed over', date: on, detail: reason });
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
    case 'ReminderSent': {
      const { deadline, days, sentOn, unconfirmed } = event.data;
      const unsure = unconfirmed && 'Whether the mail server took it is not known';
      const detail = [whenReminded(days, deadline), unsure].filter(Boolean).join('. ');
      return { kind: 'reminded', title: 'Reminder sent', date: sentOn, detail };
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
      return { kind: 'part-withheld', title: `${partToldOf(part, version)} withheld`, detail: reason, version };
    }
    default:
      return undefined;
  }
}

function partToldOf(part: string, version: number): string {
  if (part === 'letter') return 'The answer by letter';
  const told = part === 'reservation' ? 'The reservation' : part;
  return version === 0 ? told : `${told} of version ${version}`;
}

/** Only what is for everybody: drafts, comments on them and conflicts are for the people in them. */
function ofAssessment(event: Placed): Told | undefined {
  switch (event.type) {
    case 'ReviewerAssigned':
      return { kind: 'reviewer-assigned', title: 'Reviewer assigned', date: event.data.from };
    case 'FindingPublished': {
      const { criterion, statement, version } = event.data;
      return { kind: 'finding-published', title: `Finding on ${criterion}`, detail: statement, version };
    }
    case 'AssessmentConcluded':
      return { kind: 'assessment-concluded', title: 'Assessment concluded', detail: event.data.summary };
    default:
      return undefined;
  }
}

function whenReminded(days: number, deadline: Edtf): string {
  if (days === 0) return `On the day of the deadline ${deadline}`;
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return `${count} ${days < 0 ? 'before' : 'after'} the deadline ${deadline}`;
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
