import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { type Edtf, hasLapsed, isPublished } from '#reporting';
import { type ActionDocument, DISPUTED } from '../folds/actions.js';
import type { ClarificationDocument } from '../folds/clarifications.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { stoodSince } from './clarification-standing.js';
import { documentAt, documentsIn, documentsOn } from './documents.js';
import { byAge, type InboxItem, type Waits } from './inbox.js';
import { punctualityOn, Today } from './report-year.js';

/** What waits for the secretariat in rounds that are open, the oldest first. */
export class InboxOfSecretariat extends Query<readonly InboxItem[]> {
  constructor(
    /** Who asks: what takes a second person does not wait for the first one. */
    readonly person?: string,
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(InboxOfSecretariat)
export class InboxOfSecretariatHandler implements IQueryHandler<InboxOfSecretariat> {
  constructor(
    private readonly views: Views,
    private readonly today: Today,
  ) {}

  execute({ person, asOf }: InboxOfSecretariat): Promise<readonly InboxItem[]> {
    const today = this.today.asOf(asOf) as Edtf;
    const open = documentsIn(this.views, 'cycles', '', asOf).filter(({ phase }) => phase === 'open');
    const inRounds = open.flatMap(({ series, year }) => {
      const round = `${series}/${year}/`;
      const reports = documentsIn(this.views, 'reports', round, asOf);
      const threads = documentsIn(this.views, 'clarifications', round, asOf);
      return [
        ...reports.flatMap((report) => this.ofReport(report, person, today)),
        ...threads.flatMap((thread) => this.ofThread(thread, asOf)),
      ];
    });
    const actions = documentsOn(this.views, 'actions', DISPUTED, asOf).flatMap(disputesIn);
    return Promise.resolve(byAge(this.views, today, [...inRounds, ...actions]));
  }

  private ofReport(report: ReportDocument, person: string | undefined, today: Edtf): Waits[] {
    const { series, year, organization, deadline } = report;
    const of = { series, year, organization };
    const missing =
      deadline && punctualityOn(this.views, report, today) === 'overdue' && report.phase !== 'no-response'
        ? [{ kind: 'answer-missing', ...of, dueOn: deadline, due: 'overdue', sequence: requestOf(report) } as const]
        : [];
    return [...missing, ...this.withoutDocument(report), ...ofVersion(report, person, today)].map((item) => ({
      ...of,
      ...item,
    }));
  }

  /** The letters of a round of the past that is entered later lie with nobody who works here. */
  private withoutDocument({ phase, year, documents, why }: ReportDocument): Waits[] {
    const enteredIn = Number(this.views.mark(why[0]!)?.recordedAt.slice(0, 4));
    const isAttached = documents?.some(({ document }) => document.sha256 !== undefined);
    if (phase !== 'answered-by-letter' || isAttached || enteredIn > year + 1) return [];
    return [{ kind: 'letter-without-document', sequence: why.at(-1)! }];
  }

  /** Of those that a reviewer asks, the answer waits for the reviewer. */
  private ofThread(thread: ClarificationDocument, asOf: number | undefined): Waits[] {
    const { series, year, organization, section, clarification, askedBy, state } = thread;
    const ofReviewer = documentAt(this.views, 'assessments', `${series}/${year}/${organization}/${askedBy}`, asOf);
    if (state !== 'answered' || ofReviewer) return [];
    const of = { series, year, organization, section, clarification };
    return [{ kind: 'thread-answered', ...of, sequence: stoodSince(thread) }];
  }
}

/** An extension makes them wait anew. */
const requestOf = ({ why, extensions }: ReportDocument) => extensions?.at(-1)?.why[0] ?? why[0]!;

/** Of the last version: noted, then published; an amendment that is being written makes another one of it. */
function ofVersion(report: ReportDocument, person: string | undefined, today: Edtf): Waits[] {
  const { phase, versions, noted = [], awaitsSecond } = report;
  const last = versions?.at(-1);
  if (phase !== 'submitted' || !last) return [];
  const { version } = last;
  const note = noted.find((each) => each.version === version);
  const toNote: Waits[] = note ? [] : [{ kind: 'version-to-note', version, sequence: last.sequence }];
  const proposed = awaitsSecond?.publication;
  if (proposed?.version === version && !hasLapsed(proposed, today)) {
    if (proposed.by === person) return toNote;
    return [...toNote, { kind: 'publication-to-second', version, sequence: proposed.sequence }];
  }
  if (!note || isPublished(report, version)) return toNote;
  return [{ kind: 'version-to-publish', version, sequence: last.sequence }];
}

function disputesIn({ action, lead, partners, partnerStandings = {} }: ActionDocument): Waits[] {
  return Object.entries(partnerStandings)
    .filter(([partner, { standing }]) => standing === 'disputed' && partners.includes(partner))
    .map(([partner, { sequence }]) => ({
      kind: 'partnership-disputed',
      action,
      organization: lead,
      partner,
      sequence,
    }));
}
