import type { ActionFacts, ActionStatus, LinkKind } from '#reporting';
import { labelOf } from '#reference-data';
import type { Wording } from '../wording.js';
import { actionNamed, atEnd, inQuotes, listed, onDate, organizationNamed, told } from './phrases.js';

const FACTS: Readonly<Record<keyof ActionFacts, string>> = {
  title: 'the title',
  description: 'the description',
  kind: 'the kind',
  cooperation: 'the kind of cooperation',
  scope: 'the scope',
  startedOn: 'the start',
  endedOn: 'the end',
  issues: 'the issues',
  stakeholders: 'the stakeholders',
  partners: 'the partners',
  partnersOther: 'the partners that are not on the register',
  vision: 'the vision',
  note: 'the note',
};

const LINKS: Readonly<Record<LinkKind, string>> = {
  RELATED: 'is related to',
  FEEDS_INTO: 'feeds into',
  DISCUSSED_AT: 'was discussed at',
  SPUN_OFF_FROM: 'was spun off from',
};

const status = (code: ActionStatus) => inQuotes(labelOf('actionStatuses', code));
const track = (code: string) => inQuotes(labelOf('tracks', code));

export const actions: Wording['action'] = {
  ActionRecorded: ({ lead, track: on }, { action, naming }) =>
    told(`recorded ${action}, led by ${organizationNamed(naming, lead)}, on the track ${track(on)}`),
  ActionRevised: ({ changes, removed = [], reason }, { action }) => {
    const named = (verb: string, facts: readonly string[]) =>
      facts.length ? [`${verb} ${listed(facts.map((fact) => FACTS[fact as keyof ActionFacts]))}`] : [];
    const did = [...named('corrected', Object.keys(changes)), ...named('took back', removed)];
    return told(`${listed(did)} of ${action}`, { reason });
  },
  ActionStatusChanged: ({ from, to, on, reason }, { action }) =>
    told(
      `changed the status of ${action} from ${status(from)} to ${status(to)}${on ? `, as it was ${onDate(on)}` : ''}`,
      {
        reason,
      },
    ),
  ActionMilestoneReached: ({ title, on }, { action }) =>
    told(`recorded that ${action} reached the milestone ${inQuotes(title)} ${onDate(on)}`),
  PartnerConfirmed: ({ partner, note }, { action, naming }) =>
    told(`confirmed that ${organizationNamed(naming, partner)} is a partner in ${action}`, { said: note }),
  PartnerDisputed: ({ partner, reason }, { action, naming }) =>
    told(`disputed that ${organizationNamed(naming, partner)} is a partner in ${action}`, { reason }),
  ActionLinked: ({ to, kind, note }, { action, naming }) =>
    told(`recorded that ${action} ${LINKS[kind]} ${actionNamed(naming, to)}`, { said: note }),
  ActionTrackReassigned: ({ from, to, reason }, { action }) =>
    told(`moved ${action} from the track ${track(from)} to the track ${track(to)}`, { reason }),
  ActionSuperseded: ({ by, on, reason }, { action, naming }) =>
    told(`recorded that ${action} was superseded by ${actionNamed(naming, by)}${atEnd(on)}`, { reason }),
  ActionDiscontinued: ({ on, reason }, { action }) =>
    told(`recorded that ${action} was discontinued${atEnd(on)}`, { reason }),
  ActionSourceAdded: ({ source }, { action }) => told(`added the source ${inQuotes(source.title)} to ${action}`),
  ActionRecordedInError: ({ reason }, { action }) => told(`marked ${action} as recorded in error`, { reason }),
};

export const options: Wording['option'] = {
  OptionTabled: ({ issue, by, on }, { option, naming }) => {
    const tabledBy = by.organization === undefined ? group(by.group) : organizationNamed(naming, by.organization);
    const about = inQuotes(labelOf('policyIssues', issue));
    return told(`recorded that ${tabledBy} tabled ${option} on the issue ${about} ${onDate(on)}`);
  },
  OptionArgued: ({ side, by, text }, { option, naming }) => {
    const speaker = by.organization === undefined ? group(by.group) : organizationNamed(naming, by.organization);
    return told(`recorded an argument of ${speaker} ${side} ${option}`, { said: text });
  },
  OptionDebated: ({ forum, session, on, outcome }, { option }) =>
    told(`recorded that ${option} was debated at ${forum}, ${session}, ${onDate(on)}`, { said: outcome }),
  OptionHandedTo: ({ organization, mechanism, on, reason, undebated }, { option, naming }) => {
    const to = organization === undefined ? mechanism : organizationNamed(naming, organization);
    const caveat = undebated ? ', before any debate on record' : '';
    return told(`recorded that ${option} was handed to ${to} ${onDate(on)}${caveat}`, { reason });
  },
  OptionTakenUp: ({ action, track: on, note }, { option, naming }) =>
    told(`recorded that ${option} was taken up by ${actionNamed(naming, action)}, on the track ${track(on)}`, {
      said: note,
    }),
  OptionClosed: ({ on, reason }, { option }) => told(`closed ${option} ${onDate(on)}`, { reason }),
};

/** Somebody of a group, where no organization speaks for it. */
const group = (code: string) => `somebody of the group ${inQuotes(labelOf('stakeholderGroups', code))}`;
