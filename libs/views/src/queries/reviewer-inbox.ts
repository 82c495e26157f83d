import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Audience, Edtf } from '#reporting';
import { daysBetween, isAfter, mayReadFor } from '#reporting';
import type { AssessmentDocument, FindingDocument } from '../folds/assessments.js';
import type { ClarificationDocument } from '../folds/clarifications.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { Today } from './report-year.js';

/** Something that waits for a reviewer. */
export interface Waiting {
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
  /** RFC 3339, UTC: since when it waits. */
  readonly since: string;
  /** How many days it has been waiting on the day that is asked for. */
  readonly days: number;
  readonly why: readonly number[];
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

type Item = Pick<Waiting, 'kind' | 'finding' | 'version' | 'clarification'> & {
  readonly sequence: number;
  readonly audience: Audience;
};

@QueryHandler(InboxOfReviewer)
export class InboxOfReviewerHandler implements IQueryHandler<InboxOfReviewer> {
  constructor(
    private readonly views: Views,
    private readonly today: Today,
  ) {}

  execute({ reviewer, reader, asOf }: InboxOfReviewer): Promise<readonly Waiting[]> {
    const today = this.today.asOf(asOf) as Edtf;
    const open = this.listed<AssessmentDocument>('assessments', `reviewer=${reviewer}`, asOf).filter(
      ({ phase, conflict }) => phase === 'assigned' && !conflict,
    );
    const asked = this.listed<ClarificationDocument>('clarifications', `asked-by=${reviewer}`, asOf);
    const waiting = open.flatMap((assessment) => {
      const { series, year, organization } = assessment;
      const items = [
        ...this.ofReport(assessment, asOf),
        ...ofFindings(assessment, today),
        ...asked.filter((each) => isOf(each, assessment)).flatMap(ofClarification),
      ];
      return items
        .filter(({ audience }) => mayReadFor(reader, audience))
        .map((waits): Waiting => {
          const { sequence, audience: _, ...item } = waits;
          const since = this.views.mark(sequence)?.recordedAt ?? '';
          const days = daysBetween(since.slice(0, 10) as Edtf, today) ?? 0;
          return { ...item, series, year, organization, since, days, why: [sequence] };
        });
    });
    return Promise.resolve(waiting.sort((a, b) => a.why[0]! - b.why[0]!));
  }

  private ofReport(assessment: AssessmentDocument, asOf: number | undefined): Item[] {
    const { series, year, organization, assigned, noConflict, findings = [] } = assessment;
    if (!noConflict) return [{ kind: 'declaration-missing', sequence: assigned.why[0]!, audience: 'public' }];
    const found = this.views.document('reports', `${series}/${year}/${organization}`, asOf);
    const last = found && (JSON.parse(found.body) as ReportDocument).versions?.at(-1);
    if (!last) return [];
    const { version, sequence } = last;
    const seen = Math.max(0, ...findings.map(({ written }) => written.version));
    if (seen >= version) return [];
    const since = Math.max(sequence, noConflict.why[0]!);
    return [{ kind: seen ? 'later-version' : 'version-to-read', version, sequence: since, audience: 'reviewers' }];
  }

  private listed<Doc>(view: string, list: string, asOf: number | undefined): Doc[] {
    return this.views
      .listed(view, [list], asOf === undefined ? {} : { asOf })
      .map(({ body }) => JSON.parse(body) as Doc);
  }
}

function ofFindings({ findings = [] }: AssessmentDocument, today: Edtf): Item[] {
  const items = findings.flatMap((each) => ofFinding(each, today));
  const isDone = findings.length > 0 && findings.every(({ standing }) => standing === 'published');
  if (!isDone) return items;
  const sequence = Math.max(...findings.map(({ published }) => published!.why[0]!));
  return [{ kind: 'assessment-to-conclude', sequence, audience: 'reviewers' }];
}

function ofFinding({ finding, standing, written, shown }: FindingDocument, today: Edtf): Item[] {
  const of = { finding, audience: 'reviewers' } as const;
  if (standing === 'draft') return [{ kind: 'draft-to-show', ...of, sequence: written.why.at(-1)! }];
  if (standing !== 'shown' || !shown) return [];
  const comment = shown.comments.at(-1);
  if (comment) return [{ kind: 'comment-to-consider', ...of, sequence: comment.why[0]! }];
  return isAfter(today, shown.until) ? [{ kind: 'finding-to-publish', ...of, sequence: shown.why[0]! }] : [];
}

function ofClarification({ clarification, state, messages }: ClarificationDocument): Item[] {
  const answer = messages.findLast(({ kind }) => kind === 'answer');
  if (!answer || state !== 'answered') return [];
  return [{ kind: 'clarification-answered', clarification, sequence: answer.why[0]!, audience: 'reviewers' }];
}

function isOf(asked: ClarificationDocument, { series, year, organization }: AssessmentDocument): boolean {
  return asked.series === series && asked.year === year && asked.organization === organization;
}
