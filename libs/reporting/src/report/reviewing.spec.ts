import { describe, expect, it } from '@jest/globals';
import {
  actionCited,
  actionUncited,
  amendmentOpened,
  answeredByLetter,
  clarificationAnswered,
  clarificationRequested,
  documentAttached,
  figureReported,
  note,
  noted,
  partWithheld,
  publicationProposed,
  publish,
  published,
  resubmitted,
  sectionAnswered,
  specFor,
  started,
  submitted,
  withdrawn,
  withholdPart,
} from '#testing';
import { isPublished } from './published.js';
import { report, type ReportEvent } from './report.js';

const given = specFor(report);
const first = [started(), sectionAnswered(), sectionAnswered({ section: 'S04' }), actionCited(), submitted()];
const second = [...first, amendmentOpened(), sectionAnswered({ text: 'Open to all since 1999.' }), resubmitted()];
const claims = { 'ACT-0001': [{ criterion: 'INCLUSIVE', text: 'Anyone may attend.' }] };

describe('Rule 10: claim and finding are separate', () => {
  const review = [clarificationRequested(), clarificationAnswered(), noted(), published(), partWithheld()];

  it('leaves every claim as the organization made it, whatever reviewers and the secretariat do', () =>
    given(...first, ...review).thenState({ citations: claims, version: 1, phase: 'submitted' }));

  it('takes note of a version, pinned to what was read, and approves nothing', () => {
    given(...first)
      .when(note())
      .records(noted());
    given(...first, noted()).thenState({ phase: 'submitted', citations: claims });
  });
});

describe('Rule 14: what was known then stays told apart from what is known now', () => {
  it('speaks of versions that there are', () => {
    for (const version of [0, 2, 1.5]) {
      for (const command of [note({ version }), publish({ version }), withholdPart({ version })]) {
        given(...first)
          .when(command)
          .refuses('version-unknown', { version, latest: 1 });
      }
    }
    given(...second)
      .when(note({ version: 2, pinned: { latest: 2, isReached: true, wasSubmitted: true } }))
      .records(noted({ version: 2 }));
  });

  it('takes note of what was read: at a sequence that there is, and not before the version was there', () => {
    given(...first)
      .when(note({ pinned: { latest: 1, isReached: true, wasSubmitted: false } }))
      .refuses('sequence-before-version', { version: 1, sequence: 12 });
    given(...first)
      .when(note({ pinned: { latest: 1, isReached: false, wasSubmitted: false } }))
      .refuses('sequence-unknown', { sequence: 12 });
  });

  it('notes an earlier version too', () =>
    given(...second)
      .when(note())
      .records(noted()));
});

describe('A report is published', () => {
  it('version by version, each once, by two persons', () => {
    given(...first)
      .when(publish())
      .records(publicationProposed({ by: 'person-1' }));
    given(...first, publicationProposed())
      .when(publish())
      .records(published({ proposedBy: 'person-2' }));
    given(...first, publicationProposed({ by: 'person-1' }))
      .when(publish())
      .refuses('second-person-needed', { proposedBy: 'person-1' });
    given(...first, published())
      .when(publish())
      .refuses('already-published', { version: 1 });
    given(...second, published())
      .when(publish({ version: 2 }))
      .records(publicationProposed({ version: 2, by: 'person-1' }));
    given(...second, published(), publicationProposed({ version: 2 }))
      .when(publish({ version: 2 }))
      .records(published({ version: 2, proposedBy: 'person-2' }));
    given(...second, published(), published({ version: 2 })).thenState({ publishedVersions: [1, 2] });
  });

  it('by two who have both never acted for the organization: who has come to since they proposed it does not count', () => {
    given(...first, publicationProposed())
      .when(publish({ proposerActedFor: true }))
      .records(publicationProposed({ by: 'person-1' }));
    given(...first, publicationProposed())
      .when(publish({ actedFor: true }))
      .refuses('conflict-of-interest', { actor: 'person-1' });
  });

  it('never behind what is published already', () =>
    given(...second, published({ version: 2 }))
      .when(publish())
      .refuses('later-version-published', { version: 1, published: 2 }));

  it('one version, and none that came before it unpublished', () => {
    const told = (...events: ReportEvent[]) =>
      events.reduce((state, event) => report.evolve(state, event), report.initial);
    const [both, later] = [
      told(...second, published(), published({ version: 2 })),
      told(...second, published({ version: 2 })),
    ];
    expect([1, 2, 3].map((version) => isPublished(both, version))).toEqual([true, true, false]);
    expect([1, 2, 3].map((version) => isPublished(later, version))).toEqual([false, true, false]);
  });

  it('never once it is withdrawn', () =>
    given(...first, withdrawn())
      .when(publish())
      .refuses('report-withdrawn'));

  it('with parts withheld, each with its reason and once', () => {
    given(...first)
      .when(withholdPart())
      .records(partWithheld());
    given(...first, partWithheld())
      .when(withholdPart())
      .refuses('part-already-withheld', { version: 1, part: 'S02' });
    given(...first, partWithheld()).thenState({ withheld: ['1/S02'] });
  });

  it('with a part withheld in fact or not at all, so it is called as the report calls it', () => {
    const said = [started(), figureReported(), actionCited(), submitted()];
    for (const part of ['S02', 'S02/fr', 'figure meetings-held', 'action ACT-0001'])
      given(...said)
        .when(withholdPart({ part }))
        .records(partWithheld({ part }));
    for (const part of ['document 2', 'document 0', 'document two', 'reservation of all', 'letter', 'clarification Q1'])
      given(...first, documentAttached())
        .when(withholdPart({ part }))
        .refuses('part-unknown', { part });
    for (const part of ['Annex 2', 'S99', 'S99/en', 'section two', 'figure', 'S02/'])
      given(...first)
        .when(withholdPart({ part }))
        .refuses('part-unknown', { part });
  });
});

describe('A figure or a citation is withheld', () => {
  const said = [started(), figureReported(), actionCited(), submitted()];

  it('where it is on record, and whoever mistypes its name is told what there is', () => {
    given(...said)
      .when(withholdPart({ part: 'figure meetings' }))
      .refuses('part-unknown', { part: 'figure meetings', known: ['figure meetings-held'] });
    given(...said)
      .when(withholdPart({ part: 'action ACT-0009' }))
      .refuses('part-unknown', { part: 'action ACT-0009', known: ['action ACT-0001'] });
  });

  it('not while it stands in a draft only: to name it would tell everybody of it', () =>
    given(...first, amendmentOpened(), figureReported())
      .when(withholdPart({ part: 'figure meetings-held' }))
      .refuses('part-unknown', { part: 'figure meetings-held', known: [] }));

  it('also where a later version says it no more', () =>
    given(...said, amendmentOpened(), actionUncited(), resubmitted())
      .when(withholdPart({ part: 'action ACT-0001' }))
      .records(partWithheld({ part: 'action ACT-0001' })));

  it('where a letter names the action', () => {
    const cited = { version: 0, part: 'action ACT-0001' };
    given(answeredByLetter({ cites: ['ACT-0001'] }))
      .when(withholdPart(cited))
      .records(partWithheld(cited));
    given(answeredByLetter()).when(withholdPart(cited)).refuses('part-unknown', { part: cited.part, known: [] });
  });
});

describe('Whatever else a report says can be withheld', () => {
  const thread = (visibility: 'organization' | 'public') => clarificationRequested({ clarification: 'Q1', visibility });

  it('a document of no section, by its place; a reservation; a thread that everybody reads', () => {
    const attached = [started(), documentAttached(), submitted(), thread('public')];
    for (const part of ['document 1', 'reservation', 'clarification Q1'])
      given(...attached)
        .when(withholdPart({ part }))
        .records(partWithheld({ part }));
  });

  it('but not what only some may read: to name it would tell everybody of it', () =>
    given(...first, thread('organization'))
      .when(withholdPart({ part: 'clarification Q1' }))
      .refuses('part-not-public', { part: 'clarification Q1' }));

  it('an answer by letter, which has no version', () => {
    const letter = { version: 0, part: 'letter' };
    given(answeredByLetter()).when(withholdPart(letter)).records(partWithheld(letter));
    given(answeredByLetter(), partWithheld(letter)).when(withholdPart(letter)).refuses('part-already-withheld', letter);
    given(answeredByLetter())
      .when(withholdPart({ part: 'letter' }))
      .refuses('version-unknown', { version: 1, latest: 0 });
    given(answeredByLetter()).when(publish()).refuses('report-not-submitted', { phase: 'answered-by-letter' });
  });
});

it.each([note(), publish(), withholdPart()])('Nobody may $type before a report is submitted', (command) =>
  given(started()).when(command).refuses('report-not-submitted', { phase: 'draft' }),
);

it.each([note({ actedFor: true }), publish({ actedFor: true }), withholdPart({ actedFor: true })])(
  'Nobody may $type who ever acted for the organization',
  (command) =>
    given(...first)
      .when(command)
      .refuses('conflict-of-interest', { actor: 'person-1' }),
);
