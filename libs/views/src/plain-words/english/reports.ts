import { type Consent, type Visibility, wasLate } from '#reporting';
import type { Wording } from '../wording.js';
import {
  actionNamed,
  atEnd,
  dateInWords,
  documentNamed,
  languageNamed,
  listed,
  onDate,
  organizationNamed,
  partNamed,
  sectionNamed,
  told,
} from './phrases.js';

/** Where a sentence has no place for what the record says besides: notes of different kinds are one. */
const together = (...notes: readonly (string | undefined)[]) => notes.filter(Boolean).join(' ') || undefined;

const CONSENT: Readonly<Record<Consent, string>> = {
  'by-name': 'may be cited by name',
  'without-name': 'may be cited without its name',
  'not-at-all': 'does not want to be cited',
};

interface Signed {
  readonly version: number;
  readonly signatory: string;
  readonly firstSignatory?: string;
  readonly on: Parameters<typeof onDate>[0];
  readonly reservation?: string;
  readonly consentToBeCited: Consent;
}

function signed(verb: string, data: Signed, report: string, organization: string) {
  const { version, signatory, firstSignatory, on, reservation, consentToBeCited } = data;
  const signatories = listed([...(firstSignatory === undefined ? [] : [firstSignatory]), signatory]);
  const consent = `${organization} ${CONSENT[consentToBeCited]}`;
  const reserved = reservation === undefined ? '' : ', with a reservation';
  const did = `${verb} version ${version} of ${report}${reserved}, signed by ${signatories} ${onDate(on)} (${consent})`;
  return told(did, { said: reservation });
}

const READERS: Readonly<Record<Visibility, string>> = {
  internal: 'reviewers only',
  organization: 'the organization and reviewers',
  public: 'everybody',
};

const OUTCOMES = {
  answered: 'answered',
  withdrawn: 'withdrawn',
  'left-open': 'left open',
} as const;

export const reports: Wording['report'] = {
  // The request, and answers outside the form. Whoever records them is seldom the one who did them.
  ReportRequested: ({ requester, on, deadline, note }, { report, organization, naming }) => {
    const due = deadline === undefined ? '' : `, by ${dateInWords(deadline)}`;
    const asked = `${organizationNamed(naming, requester)} asked ${organization} ${onDate(on)}`;
    return told(`recorded that ${asked} for ${report}${due}`, { said: note });
  },
  ReportAcknowledged: ({ on, note }, { report, organization }) =>
    told(`recorded that ${organization} acknowledged the request for ${report} ${onDate(on)}`, { said: note }),
  ReportDeclined: ({ on, reason }, { report, organization }) =>
    told(`recorded that ${organization} declined ${onDate(on)} to give ${report}`, { reason }),
  ReportExempted: ({ reason }, { report, organization }) =>
    told(`exempted ${organization} from giving ${report}`, { reason }),
  ReportAnsweredByLetter: ({ on, document, reservation, note }, { report, organization }) => {
    const when = on === undefined ? 'on a day that is not on record' : onDate(on);
    const reserved = reservation === undefined ? '' : ', with a reservation';
    const answered = `${organization} answered ${when} with ${documentNamed(document)} instead of ${report}${reserved}`;
    return told(`recorded that ${answered}`, { said: together(reservation, note) });
  },
  NoResponseRecorded: ({ on, note }, { report, organization }) =>
    told(`recorded ${onDate(on)} that no answer of ${organization} had come for ${report}`, { said: note }),
  ReportDeadlineExtended: ({ from, to, reason }, { report }) =>
    told(`extended the deadline of ${report} from ${dateInWords(from)} to ${dateInWords(to)}`, { reason }),

  // Writing
  ReportStarted: ({ form, on, prefilledFrom, note }, { report }) => {
    const offered = prefilledFrom === undefined ? '' : `, with answers of ${prefilledFrom} to decide on`;
    return told(`began to write ${report} on the form ${form}${atEnd(on)}${offered}`, { said: note });
  },
  SectionAnswered: ({ section, lang, origin, basedOn }, { report }) => {
    const where = `${sectionNamed(section)} of ${report} in ${languageNamed(lang)}`;
    const year = basedOn === undefined ? 'an earlier year' : String(basedOn.year);
    if (origin === 'prefilled') return told(`offered the answer of ${year} for ${where}`);
    return told(origin === 'carried-over' ? `carried the answer of ${year} over to ${where}` : `wrote ${where}`);
  },
  CarriedOverConfirmed: ({ section, lang }, { report }) =>
    told(
      `confirmed that the earlier answer still holds in ${sectionNamed(section)} of ${report} in ${languageNamed(lang)}`,
    ),
  SectionDropped: ({ section, lang }, { report }) =>
    told(`dropped the earlier answer from ${sectionNamed(section)} of ${report} in ${languageNamed(lang)}`),
  SectionDelegated: ({ section, to, note }, { report }) =>
    told(`delegated ${sectionNamed(section)} of ${report} to ${to}`, { said: note }),
  FigureReported: ({ indicator, value, unit, period, note }, { report }) => {
    const of = period === undefined ? '' : ` for ${dateInWords(period)}`;
    return told(`reported the figure ${indicator} in ${report}: ${value} ${unit}${of}`, { said: note });
  },
  ActionCited: ({ action, claims }, { report, naming }) => {
    const counted = claims.length === 1 ? 'one claim' : `${claims.length} claims`;
    const claimed = claims.length ? `, with ${counted}` : '';
    return told(`cited ${actionNamed(naming, action)} in ${report}${claimed}`);
  },
  ActionUncited: ({ action, reason }, { report, naming }) =>
    told(`took the citation of ${actionNamed(naming, action)} out of ${report}`, { reason }),
  DocumentAttached: ({ document, section }, { report }) => {
    const where = section === undefined ? report : `${sectionNamed(section)} of ${report}`;
    return told(`attached ${documentNamed(document)} to ${where}`);
  },

  // Signing
  SignatureGiven: ({ version, signatory, on }, { report }) =>
    told(`gave the first of two signatures, that of ${signatory}, to version ${version} of ${report} ${onDate(on)}`),
  ReportSubmitted: (data, { report, organization }) => signed('submitted', data, report, organization),
  AmendmentOpened: ({ reason, material, sections }, { report }) => {
    const kind = material ? 'a material amendment' : 'an amendment that is not material';
    const which = `${sections.length === 1 ? 'section' : 'sections'} ${listed(sections)}`;
    return told(`opened ${kind} of ${which} of ${report}`, { reason });
  },
  ReportResubmitted: (data, { report, organization }) => signed('submitted the amended', data, report, organization),
  WithdrawalProposed: ({ reason }, { report }) => told(`proposed to withdraw ${report}`, { reason }),
  ReportWithdrawn: ({ reason, proposedBy }, { report }) =>
    told(`withdrew ${report}${proposedBy === undefined ? '' : `, as ${proposedBy} had proposed`}`, { reason }),

  // Asking back
  ClarificationRequested: ({ section, question, dueOn, visibility }, { report }) => {
    const due = dueOn === undefined ? '' : `, by ${dateInWords(dueOn)}`;
    return told(`asked about ${sectionNamed(section)} of ${report}${due} (read by ${READERS[visibility]})`, {
      said: question,
    });
  },
  ClarificationAnswered: ({ clarification, text }, { report }) =>
    told(`answered the question ${clarification} about ${report}`, { said: text }),
  ClarificationFollowedUp: ({ clarification, text, visibility }, { report }) =>
    told(`wrote more to the question ${clarification} about ${report} (read by ${READERS[visibility]})`, {
      said: text,
    }),
  ClarificationDueDateMoved: ({ clarification, from, to, reason }, { report }) => {
    const before = from === undefined ? '' : ` from ${dateInWords(from)}`;
    return told(`moved the due date of the question ${clarification} about ${report}${before} to ${dateInWords(to)}`, {
      reason,
    });
  },
  ClarificationWidened: ({ clarification, to, reason }, { report }) =>
    told(`opened the question ${clarification} about ${report} to ${READERS[to]}`, { reason }),
  ClarificationClosed: ({ clarification, outcome, note }, { report }) =>
    told(`closed the question ${clarification} about ${report} as ${OUTCOMES[outcome]}`, { said: note }),
  ClarificationReopened: ({ clarification, reason }, { report }) =>
    told(`reopened the question ${clarification} about ${report}`, { reason }),

  // Noting and publishing
  ReportNoted: ({ version, note }, { report }) => told(`took note of version ${version} of ${report}`, { said: note }),
  PublicationProposed: ({ version }, { report }) => told(`proposed to publish version ${version} of ${report}`),
  ReportPublished: ({ version, proposedBy }, { report }) =>
    told(
      `published version ${version} of ${report}${proposedBy === undefined ? '' : `, as ${proposedBy} had proposed`}`,
    ),
  PartWithheld: ({ version, part, reason }, { report }) => {
    const of = version === 0 ? report : `version ${version} of ${report}`;
    return told(`withheld ${partNamed(part)} of ${of} from readers`, { reason });
  },
};

export const reminders: Wording['reminder'] = {
  ReminderSent: (sending, { report, organization }) => {
    const { deadline, days, sentOn, unconfirmed } = sending;
    const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
    const when = days === 0 ? 'on the day of' : `${count} ${days < 0 ? 'before' : 'after'}`;
    const isLate = wasLate(sending);
    const caveats = [
      isLate && 'sent later than planned',
      unconfirmed && 'whether the mail server took it is not known',
    ];
    const known = caveats.filter(Boolean).join('; ');
    const sent = `reminded the focal point of ${organization} of ${report} ${onDate(sentOn)}`;
    return told(`${sent}, for ${when} the deadline ${dateInWords(deadline)}${known && ` (${known})`}`);
  },
};
