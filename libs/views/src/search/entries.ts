import {
  actionStream,
  assessmentStream,
  cycleStream,
  optionStream,
  organizationStream,
  type ReportId,
  reportStream,
  subjectOf,
} from '#reporting';
import type { AssessmentDocument } from '../folds/assessments.js';
import { documentsIn, keyOfReport } from '../queries/documents.js';
import type { Views } from '../views.js';
import { entriesOfAction, entriesOfCycle, entriesOfOption, entriesOfOrganization } from './entries-of-record.js';
import { entriesOfReport } from './entries-of-report.js';
import { entriesOfAssessment, entriesOfClarifications } from './entries-of-review.js';
import type { Entry } from './entry.js';

/** Raised whenever the same documents would give other entries. */
export const ENTRIES_VERSION = 4;

/** All that can be found of what a stream tells, as it stands now. */
export function entriesOf(views: Views, stream: string): Entry[] {
  const subject = subjectOf(stream);
  const from = <Doc>(view: string, key: string, entries: (document: Doc) => Entry[]): Entry[] => {
    const found = views.document(view, key);
    return found ? entries(JSON.parse(found.body) as Doc) : [];
  };
  switch (subject.category) {
    case 'organization':
      return from('organizations', subject.organization, entriesOfOrganization);
    case 'action':
      return from('actions', subject.action, entriesOfAction);
    case 'option':
      return from('options', subject.option, entriesOfOption);
    case 'cycle':
      return from('cycles', `${subject.series}/${subject.year}`, entriesOfCycle);
    case 'report': {
      const { series, year, organization } = subject;
      const id = { series, year, organization };
      return [...entriesOfReport(views, id), ...entriesOfClarifications(views, id)];
    }
    case 'assessment': {
      const { series, year, organization, reviewer } = subject;
      return from<AssessmentDocument>('assessments', `${series}/${year}/${organization}/${reviewer}`, (document) =>
        entriesOfAssessment(views, document),
      );
    }
    // They are about persons, and about what was sent.
    case 'mandate':
    case 'reminder':
      return [];
  }
}

/** Of which streams an event changes what can be found: a review quotes a version, and is for those who may read that. */
export function streamsTouchedBy(views: Views, { stream, type }: { readonly stream: string; readonly type: string }) {
  const subject = type === 'ReportPublished' ? subjectOf(stream) : undefined;
  if (subject?.category !== 'report') return [stream];
  const reviews = documentsIn(views, 'assessments', `${keyOfReport(subject)}/`);
  return [stream, ...reviews.map(assessmentStream)];
}

/** Of every document that something can be found of; a key is made of what the name of its stream is made of. */
const STREAMS: Readonly<Record<string, (key: string) => string>> = {
  organizations: organizationStream,
  actions: actionStream,
  options: optionStream,
  cycles: (key) => cycleStream(reportIn(key)),
  reports: (key) => reportStream(reportIn(key)),
  assessments: (key) => assessmentStream({ ...reportIn(key), reviewer: key.split('/', 4)[3]! }),
};

function reportIn(key: string): ReportId {
  const [series, year, organization] = key.split('/', 3) as [string, string, string];
  return { series, year: Number(year), organization };
}

const PAGE = 500;

/** Every stream that something can be found of, a page of documents at a time. */
export function* searchableStreams(views: Views): Generator<string, undefined> {
  for (const [view, streamOf] of Object.entries(STREAMS)) {
    let page = views.range(view, '', { limit: PAGE });
    while (page.length) {
      for (const { key } of page) yield streamOf(key);
      page = views.range(view, '', { limit: PAGE, after: page.at(-1)!.key });
    }
  }
  return undefined;
}
