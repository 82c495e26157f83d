import { describe, expect, it } from '@jest/globals';
import {
  addSource,
  changeStatus,
  confirmPartnership,
  discontinue,
  discontinued,
  disputePartnership,
  fold,
  found,
  link,
  linked,
  markRecordedInError,
  milestoneReached,
  partnerConfirmed,
  partnerDisputed,
  reachMilestone,
  reassignTrack,
  recalled,
  record,
  recorded,
  recordedInError,
  revise,
  revised,
  sourceAdded,
  specFor,
  statusChanged,
  supersede,
  superseded,
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
    record({ kind: 'KIND_BEFORE_2010' }),
    record({ cooperation: 'COOPERATION_BEFORE_2010' }),
    record({ issues: ['DNS', 'ISSUE_BEFORE_2010'] }),
    record({ vision: { code: 'STATUS_QUO' } }),
    record({ stakeholders: [{ group: 'TECH_AND_ACAD' }] }),
  ])('refuses codes that are retired (%#)', (command) => given().when(command).refuses('code-retired'));

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

describe('Rule 4: start is not after end, and a future start means planned', () => {
  it('refuses an end before the start, when recorded and when revised', () => {
    const ended = { startedOn: { date: '2007-05' }, endedOn: { date: '2006' } };
    given()
      .when(record({ ...ended, status: 'COMPLETED' }))
      .refuses('dates-out-of-order', { from: '2007-05', to: '2006' });
    given(recorded())
      .when(revise({ changes: { startedOn: { date: '2011' }, endedOn: { date: '2010-12-31' } } }))
      .refuses('dates-out-of-order');
  });

  it('accepts an end in the year of the start, since a year has no first of January', () =>
    given()
      .when(record({ startedOn: { date: '2007-05' }, endedOn: { date: '2007' }, status: 'COMPLETED' }))
      .thenState({ status: 'COMPLETED' }));

  it('refuses another status than planned for a future start', () => {
    given()
      .when(record({ startedOn: { date: '2012-07' } }))
      .refuses('start-in-future-means-planned', { startedOn: '2012-07', status: 'ONGOING' });
    given()
      .when(record({ startedOn: { date: '2012-07' }, status: 'PLANNED' }))
      .thenState({ status: 'PLANNED' });
  });

  it('does not let a plan be carried out before its start, nor move a start past today', () => {
    given(recorded({ startedOn: { date: '2013' }, status: 'PLANNED' }))
      .when(changeStatus({ to: 'ONGOING', on: '2013' }))
      .refuses('start-in-future-means-planned');
    given(recorded())
      .when(revise({ changes: { startedOn: { date: '2013' } } }))
      .refuses('start-in-future-means-planned', { startedOn: '2013', status: 'ONGOING' });
  });

  it('does not take this year for the future', () =>
    given()
      .when(record({ startedOn: { date: '2012' } }))
      .thenState({ status: 'ONGOING' }));

  it('refuses an ongoing action that has ended, and a completed one that has not', () => {
    given()
      .when(record({ endedOn: { date: '2012-05' } }))
      .refuses('ongoing-has-an-end', { status: 'ONGOING', endedOn: '2012-05' });
    given()
      .when(record({ endedOn: { date: '2013' }, status: 'COMPLETED' }))
      .refuses('date-in-future', { date: '2013' });
    given(recorded({ endedOn: { date: '2013' } }))
      .when(changeStatus({ on: '2012-06' }))
      .records(statusChanged({ on: '2012-06' }));
  });

  it('refuses a change of status before the start or in the future', () => {
    for (const command of [changeStatus({ on: '2006' }), supersede({ on: '2006' }), discontinue({ on: '2006' })]) {
      given(recorded()).when(command).refuses('dates-out-of-order', { from: '2007-05', to: '2006' });
    }
    const ongoing = changeStatus({ to: 'ONGOING', on: '2013' });
    given(recorded({ status: 'PLANNED' }))
      .when(ongoing)
      .refuses('date-in-future', { date: '2013' });
    for (const command of [changeStatus({ on: '2013' }), supersede({ on: '2013' }), discontinue({ on: '2013' })]) {
      given(recorded()).when(command).refuses('date-in-future', { date: '2013' });
    }
  });
});

describe('A plan that comes to nothing', () => {
  const planned = recorded({ startedOn: { date: '2013' }, status: 'PLANNED' });

  it('is given up, or replaced, before the day on which it was to begin, and so has no end', () => {
    given(planned)
      .when(discontinue({ on: '2011' }))
      .records(discontinued({ on: '2011' }));
    given(planned)
      .when(supersede({ on: '2011' }))
      .records(superseded({ on: '2011' }));
    const { facts, status } = fold(action, action.initial, [planned, discontinued({ on: '2011' })]);
    expect({ status, endedOn: facts?.endedOn }).toEqual({ status: 'DISCONTINUED', endedOn: undefined });
  });

  it('is still corrected, though its start lies ahead', () =>
    given(planned, discontinued({ on: '2011' }))
      .when(revise({ changes: { title: 'Another title' } }))
      .thenState({ status: 'DISCONTINUED' }));

  it('that began has its end, as all others', () => {
    const { facts } = fold(action, action.initial, [recorded({ status: 'PLANNED' }), discontinued()]);
    expect(facts?.endedOn).toEqual({ date: '2010' });
  });
});

describe('Rule 14: what was stated wrongly, and of which nothing else is known, is taken back', () => {
  const ended = recorded({ endedOn: { date: '2010' }, status: 'COMPLETED', note: 'By letter' });

  it('by a revision that names it, with the reason and what it corrects', () => {
    given(ended)
      .when(revise({ changes: { endedOn: null }, reason: 'It goes on' }))
      .records(revised({ changes: {}, removed: ['endedOn'], reason: 'It goes on' }));
    const { facts } = fold(action, action.initial, [ended, revised({ changes: {}, removed: ['endedOn', 'note'] })]);
    expect(facts).not.toHaveProperty('endedOn');
    expect(facts).not.toHaveProperty('note');
  });

  it('together with what is stated anew', () =>
    given(ended)
      .when(revise({ changes: { title: 'Another title', note: null } }))
      .records(revised({ changes: { title: 'Another title' }, removed: ['note'] })));

  it('once, and is stated again later', () => {
    const removed = revised({ changes: {}, removed: ['endedOn'] });
    given(ended, removed)
      .when(revise({ changes: { endedOn: null } }))
      .refuses('nothing-changed');
    given(ended, removed)
      .when(revise({ changes: { endedOn: { date: '2011' } } }))
      .records(revised({ changes: { endedOn: { date: '2011' } }, corrects: [1] }));
  });

  it('and leaves a status that agrees with the dates', () => {
    const planned = recorded({ startedOn: { date: '2007' }, endedOn: { date: '2013' }, status: 'ONGOING' });
    given(planned)
      .when(revise({ changes: { endedOn: null } }))
      .thenState({ status: 'ONGOING' });
  });
});

describe('Rule 5: a status changes by its own command, and a final one stays', () => {
  it('changes with the date from when, which is the end of what is completed', () => {
    given(recorded()).when(changeStatus()).records(statusChanged());
    const { facts } = fold(action, action.initial, [recorded(), statusChanged()]);
    expect(facts?.endedOn).toEqual({ date: '2010' });
  });

  it('is not changed to what it is', () =>
    given(recorded())
      .when(changeStatus({ to: 'ONGOING' }))
      .refuses('nothing-changed', { status: 'ONGOING' }));

  it('becomes superseded or discontinued by commands that ask for what these need', () => {
    for (const to of ['SUPERSEDED', 'DISCONTINUED'] as const) {
      given(recorded()).when(changeStatus({ to })).refuses('status-needs-its-own-command', { to });
    }
    given(recorded()).when(supersede()).records(superseded());
    given(recorded(), superseded()).thenState({ status: 'SUPERSEDED', supersededBy: 'ACT-0002' });
    given(recorded()).when(discontinue()).records(discontinued());
    given(recorded(), discontinued()).thenState({ status: 'DISCONTINUED' });
  });

  it('is verified later, where nobody had looked', () =>
    given(recorded({ status: 'UNVERIFIED' }))
      .when(changeStatus({ to: 'ONGOING', on: '2012' }))
      .records(statusChanged({ from: 'UNVERIFIED', to: 'ONGOING', on: '2012' })));

  it.each([
    ['completed', statusChanged()],
    ['superseded', superseded()],
    ['discontinued', discontinued()],
  ])('does not reopen once it is %s', (_, final) => {
    for (const command of [changeStatus({ to: 'ONGOING' }), supersede({ by: 'ACT-0003' }), discontinue()]) {
      given(recorded(), final).when(command).refuses('status-is-final');
    }
  });

  it('is superseded from the start only together with its successor', () => {
    given()
      .when(record({ status: 'SUPERSEDED' }))
      .refuses('status-needs-successor');
    given()
      .when(record({ supersededBy: 'ACT-0002' }))
      .refuses('status-needs-successor');
    given()
      .when(record({ status: 'SUPERSEDED', supersededBy: 'ACT-0002' }))
      .thenState({ supersededBy: 'ACT-0002' });
  });

  it('is not superseded by itself', () => {
    given(recorded())
      .when(supersede({ by: 'ACT-0001' }))
      .refuses('superseded-by-itself', { action: 'ACT-0001' });
    given()
      .when(record({ status: 'SUPERSEDED', supersededBy: 'ACT-0001' }))
      .refuses('superseded-by-itself');
  });

  it('is not superseded in a circle', () => {
    const circle = ['ACT-0003', 'ACT-0001'];
    given(recorded())
      .when(supersede({ by: 'ACT-0002', successors: circle }))
      .refuses('superseded-in-circle', { action: 'ACT-0001', successors: ['ACT-0002', ...circle] });
    given()
      .when(record({ status: 'SUPERSEDED', supersededBy: 'ACT-0002', successors: circle }))
      .refuses('superseded-in-circle');
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

describe('Rule 14: a correction is a new event that names what it corrects', () => {
  it('names the revision that last stated what is changed', () => {
    given(recorded()).when(revise()).records(revised());
    given(recorded(), linked(), revised())
      .when(revise({ changes: { title: 'Agreement on training', note: 'Seen in the archive' } }))
      .records(revised({ changes: { title: 'Agreement on training', note: 'Seen in the archive' }, corrects: [2] }));
  });

  it('names several where they stated what is changed', () =>
    given(recorded(), revised(), statusChanged())
      .when(revise({ changes: { title: 'Training', issues: ['ACCESS'], endedOn: { date: '2010-05' } } }))
      .records(
        revised({
          changes: { title: 'Training', issues: ['ACCESS'], endedOn: { date: '2010-05' } },
          corrects: [0, 1, 2],
        }),
      ));

  it('records only what is different', () =>
    given(recorded())
      .when(revise({ changes: { title: 'Agreement on shared training', issues: ['DNS'] } }))
      .records(revised()));

  it('is refused where nothing is', () =>
    given(recorded())
      .when(revise({ changes: { issues: ['DNS'] } }))
      .refuses('nothing-changed'));

  it('may correct the facts of an action that is over', () =>
    given(recorded(), statusChanged()).when(revise()).records(revised()));

  it('may take the whole record back, which is final', () => {
    given(recorded()).when(markRecordedInError()).records(recordedInError());
    given(recorded(), recordedInError()).thenState({ inError: true, length: 2 });
    for (const command of [revise(), changeStatus(), link(), addSource(), markRecordedInError()]) {
      given(recorded(), recordedInError()).when(command).refuses('action-recorded-in-error');
    }
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
