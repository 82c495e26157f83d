import type { DocumentRef } from '#reporting';
import type { Edition } from '../edition.js';
import type { Contributor, ReportRow, RequestRow } from '../rows.js';
import { nameOf } from '../rows.js';
import type { Series } from '../series.js';
import { seriesOfStream } from '../series.js';
import { entryOf } from '../vocabularies.js';
import { actionsReportedIn, periodOf, requesterOf } from './cycles.js';
import { evidenceFor } from './editors.js';
import type { CommandFields, ImportStep, Origin } from './import-step.js';
import { prose, step } from './import-step.js';

const PHASE = ['reports', 0] as const;

/** What the record says of one organization in one round. */
interface Contribution {
  readonly row: ReportRow;
  readonly contributor: Contributor;
  readonly series: Series;
  readonly request?: RequestRow;
  readonly origin: Origin;
  readonly report: { readonly series: string; readonly year: number; readonly organization: string };
}

export function reportSteps(edition: Edition): ImportStep[] {
  return edition.reports
    .filter((row) => seriesOfStream(row.stream).row !== 'synthesis')
    .flatMap((row) => row.contributors.map((contributor) => contributionOf(row, contributor, edition)))
    .flatMap((contribution) => [...requestStep(contribution), ...outcomeStep(contribution, edition)]);
}

function contributionOf(row: ReportRow, contributor: Contributor, edition: Edition): Contribution {
  const { organization } = contributor;
  const series = seriesOfStream(row.stream);
  const name = nameOf({ report: row.id, organization });
  const request = edition.requests.find((one) => nameOf(one) === name);
  return {
    row,
    contributor,
    series,
    ...(request && { request }),
    origin: { file: 'reports', version: edition.versions.reports, id: name },
    report: { series: series.slug, year: row.cycleYear, organization },
  };
}

function requestStep({ row, series, request, report, origin }: Contribution): ImportStep[] {
  const requester = requesterOf(series, row);
  if (!request || !requester) return [];
  const { on, deadline, note, confidence, sources } = request;
  return [
    step(origin, PHASE, 'RequestReport', {
      ...report,
      requester,
      on,
      ...(deadline && { deadline }),
      ...(note && { note }),
      confidence,
      sources,
    }),
  ];
}

function outcomeStep(contribution: Contribution, edition: Edition): ImportStep[] {
  const { contributor, report, origin } = contribution;
  const { submitted, note, status, confidence } = contributor;
  switch (status) {
    case 'ANSWERED':
    case 'ANSWERED_WITH_RESERVATION':
    case 'VOLUNTARY':
      return [step(origin, PHASE, 'AnswerByLetter', answerOf(contribution, edition))];
    case 'IN_PREPARATION': {
      // The event has no field for how well this is known; the sources are those of the request and the round.
      const text = prose(note, `Confidence: ${confidence}.`);
      return [
        step(origin, PHASE, 'StartReport', {
          ...report,
          ...(submitted && { on: submitted.date }),
          standing: 'request-not-on-record',
          ...(text && { note: text }),
        }),
      ];
    }
    // What these two need beyond the row is checked when the files are read.
    case 'DECLINED':
      if (!submitted || !note) return [];
      return [step(origin, PHASE, 'DeclineReport', { ...report, on: submitted.date, reason: note })];
    case 'NO_RESPONSE':
      if (!submitted) return [];
      return [step(origin, PHASE, 'RecordNoResponse', { ...report, on: submitted.date, ...(note && { note }) })];
    case 'REQUESTED':
      return [];
    default:
      throw new Error(`No command is known for the contribution status ${status}`);
  }
}

function answerOf(contribution: Contribution, edition: Edition): CommandFields['AnswerByLetter'] {
  const { row, contributor, report } = contribution;
  const { organization, status, submitted, confidence } = contributor;
  const reserved = status === 'ANSWERED_WITH_RESERVATION';
  const reservation =
    contributor.note ?? entryOf(edition.vocabularies.lists, 'contributionStatuses', status)?.description;
  const note = prose(...aboutReport(contribution), !reserved && contributor.note);
  return {
    ...report,
    ...(submitted && { on: submitted.date }),
    document: documentOf(contribution, edition),
    ...(reserved && reservation && { reservation }),
    cites: actionsReportedIn(row, organization, edition),
    // The rules leave it out where a request is on record. Should that one be refused, this is what is then true.
    standing: status === 'VOLUNTARY' ? 'voluntary' : 'request-not-on-record',
    ...(note && { note }),
    confidence,
    sources: evidenceFor(`Answer of ${organization} (${row.id})`, confidence, row.sources),
  };
}

/** The organization's own document where the record has it; otherwise what is known is only that there was one. */
function documentOf({ row, contributor, series }: Contribution, edition: Edition): DocumentRef {
  const name = nameOf({ report: row.id, organization: contributor.organization });
  const address = edition.documents.find((one) => nameOf(one) === name)?.address;
  const source = address && row.sources.find((one) => one.address === address);
  const acronym = edition.organizations.find((one) => one.id === contributor.organization)?.acronym;
  const inRound = `Answer of ${acronym ?? contributor.organization}: ${row.title}`;
  const symbol = source ? source.symbol : undefined;
  return {
    title: series.row === 'report' ? row.title : source ? source.title : inRound,
    ...(address && { address }),
    ...(symbol && { symbol }),
  };
}

/** What a row that is one organization's report says of it, as far as no field of the answer says it. */
function aboutReport({ row, contributor, series }: Contribution): (string | undefined | false)[] {
  if (series.row !== 'report') return [];
  const period = periodOf(row);
  return [
    row.description,
    row.note,
    period && `Reports on ${period.from === period.to ? period.from : `${period.from} to ${period.to}`}.`,
    row.date.date !== contributor.submitted?.date && `Dated ${row.date.date} in the record.`,
  ];
}
