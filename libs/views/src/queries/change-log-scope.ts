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
import type { ActionDocument } from '../folds/actions.js';
import type { AssessmentDocument } from '../folds/assessments.js';
import type { CycleDocument } from '../folds/cycles.js';
import type { OptionDocument } from '../folds/options.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';

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
  has(event: InStream): boolean;
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
  const has = (event: InStream) => scopes.every((scope) => scope.has(event));
  const sets = scopes.flatMap(({ streams }) => (streams ? [streams] : []));
  if (!sets.length) return { has };
  const streams = sets.reduce((all, some) => all.filter((stream) => some.includes(stream)));
  return streams.length > MOST_STREAMS ? { has } : { streams, has };
}

function ofReport(views: Views, id: ReportId, asOf: number): Scope {
  const { series, year, organization } = id;
  const reviews = documents<AssessmentDocument>(
    views.range('assessments', `${series}/${year}/${organization}/`, { asOf }),
  );
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
  const prefix = `${id.series}/${id.year}/`;
  const reports = documents<ReportDocument>(views.range('reports', prefix, { asOf, limit: MOST_STREAMS }));
  const has = ({ stream }: InStream) => {
    const subject = subjectOf(stream);
    return 'series' in subject && isOf(subject, id);
  };
  if (reports.length === MOST_STREAMS) return { has };
  const reviews = documents<AssessmentDocument>(views.range('assessments', prefix, { asOf }));
  const ofReports = reports.flatMap((report) => [reportStream(report), reminderStream(report)]);
  return { streams: [cycleStream(id), ...ofReports, ...reviews.map(assessmentStream)], has };
}

function ofAction(views: Views, action: string, asOf: number): Scope {
  const options = documents<OptionDocument>(views.listed('options', [`action=${action}`], { asOf }));
  return {
    streams: [actionStream(action), ...options.map(({ option }) => optionStream(option))],
    has: ({ stream, type, data }) =>
      stream === actionStream(action) || (type === 'OptionTakenUp' && data.action === action),
  };
}

/** Its own record, its reports and reviews, actions in which it takes part, and where others name it. */
function ofOrganization(views: Views, id: string, asOf: number): Scope {
  const list = [`organization=${id}`] as const;
  const reports = documents<ReportDocument>(views.listed('reports', list, { asOf }));
  const reviews = documents<AssessmentDocument>(views.listed('assessments', list, { asOf }));
  const options = documents<OptionDocument>(views.listed('options', list, { asOf }));
  const actions = documents<ActionDocument>(views.listed('actions', [`participant=${id}`], { asOf }));
  const cycles = documents<CycleDocument>(views.range('cycles', '', { asOf })).filter(
    ({ syntheses }) => syntheses.length,
  );
  const joined = new Set(actions.map(({ action }) => actionStream(action)));
  return {
    streams: [
      organizationStream(id),
      ...reports.flatMap((report) => [reportStream(report), reminderStream(report)]),
      ...reviews.map(assessmentStream),
      ...joined,
      ...options.map(({ option }) => optionStream(option)),
      ...cycles.map(cycleStream),
    ],
    has(event) {
      const subject = subjectOf(event.stream);
      if ('organization' in subject) return subject.organization === id;
      return joined.has(event.stream) || isNamedIn(event, id);
    },
  };
}

/** Options that are handed to it, or that it speaks on; what the contributors to a synthesis are named in. */
function isNamedIn(event: ReportingEvent, id: string): boolean {
  switch (event.type) {
    case 'OptionHandedTo':
      return event.data.organization === id;
    case 'OptionTabled':
    case 'OptionArgued':
      return event.data.by.organization === id;
    case 'SynthesisIssued':
      return event.data.issuer === id || event.data.contributors.some(({ organization }) => organization === id);
    default:
      return false;
  }
}

const isOf = (one: CycleId, other: CycleId) => one.series === other.series && one.year === other.year;

const documents = <Doc>(found: readonly { readonly body: string }[]) =>
  found.map(({ body }) => JSON.parse(body) as Doc);
