import { type DocumentRef, isPublished, type ReportId } from '#reporting';
import type { ReportDocument } from '../folds/reports.js';
import { reportForReaders } from '../queries/report-for-readers.js';
import { asShown, isShown, readReport, type WhichVersion } from '../queries/report-year.js';
import { isWithheld } from '../queries/withheld-parts.js';
import type { Views } from '../views.js';
import { attachmentOf } from './entries-of-record.js';
import type { Entry, Place } from './entry.js';

interface Words extends Pick<Entry, 'part' | 'kind' | 'language' | 'title' | 'text' | 'place'> {
  readonly isWithheld: boolean;
}

/** What some versions say in one part, in the same words. */
interface Said extends Words {
  readonly versions: number[];
}

/**
 * What a report says, section by section and language by language, in each of its versions and in the draft, as its readers
 * are shown it: what is withheld is only for those who read what was submitted. What several versions say in the same
 * words stands once, for everybody if one of them is published.
 */
export function entriesOfReport(views: Views, id: ReportId): Entry[] {
  const { series, year, organization } = id;
  const found = views.document('reports', `${series}/${year}/${organization}`);
  if (!found) return [];
  const report = JSON.parse(found.body) as ReportDocument;
  const { versions = [], published = 0 } = report;
  const latest = versions.at(-1)?.version ?? 0;
  const said = new Map<string, Said>();
  for (const { version } of versions) {
    for (const words of wordsIn(views, id, version)) {
      const text = textOf(words);
      const before = said.get(text);
      if (before) before.versions.push(version);
      else said.set(text, { ...words, versions: [version] });
    }
  }
  // Once it is signed, nothing can be written before an amendment is opened.
  const draft = report.phase === 'submitted' ? [] : wordsIn(views, id, 'draft');
  const drafted = draft.filter((words) => !said.get(textOf(words))?.versions.includes(latest));
  const shared = { organizations: [organization], year };
  const circle = (isWithheld: boolean) => ({ report: id, ...(isWithheld && ({ isWithheld } as const)) });
  return [
    ...[...said.values()].map(({ versions: all, part, isWithheld, place, ...words }): Entry => {
      const forAll = isWithheld ? [] : all.filter((version) => isPublished(report, version));
      const version = Math.max(...(forAll.length ? forAll : all));
      const superseded = !all.includes(forAll.length ? published : latest);
      return {
        ...shared,
        ...words,
        part: `${part} in ${version}`,
        readBy: forAll.length ? 'public' : { ...circle(isWithheld), readers: ['submitted'] },
        place: { ...place, version, ...(superseded && { superseded }) },
      };
    }),
    ...drafted.map(({ part, isWithheld, place, ...words }): Entry => {
      const readBy = { ...circle(isWithheld), readers: ['writers'] } as const;
      return { ...shared, ...words, part: `${part} in draft`, readBy, place: { ...place, version: 'draft' } };
    }),
    ...attachmentsOf(views, id, report).map((words): Entry => ({ ...shared, ...words })),
  ];
}

const textOf = ({ part, title, text }: Words) => JSON.stringify([part, title, text]);

function wordsIn(views: Views, id: ReportId, version: WhichVersion): Words[] {
  const read = readReport(views, id, undefined, version);
  if (!read) return [];
  const everybody = asShown(read);
  const at = (why: readonly number[]): Place => ({ ...id, why });
  const sections = read.sections.map(({ section, lang, text, why }): Words => {
    const isWithheld = !everybody.sections.some(
      (each) => each.section === section && each.lang === lang && isShown(each),
    );
    const place = { ...at(why), section };
    return { part: `${section}/${lang}`, kind: 'section', language: lang, text, place, isWithheld };
  });
  const claims = Object.entries(read.citations).flatMap(([action, { claims: made, why }]) =>
    made.map(({ criterion, text }, n): Words => {
      const place = { ...at(why), action };
      return {
        part: `claim ${action}/${criterion}/${n}`,
        kind: 'claim',
        text,
        place,
        isWithheld: !everybody.citations[action],
      };
    }),
  );
  const figures = Object.entries(read.figures).map(([indicator, { value, unit, why }]): Words => {
    const place = { ...at(why), indicator, value, unit };
    const isWithheld = !everybody.figures[indicator];
    return { part: `figure ${indicator}`, kind: 'figure', title: indicator, text: unit, place, isWithheld };
  });
  return [...sections, ...claims, ...figures];
}

/** Every document that the report names, for those who are shown that it does. */
function attachmentsOf(views: Views, id: ReportId, report: ReportDocument) {
  const { letter, documents = [] } = report;
  // The document of a report does not say by which event each came.
  const place: Place = { ...id, why: [] };
  const named = ({ documents: all = [] }: ReportDocument) =>
    new Set(all.map(({ document }) => JSON.stringify(document)));
  const published = named(reportForReaders(views, report, 'published'));
  const submitted = named(reportForReaders(views, report, 'submitted'));
  /** A document is read where the version is that it came with; until that is submitted, in the draft. */
  const told = (document: DocumentRef): { readBy: Entry['readBy']; version?: 'draft' } => {
    const text = JSON.stringify(document);
    if (published.has(text)) return { readBy: 'public' };
    const circle = { report: id, ...(isWithheld(report, document) && ({ isWithheld: true } as const)) };
    if (submitted.has(text)) return { readBy: { ...circle, readers: ['submitted'] } };
    return { readBy: { ...circle, readers: ['writers'] }, version: 'draft' };
  };
  return [
    ...(letter
      ? [{ part: 'attachment of the request', readBy: 'public', ...attachmentOf(letter, place) } as const]
      : []),
    ...documents.map(({ document, section }, n) => {
      const { readBy, ...at } = told(document);
      return {
        part: `attachment ${n}`,
        readBy,
        ...attachmentOf(document, { ...place, ...at, ...(section !== undefined && { section }) }),
      };
    }),
  ];
}
