import type { AppointedRole, PlatformRole } from '#reporting';
import type { Wording } from '../wording.js';
import { atEnd, dateInWords, inQuotes, onDate, organizationNamed, told } from './phrases.js';

const ROLES: Readonly<Record<AppointedRole | PlatformRole, string>> = {
  'focal-point': 'focal point',
  contributor: 'contributor',
  signatory: 'signatory',
  secretariat: 'secretariat',
  reviewer: 'reviewer',
  auditor: 'auditor',
  administrator: 'administrator',
};

/** A role as it is called; one that the rules do not know as it is written. */
export const roleNamed = (role: string) => (ROLES as Readonly<Record<string, string | undefined>>)[role] ?? role;

export const organizations: Wording['organization'] = {
  OrganizationRegistered: ({ name, acronym }) =>
    told(`put ${name}${acronym === undefined ? '' : ` (${acronym})`} on the register`),
  OrganizationRenamed: ({ name, acronym, on, reason }, { organization }) => {
    const called = acronym === undefined ? name : `${name} (${acronym})`;
    return told(`recorded that ${organization} was renamed ${called}${atEnd(on)}`, { reason });
  },
  OrganizationProfileRevised: ({ reason }, { organization }) =>
    told(`revised the description of ${organization}`, { reason }),
  OrganizationMarkedRelevant: ({ from, ground }, { organization }) =>
    told(`marked ${organization} as a relevant organization from ${dateInWords(from)}`, { reason: ground }),
  OrganizationRelevanceEnded: ({ on, reason }, { organization }) =>
    told(`recorded that ${organization} ceased to be a relevant organization ${onDate(on)}`, { reason }),
  OrganizationPlacedUnder: ({ parent, on }, { organization, naming }) =>
    told(`recorded that ${organization} was placed under ${organizationNamed(naming, parent)}${atEnd(on)}`),
  OrganizationMergedInto: ({ successor, on }, { organization, naming }) =>
    told(`recorded that ${organization} was merged into ${organizationNamed(naming, successor)} ${onDate(on)}`),
  PersonAppointed: ({ personId, role, from }, { organization }) =>
    told(`appointed ${personId} to act for ${organization} as ${roleNamed(role)} from ${dateInWords(from)}`),
  AppointmentEnded: ({ personId, role, on, reason }, { organization }) =>
    told(`ended the appointment of ${personId} as ${roleNamed(role)} of ${organization} ${onDate(on)}`, { reason }),
  SignOffRuleProposed: ({ signatures, reason }, { organization }) =>
    told(`proposed that ${signing(signatures)} the reports of ${organization}`, { reason }),
  SignOffRuleSet: ({ signatures, reason }, { organization }) =>
    told(`set that ${signing(signatures)} the reports of ${organization}`, { reason }),
  EditingRuleSet: ({ sections, reason }, { organization }) => {
    const which = sections === 'any' ? 'any section' : 'only the sections that were delegated to them';
    return told(`set that contributors of ${organization} edit ${which}`, { reason });
  },
};

const signing = (signatures: 1 | 2) => (signatures === 1 ? 'one person signs' : 'two persons sign');

export const mandates: Wording['mandate'] = {
  MandateProposed: ({ role, from }, { person }) =>
    told(`proposed to give ${person} the mandate of ${roleNamed(role)} from ${dateInWords(from)}`),
  MandateGiven: (data, { person }) => {
    const { role, from, by } = data;
    const alone = by === person ? 'by the set-up link' : 'while there were not yet two who could agree on it';
    const ground = 'ground' in data ? alone : `as ${data.proposedBy} had proposed`;
    return told(`gave ${person} the mandate of ${roleNamed(role)} from ${dateInWords(from)}, ${ground}`);
  },
  MandateEnded: ({ role, on, reason }, { person }) =>
    told(`ended the mandate of ${person} as ${roleNamed(role)} ${onDate(on)}`, { reason }),
};

export const cycles: Wording['cycle'] = {
  CycleOpened: ({ dueOn, form, note }, { cycle }) => {
    const due = dueOn === undefined ? 'without a due date on record' : `due ${dateInWords(dueOn)}`;
    return told(`opened ${cycle}, ${due}, on the form ${form}`, { said: note });
  },
  CycleGuidanceIssued: ({ text, on }, { cycle }) => told(`issued guidance for ${cycle}${atEnd(on)}`, { said: text }),
  CycleDueDateMoved: ({ from, to, reason }, { cycle }) => {
    const before = from === undefined ? '' : ` from ${dateInWords(from)}`;
    return told(`moved the due date of ${cycle}${before} to ${dateInWords(to)}`, { reason });
  },
  CycleClosed: ({ on }, { cycle }) => told(`closed ${cycle} ${onDate(on)}`),
  CycleReopened: ({ on, reason }, { cycle }) => told(`reopened ${cycle} ${onDate(on)}`, { reason }),
  SynthesisIssued: ({ title, symbol, issuer, on, note }, { cycle, naming }) => {
    const named = symbol === undefined ? inQuotes(title) : `${inQuotes(title)} (${symbol})`;
    const issued = `${organizationNamed(naming, issuer)} issued ${named} ${onDate(on)}`;
    return told(`recorded that ${issued}, a report made out of ${cycle}`, { said: note });
  },
};
