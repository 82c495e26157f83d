import type { DocumentRef } from '../evidence.js';
import { documentKey, tellsOf } from '../evidence.js';
import type { Visibility } from '../report/clarifying.js';
import { isPublished } from '../report/published.js';
import { Withholding } from '../report/withholding.js';
import type { Audience } from './assessment.js';
import { AUDIENCES } from './assessment.js';
import type { NamedInThread } from './evidence-in-threads.js';
import { EvidenceInThreads } from './evidence-in-threads.js';
import type { Evidence, FindingText } from './finding.js';

/** An event of the report that a finding is about. */
interface OfReport {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Attached = { readonly document: DocumentRef; readonly section?: string };

/** What a finding told when it was shown to the organization, or published. */
export interface ToldFinding {
  readonly type: 'FindingShared' | 'FindingPublished';
  readonly data: Pick<FindingText, 'version' | 'evidence'>;
}

/**
 * Who may read what findings tell: nobody more than may read the version that is quoted, and the documents and actions that
 * are named. An event is read as a whole. `report`: all events of the report; `isEarlier`: whether one of them stands in
 * the record before the finding.
 */
export function audienceOfFindings<Event extends OfReport>(
  report: Iterable<Event>,
): (finding: ToldFinding, isEarlier: (event: Event) => boolean) => Audience {
  const attached: Attached[] = [];
  const withheld: { readonly part: string }[] = [];
  const publishedVersions: number[] = [];
  const attachedTo = new Map<unknown, number>();
  const toEverybody = new Set<string>();
  const visibilities = new Map<unknown, Visibility>();
  const inThreads: (NamedInThread & { readonly event: Event })[] = [];
  for (const event of report) {
    const { type, data } = event;
    if (type === 'DocumentAttached') attached.push(data as unknown as Attached);
    if (type === 'PartWithheld') withheld.push({ part: String(data['part']) });
    if (type === 'ReportSubmitted' || type === 'ReportResubmitted') attachedTo.set(data['version'], attached.length);
    if (type === 'ReportPublished') publishedVersions.push(Number(data['version']));
    if (type === 'ReportRequested' && data['letter']) toEverybody.add(documentKey(data['letter'] as DocumentRef));
    const { clarification } = data;
    if (type === 'ClarificationRequested') visibilities.set(clarification, data['visibility'] as Visibility);
    if (type === 'ClarificationWidened') visibilities.set(clarification, data['to'] as Visibility);
    if (type === 'ClarificationAnswered' || type === 'ClarificationFollowedUp') {
      const visibility = (data['visibility'] ?? visibilities.get(clarification) ?? 'internal') as Visibility;
      for (const document of (data['documents'] ?? []) as readonly DocumentRef[])
        inThreads.push({ document, clarification: String(clarification), visibility, event });
    }
  }
  const parts = new Withholding(withheld);
  const published = Math.max(0, ...publishedVersions.map((version) => attachedTo.get(version) ?? 0));
  for (const [n, { document, section }] of attached.slice(0, published).entries())
    if (!parts.document(n + 1, section)) toEverybody.add(documentKey(document));
  const threads = new EvidenceInThreads(inThreads, parts, (document) => toEverybody.has(documentKey(document)));

  const isWithheld = ({ action, document, source }: Evidence) => {
    if (action !== undefined) return parts.action(action) !== undefined;
    const named = document ?? source;
    if (!named) return false;
    return attached.some((each, n) => tellsOf(named, each.document) && parts.document(n + 1, each.section));
  };
  return ({ type, data: { version, evidence } }, isEarlier) => {
    const isForAll = type === 'FindingPublished' && isPublished({ publishedVersions }, version);
    const audiences = evidence.map((each): Audience => {
      const kept = threads.behind(each, ({ event }) => isEarlier(event));
      return kept?.audience ?? (isWithheld(each) ? 'organization' : 'public');
    });
    return narrowest([isForAll ? 'public' : 'organization', ...audiences]);
  };
}

const narrowest = (audiences: readonly Audience[]) => AUDIENCES.findLast((each) => audiences.includes(each))!;
