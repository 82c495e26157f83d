import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { AssessmentId, Audience, ReportId } from '#reporting';
import type { AssessmentDocument } from '../folds/assessments.js';
import { Views } from '../views.js';
import type { AssessmentAsRead, FindingAsRead } from './assessment-as-read.js';
import { assessmentFor } from './assessment-as-read.js';
import { documentAt, documentsIn, keyOfReport } from './documents.js';
import type { ShownReport } from './report-year.js';
import { asShown, readReport } from './report-year.js';
import { ReviewedReport } from './reviewed-report.js';

/** One criterion: what the organization claims and what reviewers find, side by side. Neither outweighs the other. */
export interface CriterionSideBySide {
  readonly criterion: string;
  readonly claims: readonly { readonly action: string; readonly text: string; readonly why: readonly number[] }[];
  readonly findings: readonly (FindingAsRead & {
    readonly reviewer: string;
    /** A version that was submitted after the one that the finding is about. It changes nothing in the finding. */
    readonly laterVersion?: number;
  })[];
}

export interface AssessmentsAnswer {
  /** The version whose claims these are; absent where none was submitted. */
  readonly version?: number;
  readonly reviewers: readonly Omit<AssessmentAsRead, 'findings'>[];
  readonly criteria: readonly CriterionSideBySide[];
}

/** The assessments of a report, as far as the reader may read them. */
export class AssessmentsOf extends Query<AssessmentsAnswer | undefined> {
  constructor(
    readonly id: ReportId,
    readonly reader: Audience = 'public',
    readonly asOf?: number,
    /** Claims of what is published only. */
    readonly words?: 'published',
  ) {
    super();
  }
}

@QueryHandler(AssessmentsOf)
export class AssessmentsOfHandler implements IQueryHandler<AssessmentsOf> {
  constructor(private readonly views: Views) {}

  /** Nothing where there is no report. */
  execute({ id, reader, asOf, words }: AssessmentsOf): Promise<AssessmentsAnswer | undefined> {
    const read = readReport(this.views, id, asOf, words);
    if (!read) return Promise.resolve(undefined);
    const { version } = read;
    const report = ReviewedReport.of(this.views, id, asOf);
    const found = assessmentsOf(this.views, id, asOf).map((document) => assessmentFor(reader, document, report));
    return Promise.resolve({
      ...(version !== undefined && { version }),
      reviewers: found.map(withoutFindings),
      criteria: sideBySide(asShown(read), found),
    });
  }
}

/** One reviewer's assessment of a report, as far as the reader may read it. */
export class AssessmentBy extends Query<AssessmentAsRead | undefined> {
  constructor(
    readonly id: AssessmentId,
    readonly reader: Audience = 'public',
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(AssessmentBy)
export class AssessmentByHandler implements IQueryHandler<AssessmentBy> {
  constructor(private readonly views: Views) {}

  execute({ id, reader, asOf }: AssessmentBy): Promise<AssessmentAsRead | undefined> {
    const found = documentAt(this.views, 'assessments', `${keyOfReport(id)}/${id.reviewer}`, asOf);
    return Promise.resolve(found && assessmentFor(reader, found, ReviewedReport.of(this.views, id, asOf)));
  }
}

/** With all that stands in them: what a reader may read is for the one who asks to see to. */
export const assessmentsOf = (views: Views, id: ReportId, asOf?: number): AssessmentDocument[] =>
  documentsIn(views, 'assessments', `${keyOfReport(id)}/`, asOf);

function withoutFindings(assessment: AssessmentAsRead): Omit<AssessmentAsRead, 'findings'> {
  const { findings: _, ...rest } = assessment;
  return rest;
}

function sideBySide(
  { citations, version, report }: ShownReport,
  found: readonly AssessmentAsRead[],
): CriterionSideBySide[] {
  // What was not signed is not claimed.
  const cited = version === undefined ? [] : Object.entries(citations);
  const claims = cited.flatMap(([action, { claims: made, why }]) => made.map((claim) => ({ ...claim, action, why })));
  const latest = report.versions?.at(-1)?.version ?? 0;
  const findings = found.flatMap(({ reviewer, findings: each }) => each.map((finding) => ({ reviewer, ...finding })));
  const criteria = [...new Set([...claims, ...findings].map(({ criterion }) => criterion))].sort();
  return criteria.map((criterion) => ({
    criterion,
    claims: claims
      .filter((claim) => claim.criterion === criterion)
      .map(({ action, text, why }) => ({ action, text, why })),
    findings: findings
      .filter((finding) => finding.criterion === criterion)
      .map((finding) => ({ ...finding, ...(finding.version < latest && { laterVersion: latest }) })),
  }));
}
