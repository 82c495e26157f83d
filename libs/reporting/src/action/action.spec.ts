import { describe, expect, it } from '@jest/globals';
import {
  addSource,
  changeStatus,
  confirmPartnership,
  disputePartnership,
  found,
  link,
  linked,
  milestoneReached,
  partnerConfirmed,
  partnerDisputed,
  reachMilestone,
  reassignTrack,
  recalled,
  record,
  recorded,
  revise,
  revised,
  sourceAdded,
  specFor,
  supersede,
  trackReassigned,
} from '#testing';
import { action, countsForParagraph71, participantsOf } from './action.js';

const given = specFor(action, { today: '2012-06-30' });

describe('Rule 3: an action has a lead and partners, and is recorded once', () => {
  it('is recorded under its lead', () => {
    given().when(record()).records(recorded());
    given(recorded()).thenState({ lead: 'example-registry', track: 'EC', status: 'ONGOING', sources: [found] });
  });

  it('is not recorded twice', () =>
    given(recorded()).when(record()).refuses('action-already-recorded', { action: 'ACT-0001' }));

  it('is shown to the lead and to every partner', () =>
    expect(participantsOf('example-registry', { partners: ['example-union', 'example-forum'] })).toEqual([
      'example-registry',
      'example-union',
      'example-forum',
    ]));

  it('has a lead that is not its own partner, not even after a revision', () => {
    given()
      .when(record({ partners: ['example-registry'] }))
      .refuses('partner-is-lead', { lead: 'example-registry' });
    given(recorded())
      .when(revise({ changes: { partners: ['example-registry'] } }))
      .refuses('partner-is-lead');
  });

  it('has every partner once', () => {
    given()
      .when(record({ partners: ['example-union', 'example-union'] }))
      .refuses('partner-repeated');
    given(recorded())
      .when(revise({ changes: { partners: ['example-forum', 'example-forum'] } }))
      .refuses('partner-repeated');
  });

  it.each([
    ['kind', record({ kind: 'KIND_BEFORE_2010' })],
    ['way of cooperating', record({ cooperation: 'COOPERATION_BEFORE_2010' })],
    ['issue', record({ issues: ['DNS', 'ISSUE_BEFORE_2010'] })],
    ['vision', record({ vision: { code: 'STATUS_QUO' } })],
    ['stakeholder group', record({ stakeholders: [{ group: 'TECH_AND_ACAD' }] })],
  ])('has no %s whose code is retired', (_, command) => given().when(command).refuses('code-retired'));

  it('asks for current codes again where a revision changes them', () =>
    given(recorded())
      .when(revise({ changes: { issues: ['SPAM', 'ISSUE_BEFORE_2010'] } }))
      .refuses('code-retired', { code: 'ISSUE_BEFORE_2010' }));

  it.each([revise(), changeStatus(), reachMilestone(), link(), reassignTrack(), supersede(), addSource()])(
    'cannot be told $type before it is recorded',
    (command) => given().when(command).refuses('action-unknown'),
  );

  it('reaches milestones, after its start and not in the future', () => {
    given(recorded()).when(reachMilestone()).records(milestoneReached());
    given(recorded())
      .when(reachMilestone({ on: '2006' }))
      .refuses('dates-out-of-order');
    given(recorded())
      .when(reachMilestone({ on: '2013' }))
      .refuses('date-in-future');
    given(recorded(), milestoneReached()).thenState({ length: 2, status: 'ONGOING' });
  });
});

describe('Rule 11: an action has sources, and a new one is an event', () => {
  it('is not recorded, and reaches no milestone, without', () => {
    given()
      .when(record({ sources: [] }))
      .refuses('source-missing');
    given(recorded())
      .when(reachMilestone({ sources: [] }))
      .refuses('source-missing');
  });

  it('keeps apart what was found and what is recalled', () =>
    given()
      .when(record({ confidence: 'recalled', sources: [recalled] }))
      .records(recorded({ confidence: 'recalled', sources: [recalled] })));

  it('gets further sources, each once', () => {
    given(recorded()).when(addSource()).records(sourceAdded());
    given(recorded(), sourceAdded()).thenState({ sources: [found, sourceAdded().data.source] });
    given(recorded())
      .when(addSource({ source: { ...found, title: 'The same letter under another title' } }))
      .refuses('source-already-named');
  });

  it('gets the same source again when it is found after it had been recalled', () => {
    const now = { ...recalled, confidence: 'found' } as const;
    given(recorded({ sources: [recalled] }))
      .when(addSource({ source: now }))
      .records(sourceAdded({ source: now }));
  });
});

describe('Rule 12: tracks do not mix', () => {
  it('moves to another track with a reason, and keeps its history', () => {
    given(recorded()).when(reassignTrack()).records(trackReassigned());
    given(recorded(), linked(), trackReassigned()).thenState({ track: 'IGF', length: 3, lead: 'example-registry' });
  });

  it('does not move to the track that it is on', () =>
    given(recorded())
      .when(reassignTrack({ to: 'EC' }))
      .refuses('track-unchanged', { track: 'EC' }));

  it('links across to the forum by a typed link, each once', () => {
    given(recorded()).when(link()).records(linked());
    given(recorded(), linked()).thenState({ links: [{ to: 'ACT-0009', kind: 'DISCUSSED_AT' }] });
    given(recorded(), linked()).when(link()).refuses('link-exists', { to: 'ACT-0009', kind: 'DISCUSSED_AT' });
    given(recorded(), linked())
      .when(link({ kind: 'FEEDS_INTO' }))
      .records(linked({ kind: 'FEEDS_INTO' }));
  });

  it.each(['FEEDS_INTO', 'DISCUSSED_AT', 'SPUN_OFF_FROM'] as const)('keeps %s for links to the forum', (kind) => {
    given(recorded())
      .when(link({ kind, targetTrack: 'EC' }))
      .refuses('link-needs-the-forum-track', { kind, track: 'EC', targetTrack: 'EC' });
    given(recorded({ track: 'IGF' }))
      .when(link({ kind }))
      .refuses('link-needs-the-forum-track');
  });

  it('relates actions of any tracks, but none to itself', () => {
    given(recorded())
      .when(link({ kind: 'RELATED', targetTrack: 'WSIS_FU' }))
      .records(linked({ kind: 'RELATED' }));
    given(recorded())
      .when(link({ to: 'ACT-0001', kind: 'RELATED' }))
      .refuses('link-to-itself', { action: 'ACT-0001' });
  });
});

describe('Rule 13: the scope test is recorded, and what is operational is kept and not counted', () => {
  it('asks why an action is left out of the count', () => {
    given()
      .when(record({ scope: { test: 'OPERATIONAL' } }))
      .refuses('scope-needs-a-reason', { test: 'OPERATIONAL' });
    given(recorded())
      .when(revise({ changes: { scope: { test: 'OPERATIONAL' } } }))
      .refuses('scope-needs-a-reason');
  });

  it('keeps it on record with the reason', () => {
    const scope = { test: 'OPERATIONAL', reason: 'Day-to-day routing' } as const;
    given()
      .when(record({ scope }))
      .records(recorded({ scope: { ...scope, by: 'person-1' } }));
  });

  it('counts enhanced cooperation with a policy side, and nothing else', () => {
    expect(countsForParagraph71('EC', 'POLICY')).toBe(true);
    expect(countsForParagraph71('EC', 'OPERATIONAL_WITH_POLICY_IMPACT')).toBe(true);
    expect(countsForParagraph71('EC', 'OPERATIONAL')).toBe(false);
    expect(countsForParagraph71('IGF', 'POLICY')).toBe(false);
    expect(countsForParagraph71('WSIS_FU', 'POLICY')).toBe(false);
  });
});

describe('A judgement, of scope or of vision,', () => {
  const scope = { test: 'OPERATIONAL', reason: 'Day-to-day routing' } as const;
  const vision = { code: 'CREATION' };
  const byAnother = specFor(action, { today: '2012-06-30', actor: 'person-2' });
  const judged = recorded({ scope: { test: 'OPERATIONAL', by: 'coders', reason: scope.reason } });

  it('is that of whoever gives the command', () => {
    byAnother()
      .when(record({ scope, vision }))
      .records(recorded({ scope: { ...scope, by: 'person-2' }, vision: { ...vision, by: 'person-2' } }));
    byAnother(recorded())
      .when(revise({ changes: { scope, vision } }))
      .records(revised({ changes: { scope: { ...scope, by: 'person-2' }, vision: { ...vision, by: 'person-2' } } }));
  });

  it('is that of who had judged, where a record is imported', () =>
    byAnother()
      .when(record({ scope: { ...scope, by: 'coders' } }))
      .records(judged));

  it('stays whose it was where somebody only repeats it', () => {
    byAnother(judged)
      .when(revise({ changes: { scope } }))
      .refuses('nothing-changed');
    byAnother(judged)
      .when(revise({ changes: { scope, title: 'Agreement on shared training' } }))
      .records(revised());
  });
});

describe('Rule 20: partners confirm or dispute that they are listed', () => {
  it('each for itself, and may think better of it', () => {
    given(recorded()).when(confirmPartnership()).records(partnerConfirmed());
    given(recorded(), partnerConfirmed()).when(disputePartnership()).records(partnerDisputed());
    given(recorded(), partnerConfirmed(), partnerDisputed()).thenState({
      partnerStandings: { 'example-union': 'disputed' },
    });
    given(recorded(), partnerConfirmed()).thenState({ partnerStandings: { 'example-union': 'confirmed' } });
  });

  it('but not twice', () => {
    given(recorded(), partnerConfirmed()).when(confirmPartnership()).refuses('nothing-changed');
    given(recorded(), partnerDisputed()).when(disputePartnership()).refuses('nothing-changed');
  });

  it('and not those who are not listed', () => {
    const facts = { partner: 'example-forum', partners: ['example-union'] };
    given(recorded())
      .when(confirmPartnership({ partner: 'example-forum' }))
      .refuses('partner-unknown', facts);
    given(recorded())
      .when(disputePartnership({ partner: 'example-forum' }))
      .refuses('partner-unknown', facts);
  });
});
