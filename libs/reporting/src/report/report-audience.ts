import type { Visibility } from './clarifying.js';

/**
 * Who may read what an event of a report says: everybody; the organization, the secretariat and the reviewers; reviewers
 * and the secretariat alone; or nobody but those who write for the organization.
 */
export type ReportAudience = 'public' | 'submitted' | 'reviewers' | 'writers';

interface Told {
  readonly revision: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Revisions that a version says, by the part of the report that they are about. */
type Parts = ReadonlyMap<string, readonly number[]>;

const OF_THREAD: Readonly<Record<Visibility, ReportAudience>> = {
  public: 'public',
  organization: 'submitted',
  internal: 'reviewers',
};

/** What happened to the report as such, and what the timeline tells everybody. */
const PUBLIC: ReadonlySet<string> = new Set([
  'ReportRequested',
  'ReportAcknowledged',
  'ReportDeclined',
  'ReportExempted',
  'ReportAnsweredByLetter',
  'NoResponseRecorded',
  'ReportDeadlineExtended',
  'ReportStarted',
  'AmendmentOpened',
  'ReportWithdrawn',
  'ReportNoted',
  'ReportPublished',
  'PartWithheld',
]);

/**
 * The audience of each event of one report, by revision, as it is after all of `events`. What is written is the writers'
 * until a version says it, and public once that version is. Words that no version says stay with their writers, and words
 * that are withheld with those who may read what was submitted. A type that is not known is for nobody but the writers.
 */
export function audiencesOfReport(events: Iterable<Told>): (revision: number) => ReportAudience {
  const audiences = new Map<number, ReportAudience>();
  const written = new Map<string, readonly number[]>();
  const versions = new Map<unknown, Parts>();
  const threads = new Map<unknown, { readonly asked: number; readonly audience: ReportAudience }>();
  const published: Parts[] = [];
  const withheld = new Set<unknown>();
  for (const { revision, type, data } of events) {
    if (PUBLIC.has(type)) audiences.set(revision, 'public');
    const part = partOf(type, data, revision);
    switch (type) {
      case 'SectionAnswered':
      case 'FigureReported':
      case 'ActionCited':
      case 'DocumentAttached':
        written.set(part, [revision]);
        break;
      case 'CarriedOverConfirmed':
        written.set(part, [...(written.get(part) ?? []), revision]);
        break;
      case 'SectionDropped':
      case 'ActionUncited':
        written.delete(part);
        break;
      case 'ReportSubmitted':
      case 'ReportResubmitted': {
        const said = new Map([...written, ['signature', [revision]]]);
        versions.set(data['version'], said);
        for (const each of [...said.values()].flat()) audiences.set(each, 'submitted');
        break;
      }
      case 'PublicationProposed':
        audiences.set(revision, 'submitted');
        break;
      case 'ReportPublished':
        published.push(versions.get(data['version']) ?? new Map());
        break;
      case 'PartWithheld':
        withheld.add(data['part']);
        break;
      case 'ClarificationRequested': {
        const audience = audienceFor(data['visibility']) ?? 'reviewers';
        threads.set(data['clarification'], { asked: revision, audience });
        audiences.set(revision, audience);
        break;
      }
      case 'ClarificationWidened': {
        // The question is told to more; what was said below it stays with those to whom it was said.
        const asked = threads.get(data['clarification'])?.asked;
        const audience = audienceFor(data['to']) ?? 'reviewers';
        if (asked === undefined) break;
        threads.set(data['clarification'], { asked, audience });
        audiences.set(asked, audience).set(revision, audience);
        break;
      }
      case 'ClarificationAnswered':
      case 'ClarificationFollowedUp':
      case 'ClarificationDueDateMoved':
      case 'ClarificationClosed':
      case 'ClarificationReopened': {
        const thread = threads.get(data['clarification'])?.audience ?? 'reviewers';
        audiences.set(revision, audienceFor(data['visibility']) ?? thread);
        break;
      }
    }
  }
  for (const [part, revisions] of published.flatMap((parts) => [...parts])) {
    const isWithheld = withheld.has(part) || withheld.has(part.split('/', 1)[0]);
    if (!isWithheld) for (const each of revisions) audiences.set(each, 'public');
  }
  return (revision) => audiences.get(revision) ?? 'writers';
}

const audienceFor = (visibility: unknown): ReportAudience | undefined => OF_THREAD[visibility as Visibility];

/** A section is named as where it is withheld: `S13`, `S13/fr`. Names of other parts begin as no section does. */
function partOf(type: string, data: Told['data'], revision: number): string {
  const { section, lang, indicator, action } = data as Readonly<Record<string, string | undefined>>;
  if (type === 'FigureReported') return `figure ${indicator}`;
  if (type === 'ActionCited' || type === 'ActionUncited') return `action ${action}`;
  // A document that belongs to a section is withheld with it.
  if (type === 'DocumentAttached')
    return section === undefined ? `document ${revision}` : `${section}/document ${revision}`;
  return `${section}/${lang}`;
}
