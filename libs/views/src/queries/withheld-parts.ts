import {
  documentKey,
  type DocumentRef,
  type Evidence,
  type ReportId,
  type Source,
  tellsOf,
  Withholding,
} from '#reporting';
import type { AttachedDocument, ReportDocument, WithheldPart } from '../folds/reports.js';
import type { Views } from '../views.js';
import { documentAt, keyOfReport } from './documents.js';

/**
 * What was withheld is withheld in all that was said before it, too: of a past moment the list is that of today, and tells
 * apart what was withheld later.
 */
export function withholdingAsToday(views: Views, report: ReportDocument, asOf: number | undefined): ReportDocument {
  if (asOf === undefined) return report;
  const { withheld = [] } = documentAt(views, 'reports', keyOfReport(report))!;
  const then = report.withheld?.length ?? 0;
  if (withheld.length === then) return report;
  return { ...report, withheld: withheld.map((each, n) => (n < then ? each : { ...each, later: true })) };
}

/** What is withheld of each of some reports, however often it is asked for. */
export function withholdingsToday(views: Views): (id: ReportId) => Withholding<WithheldPart> {
  const known = new Map<string, Withholding<WithheldPart>>();
  return (id) => {
    const key = keyOfReport(id);
    const withholding = known.get(key) ?? new Withholding(documentAt(views, 'reports', key)!.withheld);
    known.set(key, withholding);
    return withholding;
  };
}

/** Under which name a document of a report is withheld, if it is; `n`: its place in the list, from 0. */
export function partOfDocument(report: ReportDocument, n: number): WithheldPart | undefined {
  const withholding = new Withholding(report.withheld);
  if (report.phase === 'answered-by-letter') return withholding.letter();
  return withholding.document(n + 1, report.documents?.[n]?.section);
}

/** Of a list that begins with the first document that was attached, those that everybody may read. */
export function documentsShown(report: ReportDocument): readonly AttachedDocument[] {
  return (report.documents ?? []).filter((_, n) => partOfDocument(report, n) === undefined);
}

/** Whether a document is one that the report withholds: it would be read where else it is named. */
export function isWithheld(report: ReportDocument, named: DocumentRef): boolean {
  const key = documentKey(named);
  return partOfSome(report, (document) => documentKey(document) === key) !== undefined;
}

/** The withheld part of the report that a finding would tell by naming what it rests on. */
export function partBehind(report: ReportDocument, { document, source, action }: Evidence): WithheldPart | undefined {
  if (action !== undefined) return new Withholding(report.withheld).action(action);
  const named = document ?? source;
  return named && partOfSome(report, (each) => tellsOf(named, each));
}

function partOfSome(report: ReportDocument, is: (document: DocumentRef) => boolean): WithheldPart | undefined {
  for (const [n, { document }] of (report.documents ?? []).entries()) {
    const part = is(document) ? partOfDocument(report, n) : undefined;
    if (part) return part;
  }
  return undefined;
}

/**
 * A report for those who read no more than everybody: without documents, reservations and a letter that are withheld.
 * Documents are withheld by their places, so it is asked of a whole list, and once.
 */
export function withoutWithheld(report: ReportDocument): ReportDocument {
  const withholding = new Withholding(report.withheld);
  const { documents: _, reservation: __, versions, notes, sources, ...rest } = report;
  const shown = documentsShown(report);
  const isLetterKept = withholding.letter() !== undefined;
  const withReservation = reservationOr(withholding.reservation()?.reason);
  return {
    ...rest,
    ...(shown.length && { documents: shown }),
    ...withReservation(report),
    ...(versions && {
      versions: versions.map(({ reservation: ___, ...each }, n) => ({ ...each, ...withReservation(versions[n]!) })),
    }),
    // A note on what came by letter may say what the letter says.
    ...(notes && !isLetterKept && { notes }),
    ...(sources && { sources: isLetterKept ? sourcesBeside(report, sources) : sources }),
  };
}

/** A reservation, or why it does not stand there; nothing where there is none. */
const reservationOr =
  (withheld: string | undefined) =>
  ({ reservation }: { readonly reservation?: string }) => {
    if (reservation === undefined) return {};
    return withheld === undefined ? { reservation } : { reservationWithheld: withheld };
  };

/** Those of `sources` that are not the letter itself. */
export function sourcesBeside({ documents = [] }: ReportDocument, sources: readonly Source[]): readonly Source[] {
  return sources.filter((source) => !documents.some(({ document }) => tellsOf(source, document)));
}
