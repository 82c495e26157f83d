import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { hash } from 'node:crypto';
import type { Edtf, ReportId } from '#reporting';
import { canonicalText } from '../canonical-text.js';
import type { AttachedDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { asShown, type Insight, isShown, type ReportAsRead, readReport } from './report-year.js';
import { documentsShown, partOfDocument } from './withheld-parts.js';

/**
 * What a submitter is given for a version: the same for ever, since it speaks of that version and of the event that
 * submitted it only. Whoever may not read all of the version is given the rest of it, without its hash.
 */
export interface Receipt {
  /** `<series>/<year>/<organization>/<version>`. */
  readonly number: string;
  readonly version: number;
  /** RFC 3339, UTC, milliseconds: when the submission was recorded. */
  readonly recordedAt: string;
  /** The event that submitted it. */
  readonly sequence: number;
  readonly on: Edtf;
  readonly signatory: string;
  readonly firstSignatory?: string;
  /**
   * SHA-256, in hexadecimal digits, of `content` in the form of RFC 8785. Absent where a part is withheld from the reader: all
   * the rest is known, and a figure or a short text would be found by trying.
   */
  readonly sha256?: string;
  /** Why it is absent. */
  readonly sha256Withheld?: string;
  /** What the version says; without the words of parts that are withheld from the reader. */
  readonly content: ReceiptContent;
  /** Parts that `content` does not show: a section for what is attached to it. */
  readonly withheld?: readonly string[];
}

export interface ReceiptContent {
  readonly number: string;
  readonly sections: readonly { readonly section: string; readonly lang: string; readonly text: string }[];
  readonly citations: readonly { readonly action: string; readonly claims: readonly object[] }[];
  readonly figures: readonly { readonly indicator: string; readonly value: number; readonly unit: string }[];
  /** Absent where the version has none. A file is named by its own SHA-256. */
  readonly documents?: readonly AttachedDocument[];
}

export class ReceiptOf extends Query<Receipt | undefined> {
  constructor(
    readonly id: ReportId,
    readonly version: number,
    readonly insight: Insight = 'public',
  ) {
    super();
  }
}

@QueryHandler(ReceiptOf)
export class ReceiptOfHandler implements IQueryHandler<ReceiptOf> {
  constructor(private readonly views: Views) {}

  /** Nothing where there is no such version. */
  execute({ id, version, insight }: ReceiptOf): Promise<Receipt | undefined> {
    return Promise.resolve(receiptOf(this.views, id, version, insight));
  }
}

const WHY_NO_HASH =
  'The hash covers parts that are withheld from you, and would betray them to whoever tries what they may say. The ' +
  'organization and whoever reads all of the version are given it.';

export function receiptOf(
  views: Views,
  id: ReportId,
  version: number,
  insight: Insight = 'public',
): Receipt | undefined {
  const read = readReport(views, id, undefined, version);
  const signed = read?.report.versions?.find((each) => each.version === version);
  if (!read || !signed) return undefined;
  const { sequence, on, signatory, firstSignatory } = signed;
  const number = `${id.series}/${id.year}/${id.organization}/${version}`;
  const { content, withheld } = insight === 'insider' ? wholeOf(number, read) : shownOf(number, read);
  return {
    number,
    version,
    recordedAt: views.mark(sequence)!.recordedAt,
    sequence,
    on,
    signatory,
    ...(firstSignatory !== undefined && { firstSignatory }),
    ...(withheld.length
      ? { sha256Withheld: WHY_NO_HASH }
      : { sha256: hash('sha256', canonicalText(JSON.stringify(content))) }),
    content,
    ...(withheld.length && { withheld }),
  };
}

interface InReceipt {
  readonly content: ReceiptContent;
  readonly withheld: readonly string[];
}

const wholeOf = (number: string, read: ReportAsRead): InReceipt => ({
  content: contentOf(number, { ...read, documents: read.report.documents ?? [] }),
  withheld: [],
});

function shownOf(number: string, read: ReportAsRead): InReceipt {
  const { citations, figures, ...shown } = asShown(read);
  const sections = shown.sections.filter(isShown);
  const documents = documentsShown(read.report);
  return {
    content: contentOf(number, { sections, citations, figures, documents }),
    withheld: [
      ...read.sections.filter((each) => !sections.includes(each)).map((each) => `${each.section}/${each.lang}`),
      ...leftOut('action', read.citations, citations),
      ...leftOut('figure', read.figures, figures),
      ...new Set((read.report.documents ?? []).flatMap((_, n) => partOfDocument(read.report, n)?.part ?? [])),
    ],
  };
}

const leftOut = (kind: string, all: object, shown: object): string[] =>
  Object.keys(all).flatMap((name) => (Object.hasOwn(shown, name) ? [] : [`${kind} ${name}`]));

interface Said extends Pick<ReportAsRead, 'sections' | 'citations' | 'figures'> {
  readonly documents: readonly AttachedDocument[];
}

function contentOf(number: string, { sections, citations, figures, documents }: Said): ReceiptContent {
  return {
    number,
    sections: sections.map(({ section, lang, text }) => ({ section, lang, text })),
    citations: Object.entries(citations).map(([action, { claims }]) => ({ action, claims })),
    figures: Object.entries(figures).map(([indicator, { value, unit }]) => ({ indicator, value, unit })),
    ...(documents.length && { documents }),
  };
}
