import { describe, expect, it } from '@jest/globals';
import {
  actionCited,
  actionUncited,
  amendmentOpened,
  answeredByLetter,
  carriedOverConfirmed,
  clarificationRequested,
  documentAttached,
  figureReported,
  partWithheld,
  published,
  requested,
  resubmitted,
  sectionAnswered,
  sectionDelegated,
  sectionDropped,
  started,
  submitted,
} from '#testing';
import type { ReportEvent } from './report.js';
import { audiencesOfReport } from './report-audience.js';

const audiences = (...events: readonly (ReportEvent | { type: string; data: object })[]) => {
  const of = audiencesOfReport(
    events.map(({ type, data }, revision) => ({ revision, type, data: data as Record<string, unknown> })),
  );
  return events.map((_, revision) => of(revision));
};

const answered = (section: string, text = 'Yes') => sectionAnswered({ section, text, lang: 'en' });

describe('Who may read the events of a report', () => {
  it('a draft is for its writers; that it was begun is for everybody', () =>
    expect(audiences(requested(), started(), answered('S01'), figureReported(), sectionDelegated())).toEqual([
      'public',
      'public',
      'writers',
      'writers',
      'writers',
    ]));

  it('what was written over or dropped before it was signed is never told to others', () =>
    expect(
      audiences(
        started(),
        answered('S01', 'First'),
        answered('S01', 'Second'),
        answered('S02'),
        sectionDropped({ section: 'S02', lang: 'en' }),
        actionCited({ action: 'EX-1' }),
        actionUncited({ action: 'EX-1' }),
        submitted(),
        published(),
      ),
    ).toEqual(['public', 'writers', 'public', 'writers', 'writers', 'writers', 'writers', 'public', 'public']));

  it('what was submitted is not public before it is published', () =>
    expect(audiences(started(), answered('S01'), submitted())).toEqual(['public', 'submitted', 'submitted']));

  it('words that were carried over stand with the one who confirmed them', () =>
    expect(
      audiences(answered('S01'), carriedOverConfirmed({ section: 'S01', lang: 'en' }), submitted(), published()),
    ).toEqual(['public', 'public', 'public', 'public']));

  it('a version that is published does not tell the next one', () =>
    expect(
      audiences(answered('S01'), submitted(), published(), amendmentOpened(), answered('S01', 'Anew'), resubmitted()),
    ).toEqual(['public', 'public', 'public', 'public', 'submitted', 'submitted']));

  it('a part that is withheld is not told, nor the document that belongs to it', () =>
    expect(
      audiences(
        answered('S01'),
        answered('S02'),
        documentAttached({ section: 'S02' }),
        submitted(),
        published(),
        partWithheld({ version: 1, part: 'S02', reason: 'Example' }),
      ),
    ).toEqual(['public', 'submitted', 'submitted', 'public', 'public', 'public']));

  it('whatever else is withheld, too: a document by its place, the reservation with the signature, a thread, a letter', () => {
    const kept = (...parts: string[]) => parts.map((part) => partWithheld({ version: 1, part, reason: 'Example' }));
    const file = { title: 'Minutes', sha256: 'e'.repeat(64) };
    expect(
      audiences(
        documentAttached({ document: { title: 'List', symbol: 'E/1' } }),
        documentAttached({ document: file, section: 'S04' }),
        submitted({ reservation: 'Example' }),
        published(),
        clarificationRequested({ clarification: 'Q1', visibility: 'public' }),
        clarificationRequested({ clarification: 'Q2', visibility: 'public' }),
        // The file stands there, too.
        { type: 'ClarificationAnswered', data: { clarification: 'Q2', text: 'Attached', documents: [file] } },
        { type: 'ClarificationClosed', data: { clarification: 'Q1', outcome: 'answered' } },
        ...kept('document 2', 'reservation', 'clarification Q1'),
      ),
    ).toEqual('public submitted submitted public submitted public submitted submitted public public public'.split(' '));
    expect(audiences(answeredByLetter(), ...kept('letter'))).toEqual(['submitted', 'public']);
    expect(audiences(answeredByLetter(), ...kept('reservation'))).toEqual(['public', 'public']);
    expect(audiences(answeredByLetter({ reservation: 'Example' }), ...kept('reservation'))).toEqual([
      'submitted',
      'public',
    ]);
  });

  it('with a section in one language, what is attached to the section, as wherever else it is read', () =>
    expect(
      audiences(
        answered('S02'),
        documentAttached({ section: 'S02' }),
        submitted(),
        published(),
        partWithheld({ version: 1, part: 'S02/en', reason: 'Example' }),
      ),
    ).toEqual(['submitted', 'submitted', 'public', 'public', 'public']));

  it('a thread is for those for whom it was opened, with its answer', () => {
    const asked = (visibility: 'internal' | 'organization' | 'public') =>
      audiences(clarificationRequested({ clarification: 'Q1', visibility }), {
        type: 'ClarificationAnswered',
        data: { clarification: 'Q1', text: 'Because' },
      });
    expect(asked('internal')).toEqual(['reviewers', 'reviewers']);
    expect(asked('organization')).toEqual(['submitted', 'submitted']);
    expect(asked('public')).toEqual(['public', 'public']);
  });

  const inThread = (type: string, more: object = {}) => ({ type, data: { clarification: 'Q1', ...more } });

  it('each message of a thread is for those for whom it was said, and the rest for those of the thread', () =>
    expect(
      audiences(
        clarificationRequested({ clarification: 'Q1', visibility: 'public' }),
        inThread('ClarificationAnswered', { visibility: 'organization' }),
        inThread('ClarificationFollowedUp', { visibility: 'public' }),
        inThread('ClarificationDueDateMoved'),
        inThread('ClarificationClosed'),
        inThread('ClarificationReopened'),
      ),
    ).toEqual(['public', 'submitted', 'public', 'public', 'public', 'public']));

  it('Trap (SERIMA#791): a note among reviewers is for them, in whichever thread', () => {
    for (const visibility of ['internal', 'organization', 'public'] as const)
      expect(
        audiences(
          clarificationRequested({ clarification: 'Q1', visibility }),
          inThread('ClarificationFollowedUp', { visibility: 'internal' }),
        ).at(-1),
      ).toBe('reviewers');
  });

  it('a thread that is widened tells its question to more, and nothing that was said below it', () =>
    expect(
      audiences(
        clarificationRequested({ clarification: 'Q1', visibility: 'internal' }),
        inThread('ClarificationFollowedUp', { visibility: 'internal' }),
        inThread('ClarificationWidened', { from: 'internal', to: 'organization' }),
        inThread('ClarificationAnswered', { visibility: 'organization' }),
        inThread('ClarificationWidened', { from: 'organization', to: 'public' }),
        inThread('ClarificationClosed'),
      ),
    ).toEqual(['public', 'reviewers', 'submitted', 'submitted', 'public', 'public']));

  it('an event of a kind that is not known is for nobody but the writers', () =>
    expect(audiences({ type: 'SomethingNew', data: {} })).toEqual(['writers']));
});
