import { describe, it } from '@jest/globals';
import {
  actionCited,
  amendmentOpened,
  answerClarification,
  clarificationAnswered,
  clarificationRequested,
  note,
  noted,
  partWithheld,
  publicationProposed,
  publish,
  published,
  requestClarification,
  resubmitted,
  sectionAnswered,
  specFor,
  started,
  submitted,
  withdrawn,
  withholdPart,
} from '#testing';
import { report } from './report.js';

const given = specFor(report);
const first = [started(), sectionAnswered(), sectionAnswered({ section: 'S04' }), actionCited(), submitted()];
const second = [...first, amendmentOpened(), sectionAnswered({ text: 'Open to all since 1999.' }), resubmitted()];
const claims = { 'ACT-0001': [{ criterion: 'INCLUSIVE', text: 'Anyone may attend.' }] };

describe('A reviewer asks back', () => {
  it('about a section, in a thread of its own', () => {
    given(...first)
      .when(requestClarification())
      .records(clarificationRequested());
    given(...first, clarificationRequested()).thenState({ clarifications: { 'clarification-1': 'open' } });
  });

  it('under a name that is not taken, about a section that there is', () => {
    given(...first, clarificationRequested())
      .when(requestClarification())
      .refuses('nothing-changed', { clarification: 'clarification-1' });
    given(...first)
      .when(requestClarification({ section: 'S99' }))
      .refuses('section-unknown', { section: 'S99' });
  });

  it('and gets one answer', () => {
    given(...first, clarificationRequested())
      .when(answerClarification())
      .records(clarificationAnswered());
    given(...first, clarificationRequested(), clarificationAnswered())
      .when(answerClarification())
      .refuses('clarification-already-answered', { clarification: 'clarification-1' });
    given(...first)
      .when(answerClarification())
      .refuses('clarification-unknown', { clarification: 'clarification-1' });
  });

  it('in a thread that may be called anything', () => {
    const clarification = 'constructor';
    given(...first)
      .when(answerClarification({ clarification }))
      .refuses('clarification-unknown');
    given(...first)
      .when(requestClarification({ clarification }))
      .records(clarificationRequested({ clarification }));
  });

  it('no more once the report is withdrawn', () =>
    given(...first, withdrawn())
      .when(requestClarification())
      .refuses('report-withdrawn'));
});

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
      .when(note({ version: 2 }))
      .records(noted({ version: 2 }));
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
    given(...second, published(), published({ version: 2 })).thenState({ publishedVersion: 2 });
  });

  it('never behind what is published already', () =>
    given(...second, published({ version: 2 }))
      .when(publish())
      .refuses('later-version-published', { version: 1, published: 2 }));

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
});

it.each([requestClarification(), answerClarification(), note(), publish(), withholdPart()])(
  'Nobody may $type before a report is submitted',
  (command) => given(started()).when(command).refuses('report-not-submitted', { phase: 'draft' }),
);

it.each([requestClarification({ actedFor: true }), note({ actedFor: true }), publish({ actedFor: true })])(
  'Nobody may $type who ever acted for the organization',
  (command) =>
    given(...first)
      .when(command)
      .refuses('conflict-of-interest', { actor: 'person-1' }),
);
