import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Audience, ReportId, Visibility } from '#reporting';
import { AUDIENCE_OF_MESSAGE, mayReadFor } from '#reporting';
import type { ClarificationDocument } from '../folds/clarifications.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';

const mayReadMessage = (reader: Audience, visibility: Visibility) =>
  mayReadFor(reader, AUDIENCE_OF_MESSAGE[visibility]);

/** A thread for its reader. The revision stays out: it would count what is left out. */
export type ThreadAsRead = Omit<ClarificationDocument, 'revision'>;

/**
 * A thread as far as a reader may read it; nothing where they may not know of it. What is left out leaves no trace: a note
 * among reviewers is neither counted nor dated for others.
 */
export function clarificationFor(reader: Audience, document: ClarificationDocument): ThreadAsRead | undefined {
  const { revision: _, ...thread } = document;
  if (!mayReadMessage(reader, thread.visibility)) return undefined;
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
export function clarificationsOf(
  views: Views,
  { series, year, organization }: ReportId,
  reader: Audience,
  asOf?: number,
): ThreadAsRead[] {
  return views
    .range('clarifications', `${series}/${year}/${organization}/`, asOf === undefined ? {} : { asOf })
    .flatMap(({ body }) => clarificationFor(reader, JSON.parse(body) as ClarificationDocument) ?? []);
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
    const found = this.views.document('reports', `${id.series}/${id.year}/${id.organization}`, asOf);
    if (!found) return Promise.resolve(undefined);
    const latest = (JSON.parse(found.body) as ReportDocument).versions?.at(-1)?.version ?? 0;
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
