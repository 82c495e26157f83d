import type { DocumentRef } from '../evidence.js';
import { documentKey } from '../evidence.js';
import type { Visibility } from './clarifying.js';
import { Withholding } from './withholding.js';

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

/** What was said by some events, and the part under which it is withheld, if it is. */
interface Said {
  readonly revisions: readonly number[];
  readonly partIn: (withholding: Withholding) => unknown;
}

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
  const written = new Map<string, Said>();
  const versions = new Map<unknown, readonly Said[]>();
  const threads = new Map<unknown, { readonly asked: number; readonly audience: ReportAudience }>();
  const published: Said[] = [];
  const attached: Attached[] = [];
  const saidElsewhere: Said[] = [];
  const withheld: { readonly part: string }[] = [];
  for (const { revision, type, data } of events) {
    if (PUBLIC.has(type)) audiences.set(revision, 'public');
    const { section = '', lang = '', indicator = '', action = '' } = data as Readonly<Record<string, string>>;
    const inThread = type.startsWith('Clarification') ? String(data['clarification']) : undefined;
    if (inThread !== undefined) {
      const named = (data['documents'] ?? []) as readonly DocumentRef[];
      saidElsewhere.push({
        revisions: [revision],
        partIn: (parts) => parts.clarification(inThread) ?? named.find((each) => isWithheld(each, attached, parts)),
      });
    }
    switch (type) {
      case 'SectionAnswered':
        written.set(`${section}/${lang}`, { revisions: [revision], partIn: (parts) => parts.section(section, lang) });
        break;
      case 'CarriedOverConfirmed': {
        const before = written.get(`${section}/${lang}`);
        if (before) written.set(`${section}/${lang}`, { ...before, revisions: [...before.revisions, revision] });
        break;
      }
      case 'SectionDropped':
        written.delete(`${section}/${lang}`);
        break;
      case 'FigureReported':
        written.set(`figure ${indicator}`, { revisions: [revision], partIn: (parts) => parts.figure(indicator) });
        break;
      case 'ActionCited':
        written.set(`action ${action}`, { revisions: [revision], partIn: (parts) => parts.action(action) });
        break;
      case 'ActionUncited':
        written.delete(`action ${action}`);
        break;
      case 'DocumentAttached': {
        attached.push(data as unknown as Attached);
        const n = attached.length;
        const partIn = (parts: Withholding) => parts.document(n, section);
        written.set(`document ${n}`, { revisions: [revision], partIn });
        break;
      }
      case 'ReportAnsweredByLetter':
        saidElsewhere.push({ revisions: [revision], partIn: withReservation(data, (parts) => parts.letter()) });
        break;
      case 'ReportSubmitted':
      case 'ReportResubmitted': {
        const signature = { revisions: [revision], partIn: withReservation(data, () => undefined) };
        const said = [...written.values(), signature];
        versions.set(data['version'], said);
        for (const each of revisionsOf(said)) audiences.set(each, 'submitted');
        break;
      }
      case 'PublicationProposed':
        audiences.set(revision, 'submitted');
        break;
      case 'ReportPublished':
        published.push(...(versions.get(data['version']) ?? []));
        break;
      case 'PartWithheld':
        withheld.push({ part: String(data['part']) });
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
  for (const revision of revisionsOf(published)) audiences.set(revision, 'public');
  const withholding = new Withholding(withheld);
  const isKept = ({ partIn }: Said) => partIn(withholding) !== undefined;
  for (const revision of revisionsOf([...published, ...saidElsewhere].filter(isKept)))
    if (audiences.get(revision) === 'public') audiences.set(revision, 'submitted');
  return (revision) => audiences.get(revision) ?? 'writers';
}

const audienceFor = (visibility: unknown): ReportAudience | undefined => OF_THREAD[visibility as Visibility];

const revisionsOf = (said: readonly Said[]) => said.flatMap(({ revisions }) => revisions);

/** An event is read as a whole: with the reservation goes what was said with it. */
const withReservation =
  ({ reservation }: Told['data'], partIn: Said['partIn']): Said['partIn'] =>
  (parts) =>
    partIn(parts) ?? (reservation === undefined ? undefined : parts.reservation());

type Attached = { readonly document: DocumentRef; readonly section?: string };

/** Whether a document is one that is withheld where it is attached: it would be read where else it is named. */
function isWithheld(named: DocumentRef, attached: readonly Attached[], parts: Withholding): boolean {
  const key = documentKey(named);
  return attached.some(
    ({ document, section }, n) => documentKey(document) === key && parts.document(n + 1, section) !== undefined,
  );
}
