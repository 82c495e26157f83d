import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Audience, ReportId, Visibility } from '#reporting';
import { AUDIENCE_OF_MESSAGE, mayReadFor, Withholding } from '#reporting';
import type { ClarificationDocument } from '../folds/clarifications.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { documentAt, documentsIn, keyOfReport } from './documents.js';
import { isWithheld, withholdingAsToday } from './withheld-parts.js';

const mayReadMessage = (reader: Audience, visibility: Visibility) =>
  mayReadFor(reader, AUDIENCE_OF_MESSAGE[visibility]);

/** A thread for its reader. The revision stays out: it would count what is left out. */
export interface ThreadAsRead extends Omit<ClarificationDocument, 'revision' | 'question'> {
  /** Absent where the thread is withheld from the reader, with all that was said below it. */
  readonly question?: string;
  /** Why it is withheld from everybody. */
  readonly withheld?: string;
  /** It was withheld after the moment that is asked for. */
  readonly withheldLater?: true;
}

/**
 * A thread as far as a reader may read it; nothing where they may not know of it. What is left out leaves no trace: a note
 * among reviewers is neither counted nor dated for others. What its report withholds is not for everybody, who is told so.
 */
export function clarificationFor(
  reader: Audience,
  document: ClarificationDocument,
  report?: ReportDocument,
): ThreadAsRead | undefined {
  const { revision: _, ...thread } = document;
  if (!mayReadMessage(reader, thread.visibility)) return undefined;
  const part = new Withholding(report?.withheld).clarification(thread.clarification);
  const withheld = part && { withheld: part.reason, ...(part.later && { withheldLater: part.later }) };
  if (reader !== 'public') return { ...told(reader, thread), ...withheld };
  if (!withheld) return told(reader, report?.withheld ? withoutDocumentsWithheldIn(report, thread) : thread);
  const { question: __, ...asked } = thread;
  return { ...asked, messages: [], steps: [], why: thread.why.slice(0, 1), ...withheld };
}

type Thread = Omit<ClarificationDocument, 'revision'>;

function withoutDocumentsWithheldIn(report: ReportDocument, thread: Thread): Thread {
  const messages = thread.messages.map(({ documents, ...message }) => {
    const shown = documents?.filter((document) => !isWithheld(report, document)) ?? [];
    return { ...message, ...(shown.length && { documents: shown }) };
  });
  return { ...thread, messages };
}

/** What was said for the reader, and among those of whom they were one. */
function told(reader: Audience, thread: Thread): Thread {
  const messages = thread.messages.filter(({ visibility }) => mayReadMessage(reader, visibility));
  // What was done while the thread was narrower was done among fewer, but for the step that widened it.
  const since = thread.steps.findLastIndex(
    ({ visibility }) => visibility && !mayReadMessage(reader, visibility.from) && mayReadMessage(reader, visibility.to),
  );
  const steps = thread.steps.slice(Math.max(since, 0));
  const why = [thread.why[0]!, ...[...messages, ...steps].flatMap((each) => each.why).sort((a, b) => a - b)];
  return { ...thread, messages, steps, why };
}

/** The threads of a report, as far as the reader may read them, in the order of their names. */
export function clarificationsOf(views: Views, id: ReportId, reader: Audience, asOf?: number): ThreadAsRead[] {
  const key = keyOfReport(id);
  const threads = documentsIn(views, 'clarifications', `${key}/`, asOf);
  if (!threads.length) return [];
  const reportAt = (moment?: number) => documentAt(views, 'reports', key, moment)!;
  const { documents = [] } = reportAt();
  // A file that is withheld now may have been named here before it was attached to the report.
  const report = { ...withholdingAsToday(views, reportAt(asOf), asOf), documents };
  return threads.flatMap((thread) => clarificationFor(reader, thread, report) ?? []);
}

/** A thread beside the version that stands now. */
export interface ClarificationAsRead extends ThreadAsRead {
  /** A version that was submitted after the one that was asked about. The thread goes on with it. */
  readonly laterVersion?: number;
}

/** What was asked back about a report, as far as the reader may read it. */
export class ClarificationsOf extends Query<readonly ClarificationAsRead[] | undefined> {
  constructor(
    readonly id: ReportId,
    readonly reader: Audience = 'public',
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(ClarificationsOf)
export class ClarificationsOfHandler implements IQueryHandler<ClarificationsOf> {
  constructor(private readonly views: Views) {}

  /** Nothing where there is no report. */
  execute({ id, reader, asOf }: ClarificationsOf): Promise<readonly ClarificationAsRead[] | undefined> {
    const report = documentAt(this.views, 'reports', keyOfReport(id), asOf);
    if (!report) return Promise.resolve(undefined);
    const latest = report.versions?.at(-1)?.version ?? 0;
    const threads = clarificationsOf(this.views, id, reader, asOf);
    return Promise.resolve(
      threads.map((thread) => ({ ...thread, ...((thread.version ?? latest) < latest && { laterVersion: latest }) })),
    );
  }
}

/** How a report stands, without threads that its reader may not know of. */
export function withThreadsFor(reader: Audience, report: ReportDocument): ReportDocument {
  const { threads, openClarifications: _, ...rest } = report;
  if (!threads) return report;
  const shown = Object.entries(threads).filter(([, { visibility }]) => mayReadMessage(reader, visibility));
  if (!shown.length) return rest;
  const open = shown.filter(([, { state }]) => state === 'open').length;
  return { ...rest, threads: Object.fromEntries(shown), openClarifications: open };
}
