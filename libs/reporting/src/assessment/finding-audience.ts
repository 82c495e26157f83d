import type { DocumentRef } from '../evidence.js';
import { tellsOf } from '../evidence.js';
import { isPublished } from '../report/published.js';
import { Withholding } from '../report/withholding.js';
import type { Audience } from './assessment.js';
import type { Evidence, FindingText } from './finding.js';

/** An event of the report that a finding is about. */
interface OfReport {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Attached = { readonly document: DocumentRef; readonly section?: string };

/**
 * Who may read a finding on a report that is published: nobody more than may read the version that it quotes, and the
 * documents and actions that it names. An event is read as a whole. `report`: all events of the report.
 */
export function audienceOfPublished(
  report: Iterable<OfReport>,
): (finding: Pick<FindingText, 'version' | 'evidence'>) => Audience {
  const attached: Attached[] = [];
  const withheld: { readonly part: string }[] = [];
  const publishedVersions: number[] = [];
  for (const { type, data } of report) {
    if (type === 'DocumentAttached') attached.push(data as unknown as Attached);
    if (type === 'PartWithheld') withheld.push({ part: String(data['part']) });
    if (type === 'ReportPublished') publishedVersions.push(Number(data['version']));
  }
  const parts = new Withholding(withheld);
  const isKept = ({ action, document, source }: Evidence) => {
    if (action !== undefined) return parts.action(action) !== undefined;
    const named = document ?? source;
    if (!named) return false;
    return attached.some((each, n) => tellsOf(named, each.document) && parts.document(n + 1, each.section));
  };
  return ({ version, evidence }) =>
    isPublished({ publishedVersions }, version) && !evidence.some(isKept) ? 'public' : 'organization';
}
