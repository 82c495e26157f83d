import {
  bySecretary,
  byPerson,
  contributorOf,
  type Deed,
  FIRST_DAY,
  focalPointOf,
  otherSignatoryOf,
  SECRETARIAT,
  signatoryOf,
  source,
  type Stage,
} from './stage.js';

interface Example {
  readonly name: string;
  readonly kind: string;
  readonly group?: string;
  readonly about: string;
}

/** Every organization of the demonstration, by its slug. None of them exists, and each name says so. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  [SECRETARIAT]: {
    name: 'Example Secretariat',
    kind: 'UN_SECRETARIAT',
    group: 'IGO',
    about: 'Sends the requests of the demonstration and receives the reports.',
  },
  'example-registry': {
    name: 'Example Registry',
    kind: 'TECHNICAL_COORDINATION',
    group: 'TECH',
    about: 'Keeps a register of example names.',
  },
  'sample-standards-body': {
    name: 'Sample Standards Body',
    kind: 'STANDARDS_BODY',
    group: 'TECH',
    about: 'Writes sample standards.',
  },
  'example-union': {
    name: 'Example Union',
    kind: 'INTERGOVERNMENTAL',
    group: 'IGO',
    about: 'An example of a union of states.',
  },
  'example-forum': { name: 'Example Forum', kind: 'MULTISTAKEHOLDER_FORUM', about: 'Meets every year as an example.' },
  'sample-network': {
    name: 'Sample Network',
    kind: 'CIVIL_SOCIETY_NETWORK',
    group: 'CS',
    about: 'A sample of a network of users.',
  },
  'example-exchange': {
    name: 'Example Exchange',
    kind: 'BUSINESS_ASSOCIATION',
    group: 'PRIV',
    about: 'Where example networks meet.',
  },
  'sample-alliance': {
    name: 'Sample Alliance',
    kind: 'BUSINESS_ASSOCIATION',
    group: 'PRIV',
    about: 'A sample of an alliance of companies.',
  },
  'example-newcomer': {
    name: 'Example Newcomer',
    kind: 'TECHNICAL_SOCIETY',
    group: 'TECH',
    about: 'Was founded in the year of the round.',
  },
  'sample-commission': {
    name: 'Sample Commission',
    kind: 'REGIONAL_INTERGOVERNMENTAL',
    group: 'IGO',
    about: 'Lets two persons sign for it.',
  },
  'example-council': {
    name: 'Example Council',
    kind: 'INTERGOVERNMENTAL',
    group: 'IGO',
    about: 'Was asked back about its report.',
  },
  'sample-institute': {
    name: 'Sample Institute',
    kind: 'ACADEMIC',
    group: 'ACAD',
    about: 'Corrected its report after it was submitted.',
  },
  'example-society': {
    name: 'Example Society',
    kind: 'TECHNICAL_SOCIETY',
    group: 'TECH',
    about: 'Its report was taken note of.',
  },
  'sample-academy': {
    name: 'Sample Academy',
    kind: 'ACADEMIC',
    group: 'ACAD',
    about: 'Is correcting its report.',
  },
  'example-league': {
    name: 'Example League',
    kind: 'CIVIL_SOCIETY_NETWORK',
    group: 'CS',
    about: 'Its report waits for a second person to publish it.',
  },
  'sample-chamber': {
    name: 'Sample Chamber',
    kind: 'BUSINESS_ASSOCIATION',
    group: 'PRIV',
    about: 'A part of its report is withheld.',
  },
  'example-bureau': {
    name: 'Example Bureau',
    kind: 'INTERAGENCY_MECHANISM',
    group: 'IGO',
    about: 'Took its report back.',
  },
  'sample-archive': {
    name: 'Sample Archive',
    kind: 'ACADEMIC',
    group: 'ACAD',
    about: 'One of two has asked to take its report back.',
  },
  'sample-observatory': {
    name: 'Sample Observatory',
    kind: 'CIVIL_SOCIETY_NETWORK',
    group: 'CS',
    about: 'Did not answer.',
  },
  'example-volunteers': {
    name: 'Example Volunteers',
    kind: 'CIVIL_SOCIETY_NETWORK',
    group: 'CS',
    about: 'Reported without having been asked.',
  },
};

/** Organizations that two persons sign for. */
const SIGNED_BY_TWO = ['sample-commission'];

/** Who have two that can sign. */
const TWO_SIGNATORIES = [...SIGNED_BY_TWO, 'example-bureau', 'sample-archive'];

/** The register, with who acts for whom. */
export function organizationsOf(stage: Stage): Deed[] {
  return Object.entries(EXAMPLES).flatMap(([organization, { name, kind, group, about }]) => {
    const from = stage.date(FIRST_DAY - 400);
    const appoint = (personId: string, role: string) =>
      bySecretary(FIRST_DAY, 'AppointPerson', { organization, personId, role, from });
    const profile = { kind, ...(group !== undefined && { stakeholderGroup: group }), description: about };
    const isTwo = SIGNED_BY_TWO.includes(organization);
    return [
      bySecretary(FIRST_DAY, 'RegisterOrganization', {
        organization,
        name: `${name} (demonstration)`,
        profile,
        sources: [source('Register of the demonstration')],
      }),
      ...(organization === SECRETARIAT
        ? []
        : [
            appoint(focalPointOf(organization), 'focal-point'),
            appoint(contributorOf(organization), 'contributor'),
            appoint(signatoryOf(organization), 'signatory'),
            ...(TWO_SIGNATORIES.includes(organization) ? [appoint(otherSignatoryOf(organization), 'signatory')] : []),
          ]),
      ...(isTwo
        ? [
            byPerson(signatoryOf(organization), FIRST_DAY, 'SetSignOffRule', {
              organization,
              signatures: 2,
              reason: 'Its statutes ask for two',
            }),
          ]
        : []),
    ];
  });
}

/** What was done together: confirmed by a partner, disputed by another, one on the track of the forum, one that is planned. */
export function actionsOf(stage: Stage): Deed[] {
  const year = stage.year - 1;
  const facts = {
    partnersOther: [],
    track: 'EC',
    scope: { test: 'POLICY' },
    startedOn: { date: `${year}` },
    status: 'ONGOING',
    confidence: 'found',
    sources: [source('Minutes of the demonstration')],
  };
  const record = (action: string, more: object) =>
    bySecretary(FIRST_DAY, 'RecordAction', { action, ...facts, ...more });
  return [
    record('DEMO-1', {
      lead: 'example-registry',
      partners: ['example-union', 'sample-standards-body'],
      title: 'Example agreement on the register of names',
      description: 'The Example Union hears its members, the Example Registry keeps the register.',
      kind: 'AGREEMENT',
      cooperation: 'IGO_TECH',
      issues: ['INF-05'],
      stakeholders: [{ group: 'TECH' }, { group: 'GOV' }, { group: 'CS' }],
    }),
    byPerson(focalPointOf('example-union'), FIRST_DAY + 8, 'ConfirmPartnership', {
      action: 'DEMO-1',
      partner: 'example-union',
    }),
    byPerson(focalPointOf('sample-standards-body'), FIRST_DAY + 9, 'DisputePartnership', {
      action: 'DEMO-1',
      partner: 'sample-standards-body',
      reason: 'We were told of it, and took no part.',
    }),
    record('DEMO-2', {
      lead: 'sample-institute',
      partners: ['sample-network'],
      title: 'Sample courses for regulators',
      description: 'Courses on sample numbers, open to everybody.',
      kind: 'CAPACITY_BUILDING',
      cooperation: 'USERS',
      issues: ['DEV-03'],
      stakeholders: [{ group: 'ACAD' }, { group: 'GOV' }],
    }),
    record('DEMO-3', {
      lead: 'example-forum',
      partners: [],
      title: 'Example workshop on open lists',
      description: 'A workshop of the Example Forum.',
      kind: 'CONVENING',
      cooperation: 'MULTISTAKEHOLDER',
      track: 'IGF',
      issues: ['INF-05'],
      stakeholders: [{ group: 'CS' }],
    }),
    record('DEMO-4', {
      lead: 'sample-alliance',
      partners: [],
      title: 'Sample week of open doors',
      description: 'The members of the Sample Alliance show what they keep.',
      kind: 'CONVENING',
      cooperation: 'USERS',
      issues: ['SOC-03'],
      stakeholders: [{ group: 'PRIV' }],
      status: 'PLANNED',
      startedOn: { date: stage.date(20) },
      endedOn: { date: stage.date(26) },
    }),
  ];
}
