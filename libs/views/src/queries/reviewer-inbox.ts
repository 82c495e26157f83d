import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Audience, Edtf } from '#reporting';
import { isAfter, mayReadFor } from '#reporting';
import type { AssessmentDocument, FindingDocument } from '../folds/assessments.js';
import type { ClarificationDocument } from '../folds/clarifications.js';
import { Views } from '../views.js';
import { documentAt, documentsOn, keyOfReport } from './documents.js';
import { type Aged, byAge } from './inbox.js';
import { Today } from './report-year.js';

/** Something that waits for a reviewer. */
export interface Waiting extends Aged {
  readonly kind:
    | 'declaration-missing'
    | 'version-to-read'
    | 'later-version'
    | 'clarification-answered'
    | 'draft-to-show'
    | 'comment-to-consider'
    | 'finding-to-publish'
    | 'assessment-to-conclude';
  readonly series: string;
  readonly year: number;
  readonly organization: string;
  readonly finding?: string;
  readonly version?: number;
  readonly clarification?: string;
}

/** What waits for a reviewer, the oldest first. */
export class InboxOfReviewer extends Query<readonly Waiting[]> {
  constructor(
    readonly reviewer: string,
    /** `reviewers` for the reviewer's own eyes. */
    readonly reader: Audience = 'public',
    readonly asOf?: number,
  ) {
    super();
  }
}

type Item = Pick<Waiting, 'kind' | 'finding' | 'version' | 'clarification'> & { readonly sequence: number };

/** Who may know that it waits: everybody that a reviewer has not declared yet, and reviewers what they do. */
export const audienceOfWaiting = ({ kind }: Pick<Waiting, 'kind'>): Audience =>
  kind === 'declaration-missing' ? 'public' : 'reviewers';

@QueryHandler(InboxOfReviewer)
export class InboxOfReviewerHandler implements IQueryHandler<InboxOfReviewer> {
  constructor(
    private readonly views: Views,
    private readonly today: Today,
  ) {}

  execute({ reviewer, reader, asOf }: InboxOfReviewer): Promise<readonly Waiting[]> {
    const today = this.today.asOf(asOf) as Edtf;
    const open = documentsOn(this.views, 'assessments', `reviewer=${reviewer}`, asOf).filter(
      ({ phase, conflict }) => phase === 'assigned' && !conflict,
    );
    const asked = documentsOn(this.views, 'clarifications', `asked-by=${reviewer}`, asOf);
    const waiting = open.flatMap((assessment) => {
      const { series, year, organization } = assessment;
      const items = [
        ...this.ofReport(assessment, asOf),
        ...ofFindings(assessment, today),
        ...asked.filter((each) => isOf(each, assessment)).flatMap(ofClarification),
      ];
      return items
        .filter((item) => mayReadFor(reader, audienceOfWaiting(item)))
        .map((item) => ({ ...item, series, year, organization }));
    });
    return Promise.resolve(byAge(this.views, today, waiting));
  }

  private ofReport(assessment: AssessmentDocument, asOf: number | undefined): Item[] {
    const { assigned, noConflict, findings = [] } = assessment;
    if (!noConflict) return [{ kind: 'declaration-missing', sequence: assigned.why[0]! }];
    const last = documentAt(this.views, 'reports', keyOfReport(assessment), asOf)?.versions?.at(-1);
    if (!last) return [];
    const { version, sequence } = last;
    const seen = Math.max(0, ...findings.map(({ written }) => written.version));
    if (seen >= version) return [];
    const since = Math.max(sequence, noConflict.why[0]!);
    return [{ kind: seen ? 'later-version' : 'version-to-read', version, sequence: since }];
  }
}

function ofFindings({ findings = [] }: AssessmentDocument, today: Edtf): Item[] {
  const items = findings.flatMap((each) => ofFinding(each, today));
  const isDone = findings.length > 0 && findings.every(({ standing }) => standing === 'published');
  if (!isDone) return items;
  const sequence = Math.max(...findings.map(({ published }) => published!.why[0]!));
  return [{ kind: 'assessment-to-conclude', sequence }];
}

function ofFinding({ finding, standing, written, shown }: FindingDocument, today: Edtf): Item[] {
  if (standing === 'draft') return [{ kind: 'draft-to-show', finding, sequence: written.why.at(-1)! }];
  if (standing !== 'shown' || !shown) return [];
  const comment = shown.comments.at(-1);
  if (comment) return [{ kind: 'comment-to-consider', finding, sequence: comment.why[0]! }];
  return isAfter(today, shown.until) ? [{ kind: 'finding-to-publish', finding, sequence: shown.why[0]! }] : [];
}

function ofClarification({ clarification, state, messages }: ClarificationDocument): Item[] {
  const answer = messages.findLast(({ kind }) => kind === 'answer');
  if (!answer || state !== 'answered') return [];
  return [{ kind: 'clarification-answered', clarification, sequence: answer.why[0]! }];
}

function isOf(asked: ClarificationDocument, { series, year, organization }: AssessmentDocument): boolean {
  return asked.series === series && asked.year === year && asked.organization === organization;
}
