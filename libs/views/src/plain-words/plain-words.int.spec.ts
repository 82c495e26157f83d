import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { recognise, type ReportingEvent, SHAPES } from '#reporting';
import { type EventToTell, inPlainWords, withheldInPlainWords } from './plain-words.js';
import type { Naming } from './wording.js';

const SAMPLES = new URL('../../../reporting/samples/', import.meta.url);
type Type = ReportingEvent['type'];

const NAMES: Readonly<Record<string, string>> = {
  'example-registry': 'Example Registry',
  'example-union': 'Example Union',
  'example-secretariat': 'Example Secretariat',
};
const naming: Naming = {
  organization: (id) => NAMES[id],
  action: (id) => (id === 'ACT-0001' ? 'Agreement on training' : undefined),
  option: () => 'An open list',
};

const STREAMS = [
  ['organization-example-registry', /^(Organization(?!Commented)|Person|Appointment|SignOff|Editing)/],
  ['cycle-ec-performance-2008', /^(Cycle|Synthesis)/],
  ['reminder-ec-performance-2008-example-registry', /^Reminder/],
  ['action-act-0001', /^(Action(?!Cited|Uncited)|Partner)/],
  ['option-open-list', /^Option/],
  [
    'assessment-ec-performance-2008-example-registry--person-7',
    /^(Reviewer|Conflict|NoConflict|Finding|Assessment|OrganizationCommented)/,
  ],
  ['mandate-person-4', /^Mandate/],
  ['report-ec-performance-2008-example-registry', /^/],
] as const;

/** The sample of a type, by default in its latest shape, as it stands in the record. */
function sampleOf(type: Type, metadata: Readonly<Record<string, string>>, shape: number = SHAPES[type]): EventToTell {
  const file = new URL(`${type}.v${shape}.json`, SAMPLES);
  const event = recognise(JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof recognise>[0]);
  const [stream] = STREAMS.find(([, types]) => types.test(type))!;
  return { ...event, stream, metadata };
}

const BY = { actor: 'person-1', role: 'secretariat' };

/** Each read against its sample by a person. A new type needs its line here. */
const SENTENCES: Readonly<Record<Type, string>> = {
  OrganizationRegistered: 'put Example Registry (ER) on the register.',
  OrganizationRenamed:
    'recorded that Example Registry was renamed Example Numbers Registry (ENR) on 1 April 2009, with the reason “New statutes”.',
  OrganizationProfileRevised:
    'revised the description of Example Registry, with the reason “A second task since 2010”.',
  OrganizationMarkedRelevant:
    'marked Example Registry as a relevant organization from March 2008, with the reason “Named in the request of 2008”.',
  OrganizationRelevanceEnded:
    'recorded that Example Registry ceased to be a relevant organization in 2014, with the reason “Gave its task to another”.',
  OrganizationPlacedUnder:
    'recorded that Example Registry was placed under example-numbers-council on 24 October 2003.',
  OrganizationMergedInto: 'recorded that Example Registry was merged into example-names-registry in 2015.',
  PersonAppointed: 'appointed person-1 to act for Example Registry as focal point from 1 March 2008.',
  AppointmentEnded:
    'ended the appointment of person-1 as focal point of Example Registry on 31 December 2010, with the reason “Another task”.',
  SignOffRuleProposed:
    'proposed that one person signs the reports of Example Registry, with the reason “Its council is one person this year”.',
  SignOffRuleSet:
    'set that two persons sign the reports of Example Registry, with the reason “Its council asks for two”.',
  EditingRuleSet:
    'set that contributors of Example Registry edit only the sections that were delegated to them, with the reason “Each department writes of its own work.”',
  CycleOpened:
    'opened the round of annual reports of 2008, due 31 October 2008, on the form sample-form/1: “Asked by letter and fax”',
  CycleGuidanceIssued:
    'issued guidance for the round of annual reports of 2008 in April 2008: “Three pages are enough.”',
  CycleDueDateMoved:
    'moved the due date of the round of annual reports of 2008 from 31 October 2008 to 30 November 2008, with the reason “The letter went out late”.',
  CycleClosed: 'closed the round of annual reports of 2008 on 30 June 2009.',
  CycleReopened:
    'reopened the round of annual reports of 2008 on 15 July 2009, with the reason “An answer was found in the archive”.',
  SynthesisIssued:
    'recorded that Example Secretariat issued “Report on the contributions of 2008” (EXAMPLE/2009/92) in May 2009, a report made out of the round of annual reports of 2008: “Not seen in full”',
  ReportRequested:
    'recorded that Example Secretariat asked Example Registry in March 2008 for the annual report of Example Registry for 2008, by 31 October 2008: “By letter and fax”',
  ReportAcknowledged:
    'recorded that Example Registry acknowledged the request for the annual report of Example Registry for 2008 in April 2008: “By fax”',
  ReportDeclined:
    'recorded that Example Registry declined in May 2008 to give the annual report of Example Registry for 2008, with the reason “No reporting line to the requester”.',
  ReportExempted:
    'exempted Example Registry from giving the annual report of Example Registry for 2008, with the reason “Founded after the period”.',
  ReportAnsweredByLetter:
    'recorded that Example Registry answered on 6 October 2008 with “Letter of three pages” instead of the annual report of Example Registry for 2008, with a reservation: “We answer as a courtesy. Copied to members”',
  NoResponseRecorded:
    'recorded on 15 December 2008 that no answer of Example Registry had come for the annual report of Example Registry for 2008: “Reminded twice”',
  ReportDeadlineExtended:
    'extended the deadline of the annual report of Example Registry for 2008 from 31 October 2008 to 30 November 2008, with the reason “The letter arrived late”.',
  ReportStarted:
    'began to write the annual report of Example Registry for 2008 on the form sample-form/1 on 1 September 2008, with answers of 2007 to decide on: “With the annual report at hand”',
  SectionAnswered:
    'carried the answer of 2007 over to section S01 (Organization, mandate and standing) of the annual report of Example Registry for 2008 in English.',
  CarriedOverConfirmed:
    'confirmed that the earlier answer still holds in section S01 (Organization, mandate and standing) of the annual report of Example Registry for 2008 in English.',
  SectionDropped:
    'dropped the earlier answer from section S02 (Reporting period and method) of the annual report of Example Registry for 2008 in English.',
  SectionDelegated:
    'delegated section S02 (Reporting period and method) of the annual report of Example Registry for 2008 to person-2: “You were there”',
  FigureReported:
    'reported the figure meetings-held in the annual report of Example Registry for 2008: 4 meetings for 2008: “Two of them online”',
  ActionCited:
    'cited the action “Agreement on training” (ACT-0001) in the annual report of Example Registry for 2008, with one claim.',
  ActionUncited:
    'took the citation of the action “Agreement on training” (ACT-0001) out of the annual report of Example Registry for 2008, with the reason “Cited in error”.',
  DocumentAttached:
    'attached “Annual report” to section S01 (Organization, mandate and standing) of the annual report of Example Registry for 2008.',
  SignatureGiven:
    'gave the first of two signatures, that of person-2, to version 1 of the annual report of Example Registry for 2008 on 5 October 2008.',
  ReportSubmitted:
    'submitted version 1 of the annual report of Example Registry for 2008, with a reservation, signed by person-3 on 6 October 2008 (Example Registry may be cited by name): “We answer as a courtesy.”',
  AmendmentOpened:
    'opened an amendment that is not material of section S01 of the annual report of Example Registry for 2008, with the reason “A date was wrong”.',
  ReportResubmitted:
    'submitted the amended version 2 of the annual report of Example Registry for 2008, with a reservation, signed by person-3 on 10 November 2008 (Example Registry may be cited without its name): “We answer as a courtesy.”',
  WithdrawalProposed:
    'proposed to withdraw the annual report of Example Registry for 2008, with the reason “Sent in the name of another body”.',
  ReportWithdrawn:
    'withdrew the annual report of Example Registry for 2008, with the reason “Sent in the name of another body”.',
  ClarificationRequested:
    'asked about section S01 (Organization, mandate and standing) of the annual report of Example Registry for 2008, by 31 December 2008 (read by the organization and reviewers): “Who attended?”',
  ClarificationAnswered:
    'answered the question clarification-1 about the annual report of Example Registry for 2008: “Forty people from twelve countries.”',
  ClarificationFollowedUp:
    'wrote more to the question clarification-1 about the annual report of Example Registry for 2008 (read by the organization and reviewers): “From which countries?”',
  ClarificationDueDateMoved:
    'moved the due date of the question clarification-1 about the annual report of Example Registry for 2008 from 31 December 2008 to 31 January 2009, with the reason “Their office is closed in December.”',
  ClarificationWidened:
    'opened the question clarification-1 about the annual report of Example Registry for 2008 to everybody, with the reason “Others have asked the same.”',
  ClarificationClosed:
    'closed the question clarification-1 about the annual report of Example Registry for 2008 as answered: “Nothing is left open.”',
  ClarificationReopened:
    'reopened the question clarification-1 about the annual report of Example Registry for 2008, with the reason “The figures do not add up.”',
  ReportNoted: 'took note of version 2 of the annual report of Example Registry for 2008: “Read at the session”',
  PublicationProposed: 'proposed to publish version 2 of the annual report of Example Registry for 2008.',
  ReportPublished: 'published version 2 of the annual report of Example Registry for 2008.',
  PartWithheld:
    'withheld section S02 (Reporting period and method) of version 2 of the annual report of Example Registry for 2008 from readers, with the reason “Names a private person”.',
  ReminderSent:
    'reminded the focal point of Example Registry of the annual report of Example Registry for 2008 on 24 November 2008, for 7 days before the deadline 30 November 2008 (sent later than planned; whether the mail server took it is not known).',
  ActionRecorded:
    'recorded the action “Agreement on training” (ACT-0001), led by Example Registry, on the track “Enhanced cooperation”.',
  ActionRevised:
    'corrected the title and the start and took back the note of the action “Agreement on training” (ACT-0001), with the reason “The signed text”.',
  ActionStatusChanged:
    'changed the status of the action “Agreement on training” (ACT-0001) from “Ongoing” to “Completed”, as it was in 2010, with the reason “Last course held”.',
  ActionMilestoneReached:
    'recorded that the action “Agreement on training” (ACT-0001) reached the milestone “First course held” in November 2007.',
  PartnerConfirmed:
    'confirmed that Example Union is a partner in the action “Agreement on training” (ACT-0001): “We sent the teachers”',
  PartnerDisputed:
    'disputed that Example Union is a partner in the action “Agreement on training” (ACT-0001), with the reason “We only attended”.',
  ActionLinked:
    'recorded that the action “Agreement on training” (ACT-0001) was discussed at the action ACT-0009: “A workshop”',
  ActionTrackReassigned:
    'moved the action “Agreement on training” (ACT-0001) from the track “Enhanced cooperation” to the track “IGF and its improvements”, with the reason “A forum workshop”.',
  ActionSuperseded:
    'recorded that the action “Agreement on training” (ACT-0001) was superseded by the action ACT-0002 in 2010, with the reason “A second agreement”.',
  ActionDiscontinued:
    'recorded that the action “Agreement on training” (ACT-0001) was discontinued in 2010, with the reason “No funds”.',
  ActionSourceAdded: 'added the source “Notes of a participant” to the action “Agreement on training” (ACT-0001).',
  ActionRecordedInError:
    'marked the action “Agreement on training” (ACT-0001) as recorded in error, with the reason “The same as ACT-0002”.',
  OptionTabled:
    'recorded that Example Registry tabled the policy option “An open list” (open-list) on the issue “DNS” in March 2008.',
  OptionArgued:
    'recorded an argument of Example Union for the policy option “An open list” (open-list): “Anybody could check it.”',
  OptionDebated:
    'recorded that the policy option “An open list” (open-list) was debated at Example Forum, Workshop 7, on 3 December 2008: “No objection was heard.”',
  OptionHandedTo:
    'recorded that the policy option “An open list” (open-list) was handed to Example Registry in January 2009, before any debate on record, with the reason “It keeps the list.”',
  OptionTakenUp:
    'recorded that the policy option “An open list” (open-list) was taken up by the action “Agreement on training” (ACT-0001), on the track “Enhanced cooperation”: “Its second part”',
  OptionClosed: 'closed the policy option “An open list” (open-list) in 2010, with the reason “The list is open.”',
  ReviewerAssigned: 'assigned person-7 to review the annual report of Example Registry for 2008 from 1 October 2008.',
  ConflictDeclared:
    'declared a conflict of interest (financial) in the review of the annual report of Example Registry for 2008, with the reason “I hold shares of its supplier”.',
  NoConflictDeclared:
    'declared that they have no conflict of interest in the review of the annual report of Example Registry for 2008.',
  ReviewerRecused:
    'recorded that person-7 stepped back from the review of the annual report of Example Registry for 2008, with the reason “A new post”.',
  FindingRecorded:
    'drafted the finding F-1 on “INCLUSIVE” in version 1 of the annual report of Example Registry for 2008: “The minutes show three groups in the room.”',
  FindingRevised:
    'rewrote the finding F-1 on “INCLUSIVE” in version 1 of the annual report of Example Registry for 2008, with the reason “A group was overlooked”: “The minutes show four groups in the room.”',
  FindingShared:
    'showed Example Registry the finding F-1 on “INCLUSIVE” in the annual report of Example Registry for 2008, to comment on until 30 November 2008: “The minutes show four groups in the room.”',
  OrganizationCommented:
    'commented on the finding F-1 in the annual report of Example Registry for 2008: “There were four”',
  FindingPublished:
    'published the finding F-1 of person-7 on “INCLUSIVE” in version 1 of the annual report of Example Registry for 2008: “The minutes show four groups in the room.”',
  AssessmentConcluded:
    'concluded the review of the annual report of Example Registry for 2008: “The report says what was done.”',
  MandateProposed: 'proposed to give person-4 the mandate of reviewer from 1 March 2008.',
  MandateGiven: 'gave person-4 the mandate of reviewer from 1 March 2008, as person-9 had proposed.',
  MandateEnded: 'ended the mandate of person-4 as reviewer on 31 December 2009, with the reason “Their term is over.”',
};

// uwazi#6677: a log whose entry names another action than the one that was done.
describe('Trap (uwazi#6677): a log entry names the very thing that was done', () => {
  it.each(Object.entries(SENTENCES))('%s', (type, sentence) =>
    expect(inPlainWords(sampleOf(type as Type, BY), naming).sentence).toBe(`person-1 (secretariat) ${sentence}`),
  );

  it('and no two types are told by the same verb and the same things', () => {
    const told = Object.values(SENTENCES);
    expect(new Set(told).size).toBe(told.length);
    expect(told).toHaveLength(Object.keys(SHAPES).length);
  });
});

describe('What an earlier edition wrote', () => {
  const earlier = readdirSync(SAMPLES).flatMap((file) => {
    const [, type, shape] = /^(\w+)\.v(\d+)\.json$/.exec(file)!;
    return Number(shape) < SHAPES[type as Type] ? [[type as Type, Number(shape)] as const] : [];
  });

  it('is there to be tried', () => expect(earlier.length).toBeGreaterThanOrEqual(9));

  it.each(earlier)('is told in whole sentences: %s in shape %i', (type, shape) => {
    const { sentence } = inPlainWords(sampleOf(type, BY, shape), naming);
    expect(sentence).toMatch(/^person-1 \(secretariat\) \S/);
    expect(sentence).not.toMatch(/undefined|NaN|\[object|Invalid/);
  });
});

describe('A mandate that takes no second person', () => {
  const saidOf = (by: string) => {
    const data = { role: 'administrator', from: '2008', by, ground: 'set-up' } as const;
    return inPlainWords({ ...sampleOf('MandateGiven', BY), data } as EventToTell, naming).sentence;
  };

  it('is one by the set-up link, or the second one of all', () => {
    expect(saidOf('person-4')).toMatch(/ from 2008, by the set-up link\.$/);
    expect(saidOf('person-8')).toMatch(/ from 2008, while there were not yet two who could agree on it\.$/);
  });
});

describe('Who did it', () => {
  const saidOf = (metadata: Readonly<Record<string, string>>) =>
    inPlainWords(sampleOf('PublicationProposed', metadata), naming).who;

  it('is named by id, with the role, and on whose behalf', () => {
    const metadata = { actor: 'person-3', role: 'focal-point', onBehalfOf: 'example-registry' };
    expect(saidOf(metadata)).toBe('person-3 (focal point), on behalf of Example Registry,');
    expect(saidOf({ ...metadata, onBehalfOf: 'example-bureau' })).toContain('on behalf of example-bureau,');
  });

  it('is said to be unknown where the record does not name them', () =>
    expect(saidOf({})).toBe('Somebody who is not on record'));

  it('may have a role that these rules do not know', () =>
    expect(saidOf({ actor: 'person-3', role: 'archivist' })).toBe('person-3 (archivist)'));
});

describe('What is not for its reader', () => {
  it('is told without its reason where they must know that it happened', () => {
    const told = withheldInPlainWords(sampleOf('ReviewerRecused', BY), naming);
    expect(told?.sentence).toBe(
      'person-1 (secretariat) recorded that person-7 stepped back from the review of the annual report of Example Registry for 2008; the reason is not for you to read.',
    );
    expect(JSON.stringify(told)).not.toContain('A new post');
  });

  it('is told as a version that is not published, without who signed it and with which reservation', () => {
    const told = withheldInPlainWords(sampleOf('ReportSubmitted', BY), naming);
    expect(told?.did).toBe(
      'submitted version 1 of the annual report of Example Registry for 2008; what was said with it is not for you to read',
    );
    expect(JSON.stringify(told)).not.toMatch(/courtesy|person-3/);
  });

  it.each([
    'ConflictDeclared',
    'FindingRecorded',
    'SectionAnswered',
    'ClarificationRequested',
    'MandateProposed',
    'SignOffRuleProposed',
  ] as const)('is not told of at all elsewhere: %s', (type) =>
    expect(withheldInPlainWords(sampleOf(type, BY), naming)).toBeUndefined(),
  );
});

describe('A sentence', () => {
  it('names a report of another series by the series, and what has no name on record by its id', () => {
    const event = { ...sampleOf('ReportDeclined', BY), stream: 'report-wsis-annual-2011-example-bureau' };
    expect(inPlainWords(event as EventToTell, naming).did).toContain('the report of example-bureau for 2011 (');
  });

  it.each([
    ['S02/fr', 'withheld section S02 (Reporting period and method) in French of version 2'],
    ['figure meetings-held', 'withheld the figure meetings-held of version 2'],
    ['action ACT-0001', 'withheld the citation of ACT-0001 of version 2'],
  ])('names the part that is withheld: %s', (part, said) => {
    const event = sampleOf('PartWithheld', BY);
    const told = inPlainWords({ ...event, data: { ...event.data, part } } as EventToTell, naming);
    expect(told.did).toContain(said);
  });

  it('does not fall over a language tag that is none', () => {
    const event = sampleOf('SectionDropped', BY);
    const odd = { ...event, data: { section: 'S01', lang: '!' } } as EventToTell;
    expect(inPlainWords(odd, naming).did).toContain(' in !');
  });
});
