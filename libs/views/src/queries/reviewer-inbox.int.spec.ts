import { describe, expect, it } from '@jest/globals';
import {
  assessmentConcluded,
  conflictDeclared,
  findingPublished,
  findingRecorded,
  findingShared,
  noConflictDeclared,
  organizationCommented,
  resubmitted,
  reviewerAssigned,
  started,
  submitted,
} from '#testing';
import { ViewsInFolder } from '../../../../test/support/views-in-folder.js';
import { InboxOfReviewer, InboxOfReviewerHandler } from './reviewer-inbox.js';
import { Today } from './report-year.js';

const REPORT = 'report-ec-performance-2008-example-registry';
const REVIEW = 'assessment-ec-performance-2008-example-registry--person-7';
const OTHER = 'assessment-ec-performance-2008-example-union--person-7';

const at = ViewsInFolder.forEachTest();
const on = (day: string) => new Today(at.views, () => Date.parse(`${day}T12:00:00Z`));

/** What waits for `person-7` on a day, in their own eyes. */
async function waiting(day = '2026-01-15', reader: 'reviewers' | 'public' = 'reviewers', asOf?: number) {
  await at.shown();
  const inbox = await new InboxOfReviewerHandler(at.views, on(day)).execute(
    new InboxOfReviewer('person-7', reader, asOf),
  );
  return inbox.map(({ kind, organization, days }) => `${kind} ${organization} ${days}`);
}

describe('What waits for a reviewer', () => {
  it('comes in the order of its age, from all reports that they review', async () => {
    await at.record.tell(OTHER, reviewerAssigned());
    at.record.setClock('2026-01-20T09:00:00.000Z');
    await at.record.tell(REPORT, started(), submitted());
    await at.record.tell(REVIEW, reviewerAssigned(), noConflictDeclared());
    expect(await waiting('2026-01-25')).toEqual([
      'declaration-missing example-union 10',
      'version-to-read example-registry 5',
    ]);
  });

  it('is a finding to publish once the organization was given its time', async () => {
    await at.record.tell(REPORT, started(), submitted());
    await at.record.tell(REVIEW, reviewerAssigned(), noConflictDeclared(), findingRecorded(), findingShared());
    expect(await waiting('2026-01-29')).toEqual([]);
    expect(await waiting('2026-01-30')).toEqual(['finding-to-publish example-registry 15']);
    await at.record.tell(REVIEW, organizationCommented());
    expect(await waiting('2026-01-31')).toEqual(['comment-to-consider example-registry 16']);
    await at.record.tell(REVIEW, findingPublished());
    expect(await waiting('2026-02-01')).toEqual(['assessment-to-conclude example-registry 17']);
  });

  it('is a later version than the one that they read', async () => {
    await at.record.tell(REPORT, started(), submitted());
    await at.record.tell(
      REVIEW,
      reviewerAssigned(),
      noConflictDeclared(),
      findingRecorded(),
      findingShared(),
      findingPublished(),
    );
    await at.record.tell(REPORT, resubmitted({ version: 2 }));
    expect(await waiting()).toEqual(['assessment-to-conclude example-registry 0', 'later-version example-registry 0']);
    expect(await waiting('2026-01-16', 'public')).toEqual([]);
  });

  it('is nothing where they are in a conflict, or have concluded', async () => {
    await at.record.tell(REVIEW, reviewerAssigned(), conflictDeclared());
    await at.record.tell(OTHER, reviewerAssigned(), noConflictDeclared(), assessmentConcluded());
    expect(await waiting()).toEqual([]);
    expect(await waiting('2026-01-16', 'reviewers', 0)).toEqual(['declaration-missing example-registry 0']);
  });
});
