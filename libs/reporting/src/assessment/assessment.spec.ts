import { describe, expect, it } from '@jest/globals';
import {
  assessmentConcluded,
  assignReviewer,
  commentOnFinding,
  concludeAssessment,
  conflictDeclared,
  declareConflict,
  declareNoConflict,
  findingPublished,
  findingRecorded,
  findingRevised,
  findingShared,
  noConflictDeclared,
  organizationCommented,
  publishFinding,
  recordFinding,
  recuse,
  reviewerAssigned,
  reviewerRecused,
  reviseFinding,
  shareFinding,
  specFor,
} from '#testing';
import { assessment, audienceOfAssessment, mayReadFor } from './assessment.js';

const given = specFor(assessment, { actor: 'person-7' });
const givenToSecretariat = specFor(assessment);
const later = specFor(assessment, { actor: 'person-7', today: '2026-01-30' });

const free = [reviewerAssigned(), noConflictDeclared()];
const found = [...free, findingRecorded()];
const shown = [...found, findingShared()];
const heard = [...shown, organizationCommented()];
const published = [...heard, findingPublished()];

describe('A reviewer', () => {
  it('is assigned to a report once, by somebody else', () => {
    givenToSecretariat().when(assignReviewer()).records(reviewerAssigned());
    givenToSecretariat(reviewerAssigned()).when(assignReviewer()).refuses('reviewer-already-assigned');
    given().when(assignReviewer()).refuses('second-person-needed', { reviewer: 'person-7' });
  });

  it('never acted for the organization, whatever came later', () => {
    const actedFor = { actedFor: true };
    givenToSecretariat().when(assignReviewer(actedFor)).refuses('conflict-of-interest', { reviewer: 'person-7' });
    given(reviewerAssigned()).when(declareNoConflict(actedFor)).refuses('conflict-of-interest');
    given(...free)
      .when(recordFinding(actedFor))
      .refuses('conflict-of-interest');
    given(...found)
      .when(reviseFinding(actedFor))
      .refuses('conflict-of-interest');
    given(...found)
      .when(shareFinding(actedFor))
      .refuses('conflict-of-interest');
    given(...heard)
      .when(publishFinding(actedFor))
      .refuses('conflict-of-interest');
    given(...free)
      .when(concludeAssessment(actedFor))
      .refuses('conflict-of-interest');
  });

  it.each([
    declareConflict(),
    declareNoConflict(),
    recuse(),
    recordFinding(),
    reviseFinding(),
    shareFinding(),
    commentOnFinding(),
    publishFinding(),
    concludeAssessment(),
  ])('is assigned before $type, and has not stepped back or come to an end', (command) => {
    given().when(command).refuses('assessment-unknown');
    given(reviewerAssigned(), reviewerRecused()).when(command).refuses('assessment-over', { phase: 'recused' });
    given(...free, assessmentConcluded())
      .when(command)
      .refuses('assessment-over', { phase: 'concluded' });
  });

  it('who stepped back is not assigned again', () =>
    givenToSecretariat(reviewerAssigned(), reviewerRecused()).when(assignReviewer()).refuses('assessment-over'));

  it('says that there is no conflict before the first finding', () => {
    given(reviewerAssigned()).when(recordFinding()).refuses('declaration-missing');
    given(reviewerAssigned()).when(declareNoConflict()).records(noConflictDeclared());
    given(...free)
      .when(declareNoConflict())
      .refuses('nothing-changed');
    given(...free)
      .when(recordFinding())
      .records(findingRecorded());
  });

  it('who declares a conflict finds nothing more, and cannot take it back', () => {
    given(reviewerAssigned()).when(declareConflict()).records(conflictDeclared());
    const inConflict = given(...heard, conflictDeclared());
    for (const command of [recordFinding({ finding: 'F-2' }), shareFinding(), publishFinding(), concludeAssessment()]) {
      inConflict.when(command).refuses('conflict-of-interest', { declared: true });
    }
    inConflict.when(declareNoConflict()).refuses('conflict-of-interest');
    inConflict.when(recuse()).records(reviewerRecused());
  });

  it.each([
    declareConflict(),
    declareNoConflict(),
    recordFinding({ finding: 'F-2' }),
    reviseFinding(),
    shareFinding(),
    concludeAssessment(),
  ])('does $type in their own name', (command) =>
    givenToSecretariat(...found)
      .when(command)
      .refuses('not-the-reviewer', { reviewer: 'person-7' }),
  );
});

describe('A finding', () => {
  it('is on a criterion of the list, in words and with evidence (rule 10)', () => {
    given(...free)
      .when(recordFinding({ criterion: 'NO_CRITERION' }))
      .refuses('code-unknown');
    given(...free)
      .when(recordFinding({ criterion: 'CRITERION_BEFORE_2010' }))
      .refuses('code-retired');
    given(...free)
      .when(recordFinding({ evidence: [] }))
      .refuses('source-missing');
    given(...free)
      .when(recordFinding({ evidence: [{ section: 'S99' }] }))
      .refuses('section-unknown');
  });

  it.each([[{}], [{ action: 'ACT-0001', section: 'S04' }]])('rests on one thing at a time: not on %j', (evidence) =>
    given(...free)
      .when(recordFinding({ evidence: [{ section: 'S01' }, evidence] }))
      .refuses('evidence-unclear', { evidence: 1 }),
  );

  it('has an id of its own, which may be the name of anything', () => {
    given(...found)
      .when(recordFinding())
      .refuses('finding-already-recorded', { finding: 'F-1' });
    given(...free)
      .when(recordFinding({ finding: 'constructor' }))
      .records(findingRecorded({ finding: 'constructor' }));
    given(...free)
      .when(shareFinding({ finding: 'constructor' }))
      .refuses('finding-unknown');
  });

  it('Trap (SERIMA#465): is pinned to a version that there is, and to a sequence at which it was there, and survives a new one', () => {
    const pinned = { latest: 2, isReached: true, wasSubmitted: false };
    given(...free)
      .when(recordFinding({ version: 3, pinned }))
      .refuses('version-unknown', { version: 3, latest: 2 });
    given(...free)
      .when(recordFinding({ version: 2, sequence: 39, pinned }))
      .refuses('sequence-before-version', { version: 2, sequence: 39 });
    given(...found)
      .when(reviseFinding({ version: 0 }))
      .refuses('version-unknown');
  });

  it('stays what it was when it is written anew: both stand on record, with the reason', () => {
    given(...found)
      .when(reviseFinding())
      .records(findingRevised());
    given(...found)
      .when(reviseFinding({ finding: 'F-2' }))
      .refuses('finding-unknown');
    given(...found, findingRevised())
      .when(reviseFinding())
      .refuses('nothing-changed');
  });

  it('is shown to the organization before it is public', () => {
    given(...found)
      .when(publishFinding())
      .refuses('finding-not-shown');
    given(...found)
      .when(shareFinding())
      .records(findingShared());
    given(...shown)
      .when(shareFinding())
      .refuses('nothing-changed');
    given(...found)
      .when(shareFinding({ until: '2026-01-14' }))
      .refuses('dates-out-of-order');
  });

  it('is public in the words that the organization was shown, and in no others', () => {
    given(...heard, findingRevised())
      .when(publishFinding())
      .refuses('finding-not-shown');
    given(...published, findingRevised())
      .when(publishFinding())
      .refuses('finding-not-shown');
    given(...published, findingRevised())
      .when(shareFinding())
      .records(
        findingShared({
          statement: 'The minutes show four groups in the room.',
          evidence: [{ section: 'S04' }],
          sequence: 44,
        }),
      );
  });

  it('waits for the organization until the day that was named, or until it has spoken', () => {
    given(...shown)
      .when(publishFinding())
      .refuses('organization-not-heard', { until: '2026-01-29' });
    later(...shown)
      .when(publishFinding())
      .records(findingPublished({ comments: [] }));
    given(...heard)
      .when(publishFinding())
      .records(findingPublished());
    given(...published)
      .when(publishFinding())
      .refuses('already-published');
  });

  it('is unknown to the organization until it is shown, and what becomes of it then is not told', () => {
    for (const history of [found, free])
      givenToSecretariat(...history)
        .when(commentOnFinding())
        .refuses('finding-unknown', { finding: 'F-1' });
    for (const history of [published, [...published, findingRevised()], [...shown, findingRevised()]])
      givenToSecretariat(...history)
        .when(commentOnFinding())
        .refuses('finding-not-shown', { finding: 'F-1' });
  });

  it('is commented on by the organization while it is shown, and not by its reviewer', () => {
    givenToSecretariat(...shown)
      .when(commentOnFinding())
      .records(organizationCommented());
    given(...shown)
      .when(commentOnFinding())
      .refuses('second-person-needed');
  });

  it('is public only when the version that it is about is', () => {
    given(...heard)
      .when(publishFinding({ publishedVersions: [] }))
      .refuses('version-not-published', { version: 1 });
    given(...heard)
      .when(publishFinding({ publishedVersions: [1, 2] }))
      .records(findingPublished());
  });

  it('is no more public where only a later version is', () => {
    given(...heard)
      .when(publishFinding({ publishedVersions: [2] }))
      .refuses('version-not-published', { version: 1, published: [2] });
  });

  it('is published by its reviewer or by the secretariat', () =>
    givenToSecretariat(...heard)
      .when(publishFinding())
      .records(findingPublished()));

  it('has no number to rank by (no scores, no ranks)', () => {
    const numbers = Object.entries(findingPublished().data).filter(([, value]) => typeof value === 'number');
    expect(numbers.map(([name]) => name).sort()).toEqual(['sequence', 'version']);
  });
});

describe('An assessment', () => {
  it('ends with a summary; drafts stay drafts', () =>
    given(...found)
      .when(concludeAssessment())
      .records(assessmentConcluded()));

  it('Trap (SERIMA#791): makes nothing public that was a draft, nor a note among reviewers', () => {
    expect(audienceOfAssessment(findingRecorded())).toBe('reviewers');
    expect(audienceOfAssessment(findingShared())).toBe('organization');
    expect(audienceOfAssessment(findingPublished())).toBe('public');
    expect(JSON.stringify([findingShared(), findingPublished()])).not.toContain('Ask the Example Union');
    given(...found)
      .when(shareFinding())
      .records(findingShared());
  });

  it('is read by each what those before may read, and more', () => {
    expect(mayReadFor('public', 'organization')).toBe(false);
    expect(mayReadFor('organization', 'public')).toBe(true);
    expect(mayReadFor('organization', 'reviewers')).toBe(false);
    expect(mayReadFor('secretariat', 'reviewers')).toBe(true);
  });
});
