import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { AppointedRole, Edtf, OrganizationId, Phase } from '#reporting';
import { hasLapsed, isAfter } from '#reporting';
import type { ActionDocument } from '../folds/actions.js';
import type { AssessmentDocument } from '../folds/assessments.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { stoodSince } from './clarification-standing.js';
import { openState } from './deadlines.js';
import { documentsIn, documentsOn } from './documents.js';
import { byAge, type InboxItem, type Waits } from './inbox.js';
import { lastWritten, ReadinessOf, ReadinessOfHandler } from './report-readiness.js';
import { readReport, Today } from './report-year.js';

/** What waits for somebody who acts for an organization, the oldest first. */
export class InboxOfOrganization extends Query<readonly InboxItem[]> {
  constructor(
    readonly organization: OrganizationId,
    readonly role: AppointedRole,
    /** Who asks. Without one: whoever has the role. */
    readonly person?: string,
    readonly asOf?: number,
  ) {
    super();
  }
}

/** Asked, and not answered; a refusal and recorded silence end the waiting. */
const AWAITED: readonly Phase[] = ['requested', 'acknowledged', 'draft'];

@QueryHandler(InboxOfOrganization)
export class InboxOfOrganizationHandler implements IQueryHandler<InboxOfOrganization> {
  constructor(
    private readonly views: Views,
    private readonly today: Today,
    private readonly readiness: ReadinessOfHandler,
  ) {}

  async execute({ organization, role, person, asOf }: InboxOfOrganization): Promise<readonly InboxItem[]> {
    const today = this.today.asOf(asOf) as Edtf;
    const reports = documentsOn(this.views, 'reports', `organization=${organization}`, asOf);
    const waiting: Waits[] = [];
    for (const report of reports) {
      const { series, year } = report;
      const of = { series, year, organization };
      const items = [
        ...ofRequest(report, today),
        ...this.delegated(report, person, asOf),
        ...this.threads(report, today, asOf),
        ...(role === 'signatory' ? await this.toSign(report, person, today, asOf) : []),
      ];
      waiting.push(...items.map((item) => ({ ...of, ...item })));
    }
    // What they answer for: those who only write are not asked.
    if (role !== 'contributor') {
      const assessments = documentsOn(this.views, 'assessments', `organization=${organization}`, asOf);
      const actions = documentsOn(this.views, 'actions', `participant=${organization}`, asOf);
      waiting.push(...assessments.flatMap((each) => ofFindings(each, today)));
      waiting.push(...actions.flatMap((action) => toConfirm(action, organization)));
    }
    return byAge(this.views, today, waiting);
  }

  private delegated(report: ReportDocument, person: string | undefined, asOf: number | undefined): Waits[] {
    const { series, year, organization, phase, delegations = {} } = report;
    if (phase !== 'draft' && phase !== 'amending') return [];
    return Object.entries(delegations).flatMap(([section, { to, sequence }]) => {
      if (person !== undefined && to !== person) return [];
      const prefix = `${series}/${year}/${organization}/${section}/`;
      const answers = documentsIn(this.views, 'sections', prefix, asOf);
      const isWritten = answers.some(({ why }) => why.at(-1)! > sequence);
      return isWritten ? [] : [{ kind: 'section-delegated', section, sequence }];
    });
  }

  /** What reviewers ask among themselves does not show. */
  private threads({ series, year, organization }: ReportDocument, today: Edtf, asOf: number | undefined): Waits[] {
    const prefix = `${series}/${year}/${organization}/`;
    return documentsIn(this.views, 'clarifications', prefix, asOf).flatMap((thread) => {
      const { clarification, section, visibility, dueOn, state } = thread;
      if (state !== 'open' || visibility === 'internal') return [];
      const due = dueOn && { dueOn, due: openState(dueOn, today) };
      return [{ kind: 'thread-open', clarification, section, ...due, sequence: stoodSince(thread) }];
    });
  }

  private async toSign(
    report: ReportDocument,
    person: string | undefined,
    today: Edtf,
    asOf: number | undefined,
  ): Promise<Waits[]> {
    const withdrawal = report.awaitsSecond?.withdrawal;
    const ofWithdrawal: Waits[] =
      withdrawal && withdrawal.by !== person && !hasLapsed(withdrawal, today)
        ? [{ kind: 'withdrawal-to-second', sequence: withdrawal.sequence }]
        : [];
    const readiness = await this.readiness.execute(new ReadinessOf(report, asOf));
    const draft = readiness && readReport(this.views, report, asOf, 'draft');
    if (!draft) return ofWithdrawal;
    const { blockers, version, signatures } = readiness;
    if (blockers.some(({ code }) => code !== 'second-signature-missing')) return ofWithdrawal;
    const first = signatures.given.length ? report.awaitsSecond?.signature : undefined;
    if (!first) return [...ofWithdrawal, { kind: 'ready-for-signature', version, sequence: lastWritten(draft) }];
    if (first.signatory === person) return ofWithdrawal;
    return [...ofWithdrawal, { kind: 'signature-to-second', version, sequence: first.sequence }];
  }
}

function ofRequest({ phase, requestedOn, deadline, why, extensions }: ReportDocument, today: Edtf): Waits[] {
  if (!requestedOn || !AWAITED.includes(phase)) return [];
  const due = deadline && { dueOn: deadline, due: openState(deadline, today) };
  const acknowledging: Waits[] =
    phase === 'requested' ? [{ kind: 'request-to-acknowledge', ...due, sequence: why[0]! }] : [];
  if (!due || due.due === 'not-due') return acknowledging;
  return [...acknowledging, { kind: 'answer-due', ...due, sequence: extensions?.at(-1)?.why[0] ?? why[0]! }];
}

function ofFindings(assessment: AssessmentDocument, today: Edtf): Waits[] {
  const { series, year, organization, reviewer, phase, conflict, findings = [] } = assessment;
  if (phase === 'recused' || conflict) return [];
  return findings.flatMap(({ finding, standing, shown }) => {
    if (standing !== 'shown' || !shown || shown.comments.length || isAfter(today, shown.until)) return [];
    const due = { dueOn: shown.until, due: openState(shown.until, today) };
    const of = { series, year, organization, reviewer, finding };
    return [{ kind: 'finding-to-comment', ...of, ...due, sequence: shown.why[0]! } as const];
  });
}

function toConfirm(action: ActionDocument, partner: OrganizationId): Waits[] {
  const { action: id, partners, partnerStandings = {}, inError, why } = action;
  if (inError || !partners.includes(partner) || partnerStandings[partner]) return [];
  return [{ kind: 'partnership-to-confirm', action: id, partner, sequence: why[0]! }];
}
