import { type DocumentRef, type Edtf, isClarifying, type ThreadOutcome, type Visibility } from '#reporting';
import type { Placed, View } from '../view.js';

/** Something said below the question, for those for whom it was said. */
export interface ThreadMessage {
  readonly kind: 'answer' | 'follow-up';
  readonly text: string;
  readonly by?: string;
  readonly documents?: readonly DocumentRef[];
  readonly visibility: Visibility;
  readonly why: readonly number[];
}

/** What happened to the thread as such: for all who may read it. */
export interface ThreadStep {
  readonly kind: 'due-date-moved' | 'widened' | 'closed' | 'reopened';
  readonly by?: string;
  readonly reason?: string;
  readonly dueOn?: { readonly from?: Edtf; readonly to: Edtf };
  readonly visibility?: { readonly from: Visibility; readonly to: Visibility };
  readonly outcome?: ThreadOutcome;
  readonly why: readonly number[];
}

/** What a reviewer asked back, and all that was said of it since. Key: `<series>/<year>/<organization>/<clarification>`. */
export interface ClarificationDocument {
  readonly series: string;
  readonly year: number;
  readonly organization: string;
  readonly clarification: string;
  readonly section: string;
  /** The version that it was asked about, where the record says. The thread goes on when there is a later one. */
  readonly version?: number;
  readonly question: string;
  /** Sections that the organization is asked to open again. */
  readonly reopen?: readonly string[];
  readonly askedBy?: string;
  readonly dueOn?: Edtf;
  /** Who may read the question, and the most that may read anything below it. */
  readonly visibility: Visibility;
  /** `open`: an answer is waited for. */
  readonly state: 'open' | 'answered' | 'closed';
  readonly outcome?: ThreadOutcome;
  /** In the order in which they were said. */
  readonly messages: readonly ThreadMessage[];
  readonly steps: readonly ThreadStep[];
  readonly revision: number;
  readonly why: readonly number[];
}

export const clarifications: View<ClarificationDocument> = {
  name: 'clarifications',
  version: 2,
  keysOf: (event) => {
    const { subject } = event;
    if (!isClarifying(event) || subject.category !== 'report') return [];
    const { series, year, organization } = subject;
    return [`${series}/${year}/${organization}/${event.data.clarification}`];
  },
  apply: (thread, event) => {
    const { type, subject, metadata, sequence, revision } = event;
    const by = metadata['actor'];
    if (type === 'ClarificationRequested' && subject.category === 'report') {
      const { series, year, organization } = subject;
      const { by: _, ...asked } = event.data;
      const blank = { state: 'open', messages: [], steps: [], revision, why: [sequence] } as const;
      return { series, year, organization, ...asked, ...(by && { askedBy: by }), ...blank };
    }
    const told = { ...(by && { by }), why: [sequence] };
    return thread && { ...thread, ...changes(thread, event, told), revision, why: [...thread.why, sequence] };
  },
  listsOf: ({ askedBy, messages }) => {
    const named = messages.flatMap(({ documents = [] }) => documents.flatMap(({ sha256 }) => sha256 ?? []));
    return [...(askedBy ? [`asked-by=${askedBy}`] : []), ...[...new Set(named)].map((sha256) => `document=${sha256}`)];
  },
};

type Told = Pick<ThreadMessage, 'by' | 'why'>;

function changes(thread: ClarificationDocument, event: Placed, told: Told): Partial<ClarificationDocument> {
  const said = (message: Omit<ThreadMessage, keyof Told>) => ({
    messages: [...thread.messages, { ...message, ...told }],
  });
  const step = (happened: Omit<ThreadStep, keyof Told>) => ({ steps: [...thread.steps, { ...happened, ...told }] });
  switch (event.type) {
    case 'ClarificationAnswered': {
      const { text, documents, visibility = thread.visibility } = event.data;
      return { ...said({ kind: 'answer', text, ...(documents && { documents }), visibility }), state: 'answered' };
    }
    case 'ClarificationFollowedUp': {
      const { text, documents, visibility } = event.data;
      const message = said({ kind: 'follow-up', text, ...(documents && { documents }), visibility });
      return visibility === 'internal' ? message : { ...message, state: 'open' };
    }
    case 'ClarificationDueDateMoved': {
      const { from, to, reason } = event.data;
      return { ...step({ kind: 'due-date-moved', reason, dueOn: { ...(from && { from }), to } }), dueOn: to };
    }
    case 'ClarificationWidened': {
      const { from, to, reason } = event.data;
      return { ...step({ kind: 'widened', reason, visibility: { from, to } }), visibility: to };
    }
    case 'ClarificationClosed': {
      const { outcome, note } = event.data;
      const closed = step({ kind: 'closed', outcome, ...(note !== undefined && { reason: note }) });
      return { ...closed, state: 'closed', outcome };
    }
    case 'ClarificationReopened':
      return { ...step({ kind: 'reopened', reason: event.data.reason }), state: 'open' };
    default:
      return {};
  }
}
