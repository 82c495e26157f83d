import type { Deadline, DeadlineKind, DeadlineState, InboxItem, InboxKind, LeftOut, NotAsked, Waiting } from '#views';

type ReviewerKind = Waiting['kind'];
/** `reset-to-agree` is no part of the record, and so of no view. */
type Kind = InboxKind | ReviewerKind | 'reset-to-agree';
/** What waits, whoever it waits for. */
export type Waits = Omit<InboxItem, 'kind'> & { readonly kind: Kind };

/** What to do about it: an operation of this API. */
export interface NextStep {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly href: string;
}

const report = ({ series, year, organization }: Waits) => `/api/reports/${series}/${year}/${organization}`;
const thread = (item: Waits) => `${report(item)}/clarifications/${encodeURIComponent(item.clarification ?? '')}`;
const assessment = (item: Waits) => `${report(item)}/assessments/${item.reviewer}`;
const finding = (item: Waits) => `${assessment(item)}/findings/${encodeURIComponent(item.finding ?? '')}`;
const action = (item: Waits) => `/api/actions/${item.action}`;

const get = (href: (item: Waits) => string) => ({ method: 'GET', href }) as const;
const post = (href: (item: Waits) => string) => ({ method: 'POST', href }) as const;
const put = (href: (item: Waits) => string) => ({ method: 'PUT', href }) as const;

interface Words {
  /** The organization's name and the round stand beside it. */
  readonly what: (item: Waits) => string;
  readonly next: { readonly method: NextStep['method']; readonly href: (item: Waits) => string };
}

/** Of every kind, what it says and what to do about it. */
const WAITS: Readonly<Record<Kind, Words>> = {
  // Secretariat
  'version-to-note': {
    what: ({ version }) => `Version ${version} was submitted and is not noted yet`,
    next: post((item) => `${report(item)}/notes`),
  },
  'version-to-publish': {
    what: ({ version }) => `Version ${version} is noted and not published yet`,
    next: post((item) => `${report(item)}/publication`),
  },
  'publication-to-second': {
    what: ({ version }) => `Somebody else proposed to publish version ${version}: it takes a second person`,
    next: post((item) => `${report(item)}/publication`),
  },
  'answer-missing': {
    what: () => 'The deadline has passed, and no answer is on record',
    next: post((item) => `${report(item)}/no-response`),
  },
  'thread-answered': {
    what: ({ section }) => `What was asked back about ${section} is answered`,
    next: post((item) => `${thread(item)}/closing`),
  },
  'letter-without-document': {
    what: () => 'The organization answered by letter, and the letter itself is not attached',
    next: post(() => '/api/attachments'),
  },
  'partnership-disputed': {
    what: ({ partner }) => `${partner} disputes its part in the action`,
    next: get(action),
  },

  // An organization's people
  'request-to-acknowledge': {
    what: () => 'The request was sent, and nobody has said that it arrived',
    next: post((item) => `${report(item)}/acknowledgement`),
  },
  'answer-due': {
    what: ({ due }) => (due === 'overdue' ? 'The answer is overdue' : 'The answer is due soon'),
    next: get(report),
  },
  'section-delegated': {
    what: ({ section }) => `${section} was delegated, and nothing is written in it since`,
    next: put((item) => `${report(item)}/sections/${item.section}`),
  },
  'ready-for-signature': {
    what: ({ version }) => `Version ${version} lacks nothing but a signature`,
    next: post((item) => `${report(item)}/submission`),
  },
  'signature-to-second': {
    what: ({ version }) => `Version ${version} was signed by one person: it takes a second one`,
    next: post((item) => `${report(item)}/submission`),
  },
  'withdrawal-to-second': {
    what: () => 'Somebody else proposed to withdraw the report: it takes a second person',
    next: post((item) => `${report(item)}/withdrawal`),
  },
  'thread-open': {
    what: ({ section }) => `Something was asked back about ${section}`,
    next: post((item) => `${thread(item)}/answer`),
  },
  'finding-to-comment': {
    what: () => 'A draft finding was shown to you, and can be commented on before others read it',
    next: post((item) => `${finding(item)}/comments`),
  },
  'partnership-to-confirm': {
    what: () => 'You are named as a partner of an action: confirm or dispute it',
    next: post((item) => `${action(item)}/partners/${item.partner}/confirmation`),
  },

  // Administrator
  'mandate-to-agree': {
    what: ({ person, mandate }) => `${person} is proposed as ${mandate}: it takes a second administrator`,
    next: put((item) => `/api/mandates/${item.person}/${item.mandate}`),
  },
  'reset-to-agree': {
    what: ({ person }) => `Another administrator proposed to reset the second factor of ${person}`,
    next: post((item) => `/api/persons/${item.person}/second-factor/reset`),
  },

  // Reviewer
  'declaration-missing': {
    what: () => 'Say whether anything keeps you from judging freely',
    next: post((item) => `${assessment(item)}/no-conflict`),
  },
  'version-to-read': { what: ({ version }) => `Version ${version} is there to be read`, next: get(report) },
  'later-version': {
    what: ({ version }) => `Version ${version} was submitted after what your findings are about`,
    next: get((item) => `${report(item)}/changes`),
  },
  'clarification-answered': {
    what: () => 'What you asked back is answered',
    next: post((item) => `${thread(item)}/closing`),
  },
  'draft-to-show': {
    what: ({ finding: id }) => `The finding ${id} is a draft: show it to the organization`,
    next: post((item) => `${finding(item)}/showing`),
  },
  'comment-to-consider': {
    what: ({ finding: id }) => `The organization commented on the finding ${id}`,
    next: get(assessment),
  },
  'finding-to-publish': {
    what: ({ finding: id }) => `The organization had its time to comment on the finding ${id}`,
    next: post((item) => `${finding(item)}/publication`),
  },
  'assessment-to-conclude': {
    what: () => 'All your findings are published: conclude',
    next: post((item) => `${assessment(item)}/conclusion`),
  },
};

export const waitsInWords = (item: Waits): string => WAITS[item.kind].what(item);

export function nextStepOf(item: Waits): NextStep {
  const { method, href } = WAITS[item.kind].next;
  return { method, href: href(item) };
}

const NOT_ASKED: Readonly<Record<NotAsked, string>> = {
  'not-on-record': 'No organization of this id is on record.',
  merged: 'It was merged into another organization, which is asked instead.',
  'not-relevant': 'It does not count as a relevant organization on that day.',
  'already-requested': 'It has been asked in this round.',
  exempted: 'It was exempted from this round.',
  withdrawn: 'Its report of this round was withdrawn.',
};

export const leftOutInWords = ({ reason }: LeftOut): string => NOT_ASKED[reason];

const DUE: Readonly<Record<DeadlineKind, (deadline: Deadline) => string>> = {
  cycle: () => 'Answers of the round are due',
  request: () => 'Answer to the request is due',
  clarification: ({ section }) => `Answer about ${section === undefined ? 'a section' : section} is due`,
  'finding-comment': () => 'Last day to comment on a draft finding',
  'action-end': () => 'Planned end of the action',
};

export const dueInWords = (deadline: Deadline): string => DUE[deadline.kind](deadline);

export const STATES: Readonly<Record<DeadlineState, string>> = {
  'not-due': 'Not due yet',
  'due-soon': 'Due soon',
  overdue: 'Overdue',
  passed: 'Passed',
  'in-time': 'Done in time',
  late: 'Done late',
  'not-known': 'Cannot be said: not dated precisely enough',
  'no-evidence': 'Nothing on record; entered after its day',
};
