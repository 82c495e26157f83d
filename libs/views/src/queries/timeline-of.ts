import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { OrganizationId, ReportId } from '#reporting';
import { isPublished, Withholding } from '#reporting';
import type { Found } from '../engine/view-file.js';
import type { ReportDocument } from '../folds/reports.js';
import type { TimelineEntry } from '../folds/timeline-entry.js';
import type { Page } from '../views.js';
import { Views } from '../views.js';
import { documentAt, documentsIn, keyOfReport } from './documents.js';
import { sourcesBeside } from './withheld-parts.js';

/** Entries whose detail is what a report says, or quotes it: it is told as far as that is. */
const OF_WORDS: readonly TimelineEntry['kind'][] = [
  'report-submitted',
  'answered-by-letter',
  'clarification-requested',
  'finding-published',
];

/** The organization as it stands, and its timeline in the order in which things happened; both as JSON texts. */
export interface TimelineAnswer {
  readonly organization: Found;
  readonly entries: readonly Found[];
}

/** Everything that an organization did, was asked, answered, was asked back and was found. */
export class TimelineOf extends Query<TimelineAnswer | undefined> {
  constructor(
    readonly organization: OrganizationId,
    readonly page: Page = {},
  ) {
    super();
  }
}

@QueryHandler(TimelineOf)
export class TimelineOfHandler implements IQueryHandler<TimelineOf> {
  constructor(private readonly views: Views) {}

  execute({ organization: id, page }: TimelineOf): Promise<TimelineAnswer | undefined> {
    const organization = this.views.document('organizations', id, page.asOf);
    if (!organization) return Promise.resolve(undefined);
    const told = new ReportsTold(this.views, page.asOf);
    const entries = this.views.range('timeline', `${id}/`, page).map((entry) => forEverybody(entry, told));
    return Promise.resolve({ organization, entries });
  }
}

/** That a version came with a reservation is for everybody to know; what it says is read with the version. */
function forEverybody(found: Found, told: ReportsTold): Found {
  if (!OF_WORDS.some((kind) => found.body.includes(kind))) return found;
  const { detail, ...entry } = JSON.parse(found.body) as TimelineEntry;
  if (!OF_WORDS.includes(entry.kind) || detail === undefined || !entry.report) return found;
  const { series, year, version } = entry.report;
  const { now, before, threads } = told.of({ series, year, organization: entry.organization });
  // What is withheld now is withheld in all that was said before.
  const withheld = now.withheld && withheldOf(entry, now, threads);
  if (!withheld && (version === undefined || isPublished(before, version))) return found;
  return { ...found, body: JSON.stringify({ ...entry, ...withheld }) };
}

function withheldOf(
  entry: TimelineEntry,
  report: ReportDocument,
  threads: ReportTold['threads'],
): Partial<TimelineEntry> | undefined {
  const withholding = new Withholding(report.withheld);
  switch (entry.kind) {
    case 'report-submitted': {
      const part = withholding.reservation();
      return part && { withheld: part.reason };
    }
    case 'answered-by-letter': {
      const letter = withholding.letter();
      const part = letter ?? (report.reservation === undefined ? undefined : withholding.reservation());
      const { sources } = entry;
      // With the reservation alone, the letter stays what it was answered by.
      return part && { withheld: part.reason, ...(letter && sources && { sources: sourcesBeside(report, sources) }) };
    }
    case 'clarification-requested': {
      const asked = threads().get(entry.sequence);
      const part = asked === undefined ? undefined : withholding.clarification(asked);
      return part && { withheld: part.reason };
    }
    default:
      return undefined;
  }
}

interface ReportTold {
  readonly now: ReportDocument;
  /** At the moment that is asked for. */
  readonly before: ReportDocument;
  /** Clarifications by the sequences at which they were asked. */
  readonly threads: () => ReadonlyMap<number, string>;
}

/** The reports of a timeline, each read once, however many entries are about it. */
class ReportsTold {
  private readonly told = new Map<string, ReportTold>();

  constructor(
    private readonly views: Views,
    private readonly asOf: number | undefined,
  ) {}

  of(id: ReportId): ReportTold {
    const key = keyOfReport(id);
    const known = this.told.get(key) ?? this.read(key);
    this.told.set(key, known);
    return known;
  }

  private read(key: string): ReportTold {
    const now = documentAt(this.views, 'reports', key)!;
    const before = this.asOf === undefined ? now : documentAt(this.views, 'reports', key, this.asOf)!;
    let asked: ReadonlyMap<number, string> | undefined;
    const threads = () => {
      const all = () => documentsIn(this.views, 'clarifications', `${key}/`);
      return (asked ??= new Map(all().map(({ why, clarification }) => [why[0]!, clarification])));
    };
    return { now, before, threads };
  }
}
