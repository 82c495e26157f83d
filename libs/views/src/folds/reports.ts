import type {
  ClarifyingEvent,
  Consent,
  ContributionStatus,
  DocumentRef,
  Edtf,
  Phase,
  Proposal,
  Published,
  Source,
  Thread,
  UnaskedStanding,
} from '#reporting';
import { contributionStatusOf, isClarifying, overtaken, threadAfter } from '#reporting';
import type { Placed, View } from '../view.js';

/**
 * Where an organization's report of one cycle stands. Key: `<series>/<year>/<organization>`, so a cycle is a range.
 * What there is none of is absent: the document turns over some ten times, and each of its versions is kept.
 */
export interface ReportDocument extends Published {
  readonly series: string;
  readonly year: number;
  readonly organization: string;
  readonly phase: Phase;
  readonly status: ContributionStatus;
  readonly requester?: string;
  readonly requestedOn?: Edtf;
  readonly deadline?: Edtf;
  readonly extensions?: readonly {
    readonly from: Edtf;
    readonly to: Edtf;
    readonly reason: string;
    readonly why: readonly number[];
  }[];
  readonly form?: string;
  readonly unasked?: UnaskedStanding;
  readonly answeredOn?: Edtf;
  readonly reservation?: string;
  /** Only in what is told to those who may not read it: why there is one, and it does not stand here. */
  readonly reservationWithheld?: string;
  readonly letter?: DocumentRef;
  readonly decline?: { readonly on: Edtf; readonly reason: string };
  readonly exemption?: { readonly reason: string };
  readonly withdrawal?: { readonly reason: string };
  readonly notes?: readonly string[];
  /** Version n is the report as of the sequence at which it was submitted. */
  readonly versions?: readonly SubmittedVersion[];
  /** Only in what is told to those who do not read them: versions that were submitted, and are not published. */
  readonly unpublished?: readonly Pick<SubmittedVersion, 'version' | 'on' | 'sequence'>[];
  readonly amendment?: { readonly reason: string; readonly material: boolean; readonly sections: readonly string[] };
  readonly documents?: readonly AttachedDocument[];
  readonly delegations?: Readonly<
    Record<string, { readonly to: string; readonly note?: string; readonly sequence: number }>
  >;
  readonly noted?: readonly { readonly version: number; readonly sequence: number; readonly note?: string }[];
  /** The last version that was published: what everybody is shown who names none. */
  readonly published?: number;
  /** What a first person has done, and a second one has to do as well. */
  readonly awaitsSecond?: {
    readonly signature?: { readonly version: number; readonly signatory: string; readonly sequence: number };
    readonly publication?: { readonly version: number; readonly sequence: number } & Proposal;
    readonly withdrawal?: { readonly version?: number; readonly reason: string; readonly sequence: number } & Proposal;
  };
  readonly withheld?: readonly WithheldPart[];
  /** Of what was asked back: how it stands, and who may know of it. */
  readonly threads?: Readonly<Record<string, Pick<Thread, 'visibility' | 'state'>>>;
  /** How many of them wait for an answer. */
  readonly openClarifications?: number;
  /** How well it is known that it was asked for and answered: `recalled` if any of that is. */
  readonly confidence?: Source['confidence'];
  readonly sources?: readonly Source[];
  readonly revision: number;
  readonly why: readonly number[];
}

export interface AttachedDocument {
  readonly document: DocumentRef;
  readonly section?: string;
}

export interface WithheldPart {
  readonly version: number;
  readonly part: string;
  readonly reason: string;
  /** Only in what is read of a past moment: it was withheld after that. */
  readonly later?: true;
}

export interface SubmittedVersion {
  readonly version: number;
  readonly on: Edtf;
  readonly signatory: string;
  /** Who had signed before, where two sign. */
  readonly firstSignatory?: string;
  readonly reservation?: string;
  /** As of the report. */
  readonly reservationWithheld?: string;
  readonly consentToBeCited: Consent;
  /** The version is what all documents said as of this sequence. */
  readonly sequence: number;
}

export const reports: View<ReportDocument> = {
  name: 'reports',
  version: 7,
  keysOf: ({ type, subject }) =>
    // What is written in a draft stands in documents of its own; it would turn this one over with every sentence.
    subject.category === 'report' && !WRITING.has(type)
      ? [`${subject.series}/${subject.year}/${subject.organization}`]
      : [],
  apply: (document, event) => {
    const before = document ?? blank(event);
    const after = {
      ...before,
      ...changes(before, event),
      revision: event.revision,
      why: and(before.why, event.sequence),
    };
    after.status = contributionStatusOf(after) ?? after.status;
    if (after.awaitsSecond && !Object.keys(after.awaitsSecond).length) delete after.awaitsSecond;
    return after;
  },
  turnsOver: () => true,
  listsOf: ({ organization, letter, documents = [] }) => {
    const named = [letter, ...documents.map(({ document }) => document)].map((document) => document?.sha256);
    const kept = new Set(named.filter((sha256) => sha256 !== undefined));
    return [`organization=${organization}`, ...[...kept].map((sha256) => `document=${sha256}`)];
  },
};

/** Leaves a document behind that tells the revision. (`ActionUncited` and `SectionDropped` leave none, so they are told here.) */
const WRITING: ReadonlySet<string> = new Set([
  'SectionAnswered',
  'CarriedOverConfirmed',
  'FigureReported',
  'ActionCited',
]);

function blank({ subject }: Placed): ReportDocument {
  if (subject.category !== 'report') throw new Error('Only a report stream makes a report');
  const { series, year, organization } = subject;
  return { series, year, organization, phase: 'none', status: 'REQUESTED', revision: 0, why: [] };
}

function changes(report: ReportDocument, event: Placed): Partial<ReportDocument> {
  if (isClarifying(event)) return threadsAfter(report, event);
  const why = [event.sequence];
  switch (event.type) {
    case 'ReportRequested': {
      const { on, deadline, requester, form, letter, note, confidence, sources } = event.data;
      return {
        phase: report.phase === 'none' ? 'requested' : report.phase,
        requester,
        requestedOn: on,
        ...(deadline && { deadline }),
        ...(form && { form }),
        ...(letter && { letter }),
        ...noted(report, note),
        confidence: weaker(report.confidence, confidence),
        sources: and(report.sources, ...sources),
      };
    }
    case 'ReportAcknowledged':
      return { phase: 'acknowledged', ...noted(report, event.data.note) };
    case 'ReportDeclined':
      return { phase: 'declined', decline: event.data };
    case 'ReportExempted':
      return { phase: 'exempted', exemption: event.data };
    case 'ReportAnsweredByLetter': {
      const { on, document, reservation, standing, note, confidence, sources } = event.data;
      return {
        phase: 'answered-by-letter',
        ...(on && { answeredOn: on }),
        ...(reservation && { reservation }),
        ...(standing && { unasked: standing }),
        documents: and(report.documents, { document }),
        ...noted(report, note),
        confidence: weaker(report.confidence, confidence),
        sources: and(report.sources, ...sources),
      };
    }
    case 'NoResponseRecorded':
      return { phase: 'no-response', ...noted(report, event.data.note) };
    case 'ReportDeadlineExtended':
      return { deadline: event.data.to, extensions: and(report.extensions, { ...event.data, why }) };
    case 'ReportStarted': {
      const { form, standing, note } = event.data;
      return { phase: 'draft', form, ...(standing && { unasked: standing }), ...noted(report, note) };
    }
    case 'SectionDelegated': {
      const { section, ...delegation } = event.data;
      return { delegations: { ...report.delegations, [section]: { ...delegation, sequence: event.sequence } } };
    }
    case 'DocumentAttached':
      return { documents: and(report.documents, event.data), ...without(report, 'signature') };
    // Whatever is written after a signature undoes it. What leaves a document behind tells so there.
    case 'SectionDropped':
    case 'ActionUncited':
      return without(report, 'signature');
    case 'ReportSubmitted':
    case 'ReportResubmitted': {
      const { declaration: _, ...signed } = event.data;
      return {
        phase: 'submitted',
        answeredOn: report.answeredOn ?? signed.on,
        ...(signed.reservation && { reservation: signed.reservation }),
        ...proposalsAfter(report),
        versions: and(report.versions, { ...signed, sequence: event.sequence }),
      };
    }
    case 'SignatureGiven': {
      const { version, signatory } = event.data;
      return { awaitsSecond: { ...report.awaitsSecond, signature: { version, signatory, sequence: event.sequence } } };
    }
    case 'WithdrawalProposed': {
      const withdrawal = { ...event.data, sequence: event.sequence };
      return { awaitsSecond: { ...report.awaitsSecond, withdrawal } };
    }
    case 'PublicationProposed': {
      const publication = { ...event.data, sequence: event.sequence };
      return { awaitsSecond: { ...report.awaitsSecond, publication } };
    }
    case 'AmendmentOpened':
      return { phase: 'amending', amendment: event.data };
    case 'ReportWithdrawn':
      return { phase: 'withdrawn', withdrawal: { reason: event.data.reason }, ...without(report, 'withdrawal') };
    case 'ReportNoted':
      return { noted: and(report.noted, event.data) };
    case 'ReportPublished': {
      const { version } = event.data;
      const publishedVersions = and(report.publishedVersions, version);
      return { published: version, publishedVersions, ...without(report, 'publication') };
    }
    case 'PartWithheld':
      return { withheld: and(report.withheld, event.data) };
    default:
      return {};
  }
}

function threadsAfter({ threads = {} }: ReportDocument, event: ClarifyingEvent): Partial<ReportDocument> {
  const { clarification } = event.data;
  const before = threads[clarification];
  const after = threadAfter(before && { ...before, hasAnswer: false }, event);
  if (!after) return {};
  const { visibility, state } = after;
  const all = { ...threads, [clarification]: { visibility, state } };
  return { threads: all, openClarifications: Object.values(all).filter((each) => each.state === 'open').length };
}

/** A second person has done it, or it was undone. */
function without(
  report: ReportDocument,
  done: keyof NonNullable<ReportDocument['awaitsSecond']>,
): Partial<ReportDocument> {
  if (!report.awaitsSecond) return {};
  const { [done]: _, ...rest } = report.awaitsSecond;
  return { awaitsSecond: rest };
}

/** A version that is submitted has its signatures; what was proposed on the one before is agreed with by nobody more. */
function proposalsAfter(report: ReportDocument): Partial<ReportDocument> {
  if (!report.awaitsSecond) return {};
  const { publication, withdrawal } = report.awaitsSecond;
  return {
    awaitsSecond: {
      ...(publication && { publication: overtaken(publication) }),
      ...(withdrawal && { withdrawal: overtaken(withdrawal) }),
    },
  };
}

function noted(report: ReportDocument, note: string | undefined): Partial<ReportDocument> {
  return note ? { notes: and(report.notes, note) } : {};
}

function and<Item>(list: readonly Item[] | undefined, ...items: readonly Item[]): readonly Item[] {
  return list ? [...list, ...items] : items;
}

function weaker(a: Source['confidence'] | undefined, b: Source['confidence']): Source['confidence'] {
  return a === 'recalled' || b === 'recalled' ? 'recalled' : 'found';
}
