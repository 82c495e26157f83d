import type { CyclePeriod, Edtf, Source } from '#reporting';
import { compareDates } from '#reporting';
import type { Edition } from '../edition.js';
import type { ReportRow, RoundRow } from '../rows.js';
import type { Series } from '../series.js';
import { seriesOfStream } from '../series.js';
import { entryOf } from '../vocabularies.js';
import { FREE_FORM } from '../vocabulary.js';
import type { CommandFields, ImportStep, Origin } from './import-step.js';
import { prose, step } from './import-step.js';

/** All rows of one stream and year: one cycle. */
interface Round {
  readonly series: Series;
  readonly year: number;
  readonly rows: readonly [ReportRow, ...ReportRow[]];
  readonly facts?: RoundRow;
}

export function cycleSteps(edition: Edition): ImportStep[] {
  return roundsOf(edition).flatMap((round) => {
    const { series, rows } = round;
    const originOf = (id: string): Origin => ({ file: 'reports', version: edition.versions.reports, id });
    const together = originOf(rows.map(({ id }) => id).join('+'));
    return [
      step(together, ['cycles', 0], 'OpenCycle', openingOf(round, edition)),
      ...(series.row === 'synthesis'
        ? rows.map((row) => step(originOf(row.id), ['reports', 0], 'IssueSynthesis', synthesisOf(row, series)))
        : []),
    ];
  });
}

/** Who asks in a series; nobody where reports are made for an organization's own members, or out of others'. */
export function requesterOf({ askedBy }: Series, row: ReportRow): string | undefined {
  return askedBy === 'issuer' ? row.issuer : askedBy;
}

/**
 * The actions of a row that are an organization's own. In a round, what its requester leads is the round itself: nobody
 * who answers reports it, and nobody who does not name it a year later has dropped it.
 */
export function actionsReportedIn(row: ReportRow, organization: string, { actions }: Edition): readonly string[] {
  const { row: kind } = seriesOfStream(row.stream);
  return row.actions.filter((id) => {
    const action = actions.find((one) => one.id === id);
    if (!action || (kind === 'round' && action.organization === row.issuer)) return false;
    return action.organization === organization || action.partners.includes(organization);
  });
}

export function periodOf({ period }: ReportRow): CyclePeriod | undefined {
  return period && { from: period.from.date, to: period.to.date };
}

function roundsOf({ reports, rounds }: Edition): Round[] {
  const found = new Map<string, Round>();
  for (const row of reports) {
    const { stream, cycleYear: year } = row;
    const before = found.get(`${stream}/${year}`);
    const facts = rounds.find((one) => one.stream === stream && one.cycleYear === year);
    found.set(`${stream}/${year}`, {
      series: seriesOfStream(stream),
      year,
      rows: before ? [...before.rows, row] : [row],
      ...(facts && { facts }),
    });
  }
  return [...found.values()];
}

function openingOf(round: Round, edition: Edition): CommandFields['OpenCycle'] {
  const { series, year, rows, facts } = round;
  const [first] = rows;
  const label = entryOf(edition.vocabularies.lists, 'reportStreams', series.code)?.label ?? series.code;
  const requester = requesterOf(series, first);
  const opensOn = facts?.opensOn ?? earliest(rows.map((row) => row.date.date));
  const note = noteOf(round, opensOn, edition);
  return {
    series: series.slug,
    year,
    title: series.row === 'round' && rows.length === 1 ? first.title : `${label}, ${year}`,
    ...(requester && { requester }),
    opensOn,
    ...(facts?.dueOn && { dueOn: facts.dueOn }),
    ...(facts?.period && { period: facts.period }),
    form: FREE_FORM,
    ...(note && { note }),
    sources: distinct([...(facts?.sources ?? []), ...rows.flatMap((row) => row.sources)]),
  };
}

function noteOf({ series, rows, facts }: Round, opensOn: Edtf, edition: Edition): string | undefined {
  const openingIsKnown = facts?.opensOn ?? series.datedByRequest;
  const own = series.row === 'round' ? rows.map((row) => aboutRound(row, opensOn, facts, edition)) : [];
  return prose(
    ...own,
    facts?.note,
    !openingIsKnown && 'The opening is not on record: the earliest date on record stands in its place.',
  );
}

/** What a row says of the round as a whole, as far as no field of the cycle says it. */
function aboutRound(row: ReportRow, opensOn: Edtf, facts: RoundRow | undefined, edition: Edition): string | undefined {
  const period = periodOf(row);
  const isWindow = period && period.from === facts?.opensOn && period.to === facts.dueOn;
  const reported = row.contributors.flatMap((one) => actionsReportedIn(row, one.organization, edition));
  const left = row.actions.filter((id) => !reported.includes(id));
  return prose(
    row.description,
    row.note,
    row.date.date !== opensOn && `Dated ${row.date.date} in the record.`,
    period && !isWindow && `Period in the record: ${period.from} to ${period.to}.`,
    left.length > 0 && `The round itself is on record as ${left.join(', ')}.`,
  );
}

function synthesisOf(row: ReportRow, { slug }: Series): CommandFields['IssueSynthesis'] {
  const period = periodOf(row);
  return {
    series: slug,
    year: row.cycleYear,
    id: row.id,
    title: row.title,
    ...(row.symbol && { symbol: row.symbol }),
    issuer: row.issuer,
    on: row.date.date,
    ...(period && { period }),
    description: row.description,
    ...(row.note && { note: row.note }),
    contributors: row.contributors.map(({ organization, status, submitted, confidence, note }) => ({
      organization,
      status,
      ...(submitted && { on: submitted.date }),
      confidence,
      ...(note && { note }),
    })),
    actions: row.actions,
    confidence: row.confidence,
    sources: row.sources,
  };
}

/** Of two dates that cannot be told apart on the precision they share, the coarser: it claims less. */
function earliest([first, ...others]: readonly Edtf[]): Edtf {
  return others.reduce((least, date) => {
    const order = compareDates(date, least);
    return order < 0 || (order === 0 && date.length < least.length) ? date : least;
  }, first!);
}

function distinct(sources: readonly Source[]): readonly Source[] {
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}
