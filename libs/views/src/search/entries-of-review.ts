import { AUDIENCES, type Audience, type ReportId } from '#reporting';
import type { AssessmentDocument } from '../folds/assessments.js';
import { assessmentFor } from '../queries/assessment-as-read.js';
import { clarificationsOf } from '../queries/clarifications-of.js';
import { ReviewedReport } from '../queries/reviewed-report.js';
import type { Views } from '../views.js';
import { attachmentOf } from './entries-of-record.js';
import type { Entry, Reader } from './entry.js';

type Shown = Omit<Entry, 'readBy' | 'organizations' | 'year'>;

/** What is asked of an organization about its report, what it answers, and what reviewers say of it among themselves. */
export function entriesOfClarifications(views: Views, id: ReportId): Entry[] {
  const { series, year, organization } = id;
  // Most reports have none, and to look once is a quarter of the price.
  if (!views.range('clarifications', `${series}/${year}/${organization}/`, { limit: 1 }).length) return [];
  return asShownTo(id, (reader) =>
    clarificationsOf(views, id, reader).flatMap(({ clarification, section, question, messages, why }) => {
      const part = `clarification ${clarification}`;
      const place = { ...id, section, clarification };
      // Withheld from this reader, with all that was said below it.
      if (question === undefined) return [];
      const asked: Shown = { part, kind: 'clarification', text: question, place: { ...place, why: why.slice(0, 1) } };
      const said = messages.flatMap((message): Shown[] => {
        const at = { ...place, why: message.why };
        const name = `${part} ${message.why[0]}`;
        const documents = message.documents ?? [];
        return [
          { part: name, kind: 'clarification', text: message.text, place: at },
          ...documents.map((document, n) => ({ part: `${name} attachment ${n}`, ...attachmentOf(document, at) })),
        ];
      });
      return [asked, ...said];
    }),
  );
}

/** What a reviewer finds, in the words that each reader is shown: a draft for some, an earlier text for others. */
export function entriesOfAssessment(views: Views, document: AssessmentDocument): Entry[] {
  const { series, year, organization, reviewer } = document;
  const report = ReviewedReport.of(views, document);
  const place = { series, year, organization, reviewer };
  return asShownTo({ series, year, organization }, (reader) => {
    const { findings, conclusion } = assessmentFor(reader, document, report);
    const found = findings.flatMap(({ published, note, ...now }): Shown[] =>
      (published ? [now, { finding: now.finding, ...published }] : [now]).map((text) => ({
        part: `finding ${text.finding} ${text.why.at(-1)}`,
        kind: 'finding',
        text: [text.statement, ...(text.comments ?? []), text === now ? note : undefined]
          .filter((each) => each !== undefined)
          .join('\n\n'),
        place: { ...place, finding: text.finding, version: text.version, why: text.why },
      })),
    );
    const concluded: Shown[] = conclusion
      ? [{ part: 'conclusion', kind: 'conclusion', text: conclusion.summary, place: { ...place, why: conclusion.why } }]
      : [];
    return [...found, ...concluded];
  });
}

/** Each text once, for all those who are shown it. */
function asShownTo({ series, year, organization }: ReportId, shownTo: (reader: Audience) => Shown[]): Entry[] {
  const readers = new Map<string, Audience[]>();
  const shown = new Map<string, Shown>();
  for (const reader of AUDIENCES) {
    for (const each of shownTo(reader)) {
      const text = JSON.stringify(each);
      shown.set(text, each);
      readers.set(text, [...(readers.get(text) ?? []), reader]);
    }
  }
  return [...shown].map(([text, each]) => {
    const [first, ...others] = readers.get(text)!;
    const circle = { report: { series, year, organization }, readers: [first, ...others] as Reader[] };
    const readBy = first === 'public' ? 'public' : circle;
    return { ...each, part: `${each.part} for ${first}`, readBy, organizations: [organization], year };
  });
}
