import { LETTERS } from './letters.js';
import { nameOf, ReportOf, TEXTS } from './report-of.js';
import {
  byOtherSecretary,
  byPerson,
  bySecretary,
  contributorOf,
  type Deed,
  type Done,
  FIRST_DAY,
  focalPointOf,
  otherSignatoryOf,
  SECRETARIAT,
  SERIES,
  signatoryOf,
  source,
  type Stage,
} from './stage.js';

const DUE = 10;
const LAST_YEAR = FIRST_DAY - 365;

/** The round of the year before, entered on the first day: what this year's answers are compared with. */
export function lastYear(stage: Stage): Deed[] {
  const year = stage.year - 1;
  const answered = ['example-registry', 'sample-standards-body', 'sample-chamber'];
  return [
    bySecretary(FIRST_DAY, 'OpenCycle', {
      series: SERIES,
      year,
      title: `Demonstration: round of ${year}`,
      requester: SECRETARIAT,
      opensOn: stage.date(LAST_YEAR),
      dueOn: stage.date(LAST_YEAR + 100),
      period: { from: `${year - 1}`, to: `${year - 1}` },
      sources: [source('Letter of the Example Secretariat')],
    }),
    ...answered.flatMap((organization, n) => {
      const report = new ReportOf(stage, organization, year);
      const cited = organization === 'example-registry' ? report.cite(LAST_YEAR + 30, 180) : [];
      return [
        report.request(LAST_YEAR + 5, LAST_YEAR + 100),
        report.start(LAST_YEAR + 20),
        ...report.write(LAST_YEAR + 30),
        ...cited,
        report.sign(LAST_YEAR + 90 + 10 * n),
        ...report.publish(FIRST_DAY),
      ];
    }),
    ...unansweredLastYear(stage, year),
    bySecretary(FIRST_DAY + 2, 'CloseCycle', { series: SERIES, year, on: stage.date(FIRST_DAY + 1) }),
  ];
}

/** Of these the record cannot tell whether they kept the day: one letter has no date, and nobody waited here for the other. */
function unansweredLastYear(stage: Stage, year: number): Deed[] {
  const undated = new ReportOf(stage, 'example-union', year);
  return [
    undated.request(LAST_YEAR + 5, LAST_YEAR + 100),
    undated.answerByLetter(FIRST_DAY, LETTERS.ofLastYear, { cites: [] }),
    new ReportOf(stage, 'sample-observatory', year).request(LAST_YEAR + 5, LAST_YEAR + 100),
  ];
}

/** The round that is under way. */
export function thisYear(stage: Stage): Deed[] {
  const { year } = stage;
  return [
    bySecretary(FIRST_DAY + 2, 'OpenCycle', {
      series: SERIES,
      year,
      title: `Demonstration: round of ${year}`,
      requester: SECRETARIAT,
      opensOn: stage.date(FIRST_DAY + 2),
      dueOn: stage.date(DUE),
      period: { from: `${year - 1}`, to: `${year - 1}` },
      note: 'Played by organizations that do not exist. Nothing in it was said or done by anybody.',
      sources: [source('Letter of the Example Secretariat')],
    }),
    bySecretary(FIRST_DAY + 3, 'IssueGuidance', {
      series: SERIES,
      year,
      text: 'Answer in the form, by a letter, or say that you do not answer. Each of them is an answer.',
      on: stage.date(FIRST_DAY + 3),
    }),
    ...Object.entries(STORIES).flatMap(([organization, story]) => story(new ReportOf(stage, organization), stage)),
  ];
}

const ASKED = FIRST_DAY + 5;

/** Asked, and submitted long before the deadline. */
const submitted = (report: ReportOf): Deed[] => [
  report.request(ASKED, DUE),
  report.acknowledge(-90),
  report.start(-85),
  ...report.write(-80),
  report.sign(-60),
];

/** Asked on one day, due on another, and answered on a third, before it or after. */
const askedAndAnswered = (
  { id, organization }: ReportOf,
  stage: Stage,
  clarification: string,
  [asked, due, answered]: readonly [number, number, number],
): Deed[] => [
  bySecretary(asked, 'RequestClarification', {
    ...id,
    clarification,
    section: 'S04',
    question: 'How many took part in the courses?',
    dueOn: stage.date(due),
    visibility: 'organization',
  }),
  byPerson(contributorOf(organization), answered, 'AnswerClarification', {
    ...id,
    clarification,
    text: 'Forty, from twelve countries.',
    visibility: 'organization',
  }),
];

/** What becomes of each request, as far as the cycle knows ways for it to go. */
const STORIES: Readonly<Record<string, (report: ReportOf, stage: Stage) => Deed[]>> = {
  'sample-network': (report) => [report.request(ASKED, DUE)],
  'example-exchange': (report) => [report.request(ASKED, -14)],
  'sample-alliance': (report, stage) => [
    report.request(ASKED, DUE),
    report.acknowledge(-88),
    bySecretary(-5, 'ExtendDeadline', { ...report.id, to: stage.date(30), reason: 'Their assembly meets that month' }),
  ],
  'example-forum': (report, stage) => [
    report.request(ASKED, DUE),
    byPerson(signatoryOf('example-forum'), -70, 'DeclineReport', {
      ...report.id,
      on: stage.date(-70),
      reason: 'A forum decides nothing, and has nothing to report on.',
    }),
  ],
  'example-newcomer': (report) => [
    report.request(ASKED, DUE),
    bySecretary(-75, 'ExemptFromReport', { ...report.id, reason: 'It was founded during the year.' }),
  ],
  'example-union': (report, stage) => [
    report.request(ASKED, DUE),
    report.answerByLetter(-40, LETTERS.ofThisYear, {
      on: stage.date(-41),
      reservation: 'We answer as a courtesy; our members have not asked for it.',
      cites: ['DEMO-1'],
    }),
  ],
  'sample-standards-body': (report, { year }) => [
    report.request(ASKED, DUE),
    report.acknowledge(-87),
    report.start(-30, year - 1),
    byPerson(focalPointOf('sample-standards-body'), -29, 'DelegateSection', {
      ...report.id,
      section: 'S12',
      to: contributorOf('sample-standards-body'),
      note: 'You held the courses.',
    }),
    byPerson(focalPointOf('sample-standards-body'), -20, 'DecideCarriedOver', {
      ...report.id,
      section: 'S01',
      lang: 'en',
      decision: 'still-true',
    }),
    byPerson(focalPointOf('sample-standards-body'), -20, 'DecideCarriedOver', {
      ...report.id,
      section: 'S09',
      lang: 'en',
      decision: 'drop',
    }),
  ],
  'sample-commission': (report) => [
    report.request(ASKED, DUE),
    report.start(-50),
    ...report.write(-40),
    report.sign(-3, { signatory: 'First officer of the Sample Commission' }),
  ],
  'example-council': (report, stage) => [
    ...submitted(report),
    byOtherSecretary(-20, 'RequestClarification', {
      ...report.id,
      clarification: 'Q-1',
      section: 'S05',
      question: 'Who was invited to the two open meetings?',
      dueOn: stage.date(5),
      visibility: 'organization',
    }),
    byOtherSecretary(-18, 'FollowUpClarification', {
      ...report.id,
      clarification: 'Q-1',
      text: 'The programme of the second meeting names no guests.',
      visibility: 'internal',
    }),
    byOtherSecretary(-16, 'MoveClarificationDueDate', {
      ...report.id,
      clarification: 'Q-1',
      to: stage.date(9),
      reason: 'Its office is closed this week.',
    }),
  ],
  'sample-institute': (report, stage) => [
    ...submitted(report),
    report.amend(-30, 'The courses were counted twice.'),
    report.section(-29, 'S04', 'One series of courses was begun.', (done) => ({
      seen: done(report.named('reopened')).revision,
    })),
    report.sign(-28),
    ...askedAndAnswered(report, stage, 'Q-1', [-27, -20, -15]),
    ...askedAndAnswered(report, stage, 'Q-2', [-26, -10, -18]),
    bySecretary(-14, 'RequestClarification', {
      ...report.id,
      clarification: 'Q-3',
      section: 'S04',
      question: 'Is this the series of courses of the year before?',
      visibility: 'internal',
    }),
  ],
  'sample-academy': (report) => [...submitted(report), report.amend(-6, 'A date was given wrongly.')],
  'example-society': (report) => [
    ...submitted(report),
    bySecretary(-35, 'NoteReport', (done: Done) => ({
      ...report.id,
      version: 1,
      sequence: done(report.named('signed')).sequence,
      note: 'Taken note of at the example meeting.',
    })),
  ],
  'example-league': (report) => [...submitted(report), report.proposePublication(-2)],
  'example-registry': (report, { year }) => [
    report.request(ASKED, DUE),
    report.acknowledge(-92),
    report.start(-85, year - 1),
    ...['S01', 'S05', 'S06', 'S08', 'S10', 'S11', 'S12'].map((section) =>
      byPerson(focalPointOf('example-registry'), -80, 'DecideCarriedOver', {
        ...report.id,
        section,
        lang: 'en',
        decision: 'still-true',
      }),
    ),
    report.section(-79, 'S09', 'The procedure was changed twice, when the new formats came.', { seen: 99 }),
    ...['S02', 'S04', 'S13', 'S14', 'S17'].map((section) =>
      report.section(-78, section, TEXTS[section]!(nameOf('example-registry'))),
    ),
    report.section(-78, 'S01', 'Example Registry est une organisation de cette démonstration.', { lang: 'fr' }),
    ...report.cite(-77, 214),
    report.sign(-65, { reservation: 'We answer as a courtesy to the requester.' }),
    bySecretary(-55, 'RequestClarification', {
      ...report.id,
      clarification: 'Q-1',
      section: 'S04',
      question: 'When was the agreement signed?',
      visibility: 'public',
    }),
    byPerson(contributorOf('example-registry'), -52, 'AnswerClarification', {
      ...report.id,
      clarification: 'Q-1',
      text: 'In the spring, within four months.',
      visibility: 'public',
    }),
    bySecretary(-51, 'CloseClarification', { ...report.id, clarification: 'Q-1', outcome: 'answered' }),
    ...report.publish(-50),
  ],
  'sample-chamber': (report) => [
    ...submitted(report),
    ...report.publish(-45),
    bySecretary(-44, 'WithholdPart', {
      ...report.id,
      version: 1,
      part: 'S13',
      reason: 'It names a person who did not agree to it.',
    }),
  ],
  'example-bureau': (report) => [
    ...submitted(report),
    ...[signatoryOf, otherSignatoryOf].map((person, n) =>
      byPerson(person('example-bureau'), -15 + n, 'WithdrawReport', {
        ...report.id,
        reason: 'Its members no longer stand by it.',
      }),
    ),
  ],
  'sample-archive': (report) => [
    ...submitted(report),
    byPerson(signatoryOf('sample-archive'), -2, 'WithdrawReport', {
      ...report.id,
      reason: 'It was sent before the board had seen it.',
    }),
  ],
  'sample-observatory': (report, stage) => [
    report.request(ASKED, -30),
    bySecretary(-12, 'RecordNoResponse', { ...report.id, on: stage.date(-12), note: 'Two reminders were sent.' }),
  ],
  'example-volunteers': (report) => [report.start(-60), ...report.write(-58), report.sign(-57)],
};
