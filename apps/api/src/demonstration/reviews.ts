import { ReportOf } from './report-of.js';
import {
  byOtherSecretary,
  byPerson,
  bySecretary,
  type Deed,
  type Done,
  focalPointOf,
  PERSONS,
  type Stage,
} from './stage.js';

/** Reviewers of three reports: a finding in each of the states that a finding can be in, one who stepped back, and one who concluded. */
export function reviews(stage: Stage): Deed[] {
  const { id } = new ReportOf(stage, 'example-registry');
  const readAt = new ReportOf(stage, 'example-registry').named('signed');
  const find = (reviewer: string, day: number, finding: string, criterion: string, statement: string) => ({
    day,
    by: reviewer,
    role: 'reviewer' as const,
    command: 'RecordFinding' as const,
    fields: (done: Done) => ({
      ...id,
      reviewer,
      finding,
      criterion,
      statement,
      evidence: [{ action: 'DEMO-1' }, { section: 'S04' }],
      version: 1,
      sequence: done(readAt).sequence,
    }),
  });
  const of = (reviewer: string, day: number, command: Deed['command'], fields: object = {}): Deed => ({
    day,
    by: reviewer,
    role: 'reviewer',
    command,
    fields: { ...id, reviewer, ...fields },
  });
  const { reviewer, otherReviewer } = PERSONS;
  const comment = (finding: string, day: number) =>
    byPerson(focalPointOf('example-registry'), day, 'CommentOnFinding', {
      ...id,
      reviewer,
      finding,
      text: 'There was a third meeting, in the autumn.',
    });
  const until = stage.date(14);
  return [
    ...[reviewer, otherReviewer].flatMap((person) => [
      bySecretary(-49, 'AssignReviewer', { ...id, reviewer: person, from: stage.date(-49) }),
      of(person, -48, 'DeclareNoConflict'),
    ]),
    find(reviewer, -40, 'F-1', 'C71-STAKEHOLDERS', 'The minutes show governments and users at both meetings.'),
    of(reviewer, -39, 'ShareFinding', { finding: 'F-1', until }),
    comment('F-1', -36),
    byOtherSecretary(-34, 'PublishFinding', { ...id, reviewer, finding: 'F-1' }),
    find(reviewer, -10, 'F-2', 'C71-PACE', 'The minutes show five months, and not four.'),
    of(reviewer, -9, 'ShareFinding', { finding: 'F-2', until }),
    comment('F-2', -7),
    find(reviewer, -6, 'F-3', 'C65-DEVELOPMENT', 'A list of the places in the courses is not part of the evidence.'),
    of(reviewer, -5, 'ShareFinding', { finding: 'F-3', until }),
    find(otherReviewer, -4, 'F-1', 'C71-PACE', 'Four months are what the agreement itself says.'),
    ...steppedBack(stage),
    ...concluded(stage),
  ];
}

function steppedBack(stage: Stage): Deed[] {
  const { id } = new ReportOf(stage, 'sample-chamber');
  const reviewer = PERSONS.otherReviewer;
  const own = { day: -42, by: reviewer, role: 'reviewer' as const };
  return [
    bySecretary(-43, 'AssignReviewer', { ...id, reviewer, from: stage.date(-43) }),
    { ...own, command: 'DeclareConflict', fields: { ...id, reviewer, kind: 'financial', text: 'Advised a member.' } },
    { ...own, command: 'RecuseReviewer', fields: { ...id, reviewer, reason: 'A conflict of interest' } },
  ];
}

function concluded(stage: Stage): Deed[] {
  const { id } = new ReportOf(stage, 'sample-institute');
  const { reviewer } = PERSONS;
  const own = (day: number, command: Deed['command'], more: object = {}): Deed => ({
    day,
    by: reviewer,
    role: 'reviewer',
    command,
    fields: { ...id, reviewer, ...more },
  });
  return [
    bySecretary(-25, 'AssignReviewer', { ...id, reviewer, from: stage.date(-25) }),
    own(-24, 'DeclareNoConflict'),
    own(-12, 'ConcludeAssessment', { summary: 'The report says what was done. Nothing was found on any criterion.' }),
  ];
}
