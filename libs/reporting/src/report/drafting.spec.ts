import { describe, it } from '@jest/globals';
import {
  actionCited,
  actionUncited,
  amendmentOpened,
  answeredByLetter,
  answerSection,
  attachDocument,
  citeAction,
  delegateSection,
  documentAttached,
  exempted,
  figureReported,
  reportFigure,
  requested,
  sectionAnswered,
  sectionDelegated,
  specFor,
  start,
  started,
  submitted,
  unciteAction,
  withdrawn,
} from '#testing';
import { report } from './report.js';

const given = specFor(report, { today: '2009-06-30' });
const drafting = [
  answerSection(),
  delegateSection(),
  reportFigure(),
  citeAction(),
  unciteAction(),
  attachDocument(),
] as const;

describe('Rule 6: one report for an organization, a series and a year', () => {
  it('is started on the form that was asked for, else on the current one', () => {
    given(requested()).when(start()).records(started());
    given(requested({ form: 'sample-form/2' }))
      .when(start())
      .records(started({ form: 'sample-form/2' }));
    given(requested(), started()).thenState({ phase: 'draft', form: 'sample-form/1', touched: false });
  });

  it('says that nobody asked, where nobody did', () => {
    given()
      .when(start())
      .records(started({ standing: 'voluntary' }));
    given()
      .when(start({ standing: 'request-not-on-record' }))
      .records(started({ standing: 'request-not-on-record' }));
    given(started({ standing: 'voluntary' })).thenState({ unasked: 'voluntary' });
  });

  it('is started once, and not instead of what is there', () => {
    given(started()).when(start()).refuses('report-already-started', { phase: 'draft' });
    given(started(), submitted()).when(start()).refuses('report-already-started', { phase: 'submitted' });
    given(started(), submitted(), withdrawn()).when(start()).refuses('report-withdrawn');
    given(answeredByLetter()).when(start()).refuses('report-already-answered');
    given(requested(), exempted()).when(start()).refuses('report-exempted');
  });

  it('is on the form of its cycle, where nobody asked for it', () =>
    given()
      .when(start({ formOfCycle: 'sample-form/2' }))
      .records(started({ form: 'sample-form/2', standing: 'voluntary' })));

  it('is not started in the future', () =>
    given()
      .when(start({ on: '2010' }))
      .refuses('date-in-future'));

  it.each(drafting)('takes no $type before it is started, once it is submitted, or withdrawn', (command) => {
    given(requested()).when(command).refuses('report-not-started', { phase: 'requested' });
    given(started(), submitted()).when(command).refuses('report-locked', { phase: 'submitted' });
    given(started(), submitted(), withdrawn()).when(command).refuses('report-withdrawn');
  });
});

describe('Rule 6: sections are answered, and earlier statements are referred to', () => {
  it('holds an answer in each language', () => {
    given(started()).when(answerSection()).records(sectionAnswered());
    given(started(), sectionAnswered(), sectionAnswered({ lang: 'fr', text: 'Ouvert à tous.' })).thenState({
      answers: {
        'S01/en': { text: 'We keep the registry open to all.', origin: 'written', revision: 1 },
        'S01/fr': { text: 'Ouvert à tous.', origin: 'written', revision: 2 },
      },
      touched: true,
    });
  });

  it('refuses the same answer again, and takes a new one', () => {
    given(started(), sectionAnswered()).when(answerSection()).refuses('nothing-changed', { section: 'S01' });
    given(started(), sectionAnswered())
      .when(answerSection({ text: 'Open to all since 1999.', seen: 1 }))
      .records(sectionAnswered({ text: 'Open to all since 1999.' }));
  });

  it('never lets a writer replace words that they have not read: they get both texts', () => {
    const present = { text: 'We keep the registry open to all.', revision: 1 };
    const yours = { text: 'Open to all since 1999.' };
    given(started(), sectionAnswered()).when(answerSection(yours)).refuses('section-changed', { present, yours });
    given(started(), sectionAnswered())
      .when(answerSection({ ...yours, seen: 0 }))
      .refuses('section-changed', { seen: 0, present, yours });
    // Another language is another text.
    given(started(), sectionAnswered())
      .when(answerSection({ ...yours, lang: 'fr' }))
      .records(sectionAnswered({ ...yours, lang: 'fr' }));
  });

  it('knows its sections, and answers a retired one of an older form', () => {
    given(started())
      .when(answerSection({ section: 'S99' }))
      .refuses('section-unknown', { section: 'S99' });
    given(started())
      .when(answerSection({ section: 'S90' }))
      .records(sectionAnswered({ section: 'S90' }));
  });

  it('hands a section to a person, which answers nothing yet', () => {
    given(started()).when(delegateSection()).records(sectionDelegated());
    given(started(), sectionDelegated()).thenState({ touched: false, answers: {} });
    given(started())
      .when(delegateSection({ section: 'S99' }))
      .refuses('section-unknown');
  });

  it('reports figures with their units', () => {
    given(started()).when(reportFigure()).records(figureReported());
    given(started(), figureReported()).thenState({ figures: { 'meetings-held': { value: 4, unit: 'meetings' } } });
    given(started(), figureReported()).when(reportFigure()).refuses('nothing-changed', { indicator: 'meetings-held' });
    given(started(), figureReported())
      .when(reportFigure({ unit: 'days' }))
      .records(figureReported({ unit: 'days' }));
  });

  it('attaches a document once, known by its hash, else by where it is', () => {
    given(started()).when(attachDocument()).records(documentAttached());
    given(started(), documentAttached())
      .when(attachDocument({ document: { title: 'Under another title', sha256: 'a'.repeat(64) } }))
      .refuses('document-already-attached', { document: 'a'.repeat(64) });
    const symbol = { document: { title: 'Statement', symbol: 'EXAMPLE/2008/1' } };
    given(started(), documentAttached(symbol)).thenState({ documents: ['EXAMPLE/2008/1'] });
    given(started())
      .when(attachDocument({ section: 'S99' }))
      .refuses('section-unknown');
  });
});

describe('Rule 10: a claim is what the organization says of an action it cites', () => {
  it('is made per criterion', () => {
    given(started()).when(citeAction()).records(actionCited());
    given(started(), actionCited()).thenState({
      citations: { 'ACT-0001': [{ criterion: 'INCLUSIVE', text: 'Anyone may attend.' }] },
    });
  });

  it('may be none: an action can be cited without claiming anything of it', () =>
    given(started())
      .when(citeAction({ claims: [] }))
      .records(actionCited({ claims: [] })));

  it('is made of what the organization led or took part in, and of nothing that others did', () =>
    given(started())
      .when(citeAction({ ofOthers: true }))
      .refuses('action-of-others', { action: 'ACT-0001' }));

  it('is made once per action and criterion', () => {
    given(started(), actionCited()).when(citeAction()).refuses('action-already-cited', { action: 'ACT-0001' });
    const twice = [
      { criterion: 'TIMELY', text: 'Within a year.' },
      { criterion: 'TIMELY', text: 'Within months.' },
    ];
    given(started())
      .when(citeAction({ claims: twice }))
      .refuses('criterion-repeated', { criteria: ['TIMELY', 'TIMELY'] });
  });

  it('speaks of criteria that are on the list', () =>
    given(started())
      .when(citeAction({ claims: [{ criterion: 'CRITERION_BEFORE_2010', text: 'Met.' }] }))
      .refuses('code-retired', { list: 'criteria' }));

  it('is taken back with the citation', () => {
    given(started(), actionCited()).when(unciteAction()).records(actionUncited());
    given(started(), actionCited(), actionUncited()).thenState({ citations: {} });
    given(started()).when(unciteAction()).refuses('action-not-cited', { action: 'ACT-0001' });
  });
});

describe('Rule 6: an amendment touches only the sections that it names', () => {
  const amending = [started(), sectionAnswered(), submitted(), amendmentOpened()];
  const amendingActions = [started(), submitted(), amendmentOpened({ sections: ['S04'] })];

  it('lets these be answered anew', () =>
    given(...amending)
      .when(answerSection({ text: 'Open to all since 1999.', seen: 3 }))
      .records(sectionAnswered({ text: 'Open to all since 1999.' })));

  it.each([answerSection({ section: 'S02' }), delegateSection({ section: 'S02' }), attachDocument({ section: 'S02' })])(
    'refuses $type in another section',
    (command) =>
      given(...amending)
        .when(command)
        .refuses('section-not-reopened', { section: 'S02', reopened: ['S01'] }),
  );

  it.each([citeAction(), unciteAction(), reportFigure()])(
    'refuses $type unless the section on actions is named',
    (command) =>
      given(...amending)
        .when(command)
        .refuses('section-not-reopened', { section: 'S04' }),
  );

  it('lets actions and figures be corrected where that section is named', () => {
    given(...amendingActions)
      .when(citeAction())
      .records(actionCited());
    given(...amendingActions)
      .when(reportFigure())
      .records(figureReported());
  });
});

describe('A contributor, where the organization lets each edit only what was delegated to them', () => {
  const draft = [started(), sectionAnswered({ section: 'S04' })];
  const mine = sectionDelegated({ section: 'S04', to: 'person-1' });
  const edits = [
    answerSection({ section: 'S04', text: 'Anew.', seen: 9, onlyDelegated: true }),
    reportFigure({ onlyDelegated: true }),
    citeAction({ onlyDelegated: true }),
    attachDocument({ section: 'S04', onlyDelegated: true }),
  ];

  it.each(edits)('is refused $type elsewhere, and told who was asked', (command) => {
    given(...draft)
      .when(command)
      .refuses('section-not-delegated', { section: 'S04', delegatedTo: undefined });
    given(...draft, sectionDelegated({ section: 'S04', to: 'person-2' }))
      .when(command)
      .refuses('section-not-delegated', { section: 'S04', delegatedTo: 'person-2' });
    // What was handed on is theirs no more.
    given(...draft, mine, sectionDelegated({ section: 'S04', to: 'person-2' }))
      .when(command)
      .refuses('section-not-delegated');
  });

  it('edits what is theirs, and the record does not say by which rule', () => {
    given(...draft, mine)
      .when(edits[0]!)
      .records(sectionAnswered({ section: 'S04', text: 'Anew.' }));
    given(...draft, mine)
      .when(reportFigure({ onlyDelegated: true }))
      .records(figureReported());
  });

  it('attaches what belongs to no section', () =>
    given(...draft)
      .when(attachDocument({ onlyDelegated: true }))
      .records(documentAttached()));

  it('edits any section by default', () =>
    given(...draft)
      .when(reportFigure())
      .records(figureReported()));
});
