import {
  actionStream,
  assessmentStream,
  type CycleId,
  cycleStream,
  optionStream,
  organizationStream,
  reminderStream,
  type ReportId,
  type ReportingEvent,
  reportStream,
  subjectOf,
} from '#reporting';
import { Views } from '../views.js';
import { documentsIn, documentsOn, keyOfCycle, keyOfReport } from './documents.js';

/** What the log is asked about: all of these at once. */
export interface ChangesAbout {
  readonly organization?: string;
  readonly report?: ReportId;
  readonly cycle?: CycleId;
  readonly action?: string;
}

type InStream = ReportingEvent & { readonly stream: string };

/** A part of the log: the streams in which it stands, and which of their events belong to it. */
export interface Scope {
  /** Absent where they are all of them, or too many to be read apart. */
  readonly streams?: readonly string[];
  has(event: InStream, sequence: number): boolean;
}

/** Where there are more, it costs less to go through the log. */
const MOST_STREAMS = 400;

/** As the record stood at the sequence `asOf`. */
export function scopeOf(views: Views, about: ChangesAbout, asOf: number): Scope {
  const { organization, report, cycle, action } = about;
  const scopes = [
    ...(report ? [ofReport(views, report, asOf)] : []),
    ...(action === undefined ? [] : [ofAction(views, action, asOf)]),
    ...(organization === undefined ? [] : [ofOrganization(views, organization, asOf)]),
    ...(cycle ? [ofCycle(views, cycle, asOf)] : []),
  ];
  const has: Scope['has'] = (event, sequence) => scopes.every((scope) => scope.has(event, sequence));
  const sets = scopes.flatMap(({ streams }) => (streams ? [streams] : []));
  if (!sets.length) return { has };
  const streams = sets.reduce((all, some) => all.filter((stream) => some.includes(stream)));
  return streams.length > MOST_STREAMS ? { has } : { streams, has };
}

function ofReport(views: Views, id: ReportId, asOf: number): Scope {
  const { organization } = id;
  const reviews = documentsIn(views, 'assessments', `${keyOfReport(id)}/`, asOf);
  return {
    streams: [reportStream(id), reminderStream(id), ...reviews.map(assessmentStream)],
    has: ({ stream }) => {
      const subject = subjectOf(stream);
      return (
        'series' in subject && 'organization' in subject && subject.organization === organization && isOf(subject, id)
      );
    },
  };
}

function ofCycle(views: Views, id: CycleId, asOf: number): Scope {
  const prefix = `${keyOfCycle(id)}/`;
  const reports = documentsIn(views, 'reports', prefix, asOf, MOST_STREAMS);
  const has = ({ stream }: InStream) => {
    const subject = subjectOf(stream);
    return 'series' in subject && isOf(subject, id);
  };
  if (reports.length === MOST_STREAMS) return { has };
  const reviews = documentsIn(views, 'assessments', prefix, asOf);
  const ofReports = reports.flatMap((report) => [reportStream(report), reminderStream(report)]);
  return { streams: [cycleStream(id), ...ofReports, ...reviews.map(assessmentStream)], has };
}

function ofAction(views: Views, action: string, asOf: number): Scope {
  const options = documentsOn(views, 'options', `action=${action}`, asOf);
  return {
    streams: [actionStream(action), ...options.map(({ option }) => optionStream(option))],
    has: ({ stream, type, data }) =>
      stream === actionStream(action) || (type === 'OptionTakenUp' && data.action === action),
  };
}

/**
 * Its own record, its reports and reviews, actions in which it takes part, or took part up to the event by which it ceased to,
 * and where others name it.
 */
function ofOrganization(views: Views, id: string, asOf: number): Scope {
  const list = `organization=${id}`;
  const reports = documentsOn(views, 'reports', list, asOf);
  const reviews = documentsOn(views, 'assessments', list, asOf);
  const options = [list, `speaker=${id}`].flatMap((each) => documentsOn(views, 'options', each, asOf));
  const actions = documentsOn(views, 'actions', `participant=${id}`, asOf);
  const cycles = documentsIn(views, 'cycles', '', asOf).filter(({ syntheses }) => syntheses.length);
  const joined = new Map(actions.map(({ action }) => [actionStream(action), Infinity]));
  for (const { action, formerPartners } of documentsOn(views, 'actions', `former=${id}`, asOf)) {
    const left = formerPartners!.find(({ organization }) => organization === id)!;
    joined.set(actionStream(action), left.sequence);
  }
  const members = documentsIn(views, 'organizations', '', asOf).filter(
    ({ parents, mergedInto }) => mergedInto === id || parents.includes(id),
  );
  return {
    streams: [
      organizationStream(id),
      ...reports.flatMap((report) => [reportStream(report), reminderStream(report)]),
      ...reviews.map(assessmentStream),
      ...joined.keys(),
      ...new Set(options.map(({ option }) => optionStream(option))),
      ...cycles.map(cycleStream),
      ...members.map(({ organization }) => organizationStream(organization)),
    ],
    has(event, sequence) {
      const subject = subjectOf(event.stream);
      if ('organization' in subject && subject.organization === id) return true;
      const until = joined.get(event.stream);
      return (until !== undefined && sequence <= until) || isNamedIn(event, id);
    },
  };
}

/** Options that are handed to it, or that it speaks on; a synthesis that names it; who was placed under it or became it. */
function isNamedIn(event: ReportingEvent, id: string): boolean {
  switch (event.type) {
    case 'OptionHandedTo':
      return event.data.organization === id;
    case 'OptionTabled':
    case 'OptionArgued':
      return event.data.by.organization === id;
    case 'OrganizationPlacedUnder':
      return event.data.parent === id;
    case 'OrganizationMergedInto':
      return event.data.successor === id;
    case 'SynthesisIssued':
      return event.data.issuer === id || event.data.contributors.some(({ organization }) => organization === id);
    default:
      return false;
  }
}

const isOf = (one: CycleId, other: CycleId) => one.series === other.series && one.year === other.year;
