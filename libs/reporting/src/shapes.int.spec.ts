import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deepFrozen, fold } from '#testing';
import { action } from './action/action.js';
import { assessment } from './assessment/assessment.js';
import { cycle } from './cycle/cycle.js';
import type { Decider, DomainEvent } from './decider.js';
import { mandate } from './mandate/mandate.js';
import { policyOption } from './option/option.js';
import { organization } from './organization/organization.js';
import { report } from './report/report.js';
import { reminder } from './reminder/reminder.js';
import { recognise, SHAPES } from './shapes.js';
import type { ReportingEvent } from './streams.js';

// `samples/<type>.v<shape>.json` is an event as it was stored when that shape was written, with every field it may have.
// None is ever edited: a new shape adds a file beside the old ones, and an upcaster that keeps these specs passing.

const SAMPLES = new URL('../samples/', import.meta.url);
type Type = ReportingEvent['type'];
type Stored = Parameters<typeof recognise>[0];

const types = Object.keys(SHAPES) as Type[];
const sampleOf = (type: Type, shape: number): Stored =>
  JSON.parse(readFileSync(new URL(`${type}.v${shape}.json`, SAMPLES), 'utf8')) as Stored;

/** What a life of these events comes to, when each was written in its oldest shape. */
function lived<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  life: Type[],
): State {
  const events = life.map((type) => recognise(deepFrozen(sampleOf(type, 1))) as unknown as Event);
  return fold(decider, decider.initial, events);
}

const LIVES = {
  organization: [
    'OrganizationRegistered',
    'OrganizationPlacedUnder',
    'OrganizationMarkedRelevant',
    'PersonAppointed',
    'OrganizationRenamed',
    'OrganizationProfileRevised',
    'AppointmentEnded',
    'SignOffRuleSet',
    'SignOffRuleProposed',
    'EditingRuleSet',
    'OrganizationRelevanceEnded',
    'OrganizationMergedInto',
  ],
  cycle: ['CycleOpened', 'CycleGuidanceIssued', 'CycleDueDateMoved', 'SynthesisIssued', 'CycleClosed', 'CycleReopened'],
  reportInTheForm: [
    'ReportRequested',
    'ReportAcknowledged',
    'ReportDeadlineExtended',
    'ReportStarted',
    'SectionDelegated',
    'SectionAnswered',
    'CarriedOverConfirmed',
    'FigureReported',
    'ActionCited',
    'DocumentAttached',
    'SignatureGiven',
    'ReportSubmitted',
    'ClarificationRequested',
    'ClarificationAnswered',
    'ClarificationFollowedUp',
    'ClarificationDueDateMoved',
    'ClarificationClosed',
    'ClarificationReopened',
    'ClarificationWidened',
    'AmendmentOpened',
    'ReportResubmitted',
    'ReportNoted',
    'PublicationProposed',
    'ReportPublished',
    'PartWithheld',
  ],
  reportTakenBack: [
    'ReportStarted',
    'ActionCited',
    'ActionUncited',
    'ReportSubmitted',
    'WithdrawalProposed',
    'ReportWithdrawn',
    'SectionDropped',
  ],
  reportByLetter: ['ReportAnsweredByLetter'],
  reportAfterSilence: ['ReportRequested', 'NoResponseRecorded', 'ReportDeclined'],
  reportWaived: ['ReportRequested', 'ReportExempted'],
  reminders: ['ReminderSent'],
  action: [
    'ActionRecorded',
    'ActionMilestoneReached',
    'PartnerDisputed',
    'PartnerConfirmed',
    'ActionLinked',
    'ActionSourceAdded',
    'ActionRevised',
    'ActionTrackReassigned',
    'ActionStatusChanged',
  ],
  actionReplaced: ['ActionRecorded', 'ActionSuperseded'],
  actionGivenUp: ['ActionRecorded', 'ActionDiscontinued'],
  option: ['OptionTabled', 'OptionArgued', 'OptionDebated', 'OptionHandedTo', 'OptionTakenUp', 'OptionClosed'],
  actionTakenBack: ['ActionRecorded', 'ActionRecordedInError'],
  assessment: [
    'ReviewerAssigned',
    'NoConflictDeclared',
    'FindingRecorded',
    'FindingRevised',
    'FindingShared',
    'OrganizationCommented',
    'FindingPublished',
    'AssessmentConcluded',
  ],
  assessmentLeft: ['ReviewerAssigned', 'ConflictDeclared', 'ReviewerRecused'],
  mandates: ['MandateProposed', 'MandateGiven', 'MandateEnded'],
} satisfies Record<string, Type[]>;

describe('A sample of every event shape ever written', () => {
  it('is kept', () => {
    const expected = types.flatMap((type) => Array.from({ length: SHAPES[type] }, (_, n) => `${type}.v${n + 1}.json`));
    expect(readdirSync(SAMPLES).sort()).toEqual(expected.sort());
  });

  it.each(types)('is recognised: %s', (type) => {
    for (let shape = 1; shape <= SHAPES[type]; shape++) {
      const sample = sampleOf(type, shape);
      expect(sample).toMatchObject({ type, metadata: { v: String(shape) } });
      expect(recognise(sample)).toMatchObject({ type });
    }
  });

  it('is part of a life below', () => expect(new Set(Object.values(LIVES).flat())).toEqual(new Set(types)));
});

describe('Replayed from the samples', () => {
  it('an organization is what it was', () =>
    expect(lived(organization, LIVES.organization)).toEqual({
      registered: true,
      name: 'Example Numbers Registry',
      acronym: 'ENR',
      profile: { kind: 'REGISTRY', description: 'Registers example numbers and names.' },
      parents: ['example-numbers-council'],
      appointments: [],
      everAppointed: ['person-1'],
      signatures: 2,
      fewerProposed: { by: 'person-8' },
      editing: 'delegated',
      mergedInto: 'example-names-registry',
      mergedOn: '2015',
    }));

  it('a cycle is what it was', () =>
    expect(lived(cycle, LIVES.cycle)).toEqual({
      phase: 'open',
      opensOn: '2008-03',
      dueOn: '2008-11-30',
      form: 'sample-form/1',
      syntheses: ['synthesis-2009'],
    }));

  it('a report in the form is what it was', () =>
    expect(lived(report, LIVES.reportInTheForm)).toMatchObject({
      length: 25,
      phase: 'submitted',
      requestedOn: '2008-03',
      deadline: '2008-11-30',
      form: 'sample-form/1',
      unasked: 'voluntary',
      answeredOn: '2008-10-06',
      reservation: 'We answer as a courtesy.',
      answers: { 'S01/en': { text: 'We keep the registry open to all.', origin: 'carried-over' } },
      citations: { 'ACT-0001': [{ criterion: 'INCLUSIVE', text: 'Anyone may attend.' }] },
      figures: { 'meetings-held': { value: 4, unit: 'meetings' } },
      documents: ['b'.repeat(64)],
      touched: false,
      version: 2,
      consent: 'without-name',
      delegations: { S02: 'person-2' },
      clarifications: {
        'clarification-1': { visibility: 'public', state: 'open', hasAnswer: true, dueOn: '2009-01-31' },
      },
      publishedVersions: [2],
      withheld: ['2/S02'],
    }));

  it('a report that ended otherwise is what it was', () => {
    expect(lived(report, LIVES.reportTakenBack)).toMatchObject({ phase: 'withdrawn', citations: {}, version: 1 });
    expect(lived(report, LIVES.reportByLetter)).toMatchObject({
      phase: 'answered-by-letter',
      answeredOn: '2008-10-06',
      reservation: 'We answer as a courtesy.',
      unasked: 'request-not-on-record',
    });
    expect(lived(report, LIVES.reportAfterSilence)).toMatchObject({ phase: 'declined', deadline: '2008-10-31' });
    expect(lived(report, LIVES.reportWaived)).toMatchObject({ phase: 'exempted' });
  });

  it('reminders are what they were', () =>
    expect(lived(reminder, LIVES.reminders)).toEqual({ sent: ['2008-11-30/-7'] }));

  it('an action is what it was', () => {
    const { facts, statedAt, ...rest } = lived(action, LIVES.action);
    expect(rest).toEqual({
      length: 9,
      lead: 'example-registry',
      track: 'IGF',
      status: 'COMPLETED',
      sources: [expect.objectContaining({ confidence: 'found' }), expect.objectContaining({ confidence: 'recalled' })],
      links: [{ to: 'ACT-0009', kind: 'DISCUSSED_AT' }],
      partnerStandings: { 'example-union': 'confirmed' },
    });
    expect(facts).toMatchObject({
      title: 'Agreement on shared training',
      startedOn: { date: '2007-05-08' },
      endedOn: { date: '2010' },
    });
    expect(statedAt).toMatchObject({ description: 0, title: 6, startedOn: 6, endedOn: 8 });
  });

  it('a policy option is what it was', () =>
    expect(lived(policyOption, LIVES.option)).toEqual({
      phase: 'closed',
      tabledOn: '2008-03',
      argumentIds: ['A-1'],
      debates: ['Example Forum/Workshop 7/2008-12-03'],
      addressees: ['organization:example-registry'],
      actions: ['ACT-0001'],
    }));

  it('an assessment is what it was', () => {
    expect(lived(assessment, LIVES.assessment)).toMatchObject({
      phase: 'concluded',
      declared: 'no-conflict',
      findings: { 'F-1': { standing: 'published', until: '2008-11-30', comments: ['There were four'] } },
    });
    expect(lived(assessment, LIVES.assessmentLeft)).toEqual({ phase: 'recused', declared: 'conflict', findings: {} });
  });

  it('mandates are what they were', () => {
    expect(lived(mandate, ['MandateProposed', 'MandateGiven'])).toEqual({
      held: { reviewer: '2008-03-01' },
      proposed: {},
    });
    expect(lived(mandate, LIVES.mandates)).toEqual({ held: {}, proposed: {} });
  });

  it('an action that ended otherwise is what it was', () => {
    expect(lived(action, LIVES.actionReplaced)).toMatchObject({ status: 'SUPERSEDED', supersededBy: 'ACT-0002' });
    expect(lived(action, LIVES.actionGivenUp)).toMatchObject({ status: 'DISCONTINUED' });
    expect(lived(action, LIVES.actionTakenBack)).toMatchObject({ status: 'ONGOING', inError: true });
  });
});
