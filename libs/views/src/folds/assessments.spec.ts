import { describe, expect, it } from '@jest/globals';
import type { Audience, DocumentRef } from '#reporting';
import {
  assessmentConcluded,
  conflictDeclared,
  findingPublished,
  findingRecorded,
  findingRevised,
  findingShared,
  inStream,
  noConflictDeclared,
  organizationCommented,
  reviewerAssigned,
  reviewerRecused,
  specForView,
} from '#testing';
import { assessmentFor } from '../queries/assessment-as-read.js';
import { ReviewedReport } from '../queries/reviewed-report.js';
import type { AssessmentDocument } from './assessments.js';
import { assessments } from './assessments.js';
import type { ReportDocument } from './reports.js';
import { timeline } from './timeline.js';

const given = specForView(assessments);
const assessment = inStream('assessment-ec-performance-2008-example-registry--person-7');
const key = 'ec-performance/2008/example-registry/person-7';
const { finding: _, note, ...words } = findingRecorded().data;
const rewritten = 'The minutes show four groups in the room.';

describe('An assessment', () => {
  it('reads as it was assigned, and stands in the list of its reviewer', () => {
    const assigned = given(assessment(reviewerAssigned()));
    assigned.thenDocument(key, {
      reviewer: 'person-7',
      phase: 'assigned',
      assigned: { by: 'person-1', from: '2008-10-01', why: [0] },
      findings: undefined,
      revision: 0,
      why: [0],
    });
    assigned.thenLists(key, 'reviewer=person-7', 'organization=example-registry');
  });

  it('keeps a finding as it is written, as it was shown and as it is public', () =>
    given(
      assessment(
        reviewerAssigned(),
        noConflictDeclared(),
        findingRecorded(),
        findingShared(),
        organizationCommented(),
        findingPublished(),
        findingRevised(),
      ),
    ).thenDocument(key, {
      noConflict: { why: [1] },
      findings: [
        {
          finding: 'F-1',
          standing: 'draft',
          written: { ...words, statement: rewritten, evidence: [{ section: 'S04' }], sequence: 44, why: [2, 6] },
          shown: { ...words, until: '2026-01-29', comments: [{ text: 'There were four', why: [4] }], why: [3] },
          published: { ...words, comments: ['There were four'], why: [5] },
        },
      ],
    }));

  it('keeps each file that a finding named, and for whom, whatever was written since', () => {
    const file = { title: 'Minutes', sha256: 'd'.repeat(64) };
    const evidence = [{ section: 'S04' }, { document: file }, { document: { title: 'On paper' } }];
    const assessed = given(
      assessment(
        reviewerAssigned(),
        findingRecorded({ evidence }),
        findingShared({ evidence }),
        findingRevised(),
        findingPublished({ evidence }),
      ),
    );
    const named = { document: file, version: 1 };
    assessed.thenDocument(key, {
      files: [
        { ...named, audience: 'reviewers', sequence: 1 },
        { ...named, audience: 'organization', sequence: 2 },
        { ...named, audience: 'public', sequence: 4 },
      ],
    });
    assessed.thenLists(key, 'reviewer=person-7', 'organization=example-registry', `document=${file.sha256}`);
  });

  it('ends, one way or the other', () => {
    given(assessment(reviewerAssigned(), noConflictDeclared(), assessmentConcluded())).thenDocument(key, {
      phase: 'concluded',
      conclusion: { summary: 'The report says what was done.', why: [2] },
    });
    given(assessment(reviewerAssigned(), conflictDeclared(), reviewerRecused())).thenDocument(key, {
      phase: 'recused',
      conflict: { kind: 'financial', text: 'I hold shares of its supplier', why: [1] },
      recusal: { reason: 'A new post', why: [2] },
    });
  });

  it('of one reviewer is not told by that of another', () => {
    const other = inStream('assessment-ec-performance-2008-example-registry--person-9');
    const both = given(
      assessment(reviewerAssigned(), noConflictDeclared(), findingRecorded()),
      other(reviewerAssigned()),
    );
    both.thenKeys(key, 'ec-performance/2008/example-registry/person-9');
    both.thenDocument('ec-performance/2008/example-registry/person-9', { findings: undefined });
  });
});

describe('To whom it is told', () => {
  const document = (findings: AssessmentDocument['findings'] = []): AssessmentDocument => ({
    series: 'ec-performance',
    year: 2008,
    organization: 'example-registry',
    reviewer: 'person-7',
    phase: 'recused',
    assigned: { from: '2008-10-01' as never, by: 'person-1', why: [0] },
    conflict: { kind: 'personal', text: 'A secret', why: [1] },
    recusal: { reason: 'Another secret', why: [2] },
    findings,
    revision: 2,
    why: [0, 1, 2],
  });
  const written = { ...words, statement: 'Written', note: 'A note', why: [5] };
  const shown = { ...words, statement: 'Shown', until: '2026-01-29' as never, comments: [], why: [4] };
  const published = { ...words, statement: 'Published', comments: [], why: [3] };
  const report = (changes: Partial<ReportDocument> = {}): ReportDocument => ({
    series: 'ec-performance',
    year: 2008,
    organization: 'example-registry',
    phase: 'submitted',
    status: 'ANSWERED',
    publishedVersions: [1],
    revision: 0,
    why: [],
    ...changes,
  });
  const toldTo = (reader: Audience, findings: AssessmentDocument['findings'], about = report()) =>
    assessmentFor(reader, document(findings), new ReviewedReport(about)).findings.map(({ statement, standing }) => [
      standing,
      statement,
    ]);

  it('is a conflict to the secretariat, a reason for stepping back to reviewers', () => {
    const partsFor = (reader: Audience) => {
      const { conflict, recusal } = assessmentFor(reader, document(), new ReviewedReport(report()));
      return [Boolean(conflict), Boolean(recusal)];
    };
    expect(partsFor('public')).toEqual([false, false]);
    expect(partsFor('organization')).toEqual([false, false]);
    expect(partsFor('reviewers')).toEqual([false, true]);
    expect(partsFor('secretariat')).toEqual([true, true]);
  });

  it('is a draft to reviewers, what was shown to the organization, and what is public to all', () => {
    const all = [{ finding: 'F-1', standing: 'draft', written, shown, published } as const];
    expect(toldTo('public', all)).toEqual([['published', 'Published']]);
    expect(toldTo('organization', all)).toEqual([['shown', 'Shown']]);
    expect(toldTo('reviewers', all)).toEqual([['draft', 'Written']]);
    const neverShown = [{ finding: 'F-1', standing: 'draft', written } as const];
    expect(toldTo('public', neverShown)).toEqual([]);
    expect(toldTo('organization', neverShown)).toEqual([]);
  });

  it('is to everybody no finding on a version that was never published', () => {
    const all = [{ finding: 'F-1', standing: 'published', written, published } as const];
    for (const publishedVersions of [[2], []]) {
      const about = report({ publishedVersions });
      expect(toldTo('public', all, about)).toEqual([]);
      for (const reader of ['organization', 'reviewers', 'secretariat'] as const)
        expect(toldTo(reader, all, about)).toEqual([['published', 'Published']]);
    }
  });

  it('is of what the report withholds only why, where it is named as evidence', () => {
    const minutes: DocumentRef = { title: 'Minutes of a person', sha256: 'd'.repeat(64) };
    const evidence = [
      { document: { ...minutes, title: 'The same under another title' } },
      { document: { title: minutes.title } },
      { source: { title: minutes.title, confidence: 'found' } },
      { action: 'ACT-0001' },
      { section: 'S04' },
    ] as const;
    const told = (reader: Audience, part: string) => {
      const withheld = [{ version: 1, part, reason: 'A person' }];
      const about = report({ documents: [{ document: minutes }], withheld });
      const all = [{ finding: 'F-1', standing: 'published', written, published: { ...published, evidence } } as const];
      return assessmentFor(reader, document(all), new ReviewedReport(about)).findings[0]?.evidence;
    };
    const kept = { withheld: 'A person' };
    expect(told('public', 'document 1')).toEqual([kept, kept, kept, ...evidence.slice(3)]);
    expect(told('public', 'action ACT-0001')).toEqual([...evidence.slice(0, 3), kept, evidence[4]]);
    for (const reader of ['organization', 'reviewers', 'secretariat'] as const)
      expect(told(reader, 'document 1')).toEqual(evidence);
  });

  it('is a note to nobody but reviewers and the secretariat', () => {
    expect(note).toBeDefined();
    const all = [{ finding: 'F-1', standing: 'shown', written, shown } as const];
    const notes = (['public', 'organization', 'reviewers', 'secretariat'] as const).map(
      (reader) => assessmentFor(reader, document(all), new ReviewedReport(report())).findings[0]?.note,
    );
    expect(notes).toEqual([undefined, undefined, 'A note', 'A note']);
  });
});

describe('In the timeline of the organization', () => {
  const told = specForView(timeline);

  it('stand the assignment, what is published and the conclusion, and nothing of drafts', () =>
    told(
      assessment(
        reviewerAssigned(),
        noConflictDeclared(),
        conflictDeclared(),
        findingRecorded(),
        findingRevised(),
        findingShared(),
        organizationCommented(),
        findingPublished(),
        assessmentConcluded(),
      ),
    ).thenKeys(
      'example-registry/2008-10-01 assessment-ec-performance-2008-example-registry--person-7/0',
      'example-registry/2026-01-15 assessment-ec-performance-2008-example-registry--person-7/7',
      'example-registry/2026-01-15 assessment-ec-performance-2008-example-registry--person-7/8',
    ));
});
