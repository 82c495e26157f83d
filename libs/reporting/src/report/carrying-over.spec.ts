import { describe, expect, it } from '@jest/globals';
import {
  answerSection,
  carriedOverConfirmed,
  decideCarriedOver,
  requested,
  sectionAnswered,
  sectionDropped,
  specFor,
  start,
  started,
  submit,
  submitted,
} from '#testing';
import { answersIn } from './carrying-over.js';
import { report } from './report.js';

const given = specFor(report, { today: '2009-06-30' });

describe("Rule 6: a report that begins with last year's words", () => {
  const answerOf = (section: string, more = {}) =>
    ({ section, lang: 'en', text: `Of ${section}.`, basedOn: { year: 2008, section, ...more } }) as const;
  const prefilled = { ...answerOf('S01', { firstSaidIn: 2006 }), origin: 'prefilled' } as const;
  const offered = [started({ prefilledFrom: 2008 }), sectionAnswered(prefilled)];
  const asked = requested();

  it('Trap (MCR): copying last year copies what it must not. Only sections on the list are offered again', () =>
    given(asked)
      .when(start({ prefilledFrom: 2008, earlier: [answerOf('S01', { firstSaidIn: 2006 }), answerOf('S04')] }))
      .records(...offered));

  it('is told of each answer whether it is still true, is changed, or is dropped', () => {
    given(asked, ...offered)
      .when(decideCarriedOver())
      .records(carriedOverConfirmed());
    given(asked, ...offered)
      .when(decideCarriedOver({ decision: 'drop' }))
      .records(sectionDropped());
    const changed = { text: 'Open to all since 1999.' };
    given(asked, ...offered)
      .when(answerSection({ ...changed, seen: 2 }))
      .records(sectionAnswered({ ...changed, basedOn: prefilled.basedOn }));
    given(asked, ...offered, carriedOverConfirmed()).thenState({
      answers: { 'S01/en': { text: 'Of S01.', origin: 'carried-over', basedOn: prefilled.basedOn, revision: 3 } },
    });
    given(asked, ...offered, sectionDropped()).thenState({ answers: {} });
  });

  it('is told so once, and only of what was offered', () => {
    given(asked, ...offered, carriedOverConfirmed())
      .when(decideCarriedOver())
      .refuses('nothing-changed');
    given(asked, ...offered, sectionDropped())
      .when(decideCarriedOver())
      .refuses('section-unanswered');
    given(started(), sectionAnswered()).when(decideCarriedOver()).refuses('nothing-changed');
  });

  it('is not signed before all of it is decided', () => {
    const rest = sectionAnswered({ section: 'S04' });
    given(asked, ...offered, rest)
      .when(submit())
      .refuses('carried-over-undecided', { sections: ['S01/en'] });
    given(asked, ...offered, rest, carriedOverConfirmed())
      .when(submit())
      .records(submitted());
  });

  it('still repeats them where they are written again by hand, even after they were changed or dropped', () => {
    const again = { text: prefilled.text, origin: 'written', seen: 4 } as const;
    const carried = sectionAnswered({ ...prefilled, origin: 'carried-over' });
    const changed = sectionAnswered({ text: 'Open to some.' });
    for (const since of [[], [changed], [sectionDropped()]])
      given(asked, ...offered, ...since)
        .when(answerSection(again))
        .records(carried);
  });

  it('is in its turn referred to by the year in which its words were first said: its own, where it changed them', () => {
    const { basedOn } = prefilled;
    const answers = {
      'S01/en': { text: 'Kept.', origin: 'carried-over', basedOn },
      'S02/en': { text: 'Changed.', origin: 'written', basedOn },
      'S02/fr': { text: 'Kept from the year before.', origin: 'carried-over', basedOn: { year: 2008, section: 'S02' } },
      'S04/en': { text: 'New.', origin: 'written' },
    } as const;
    expect(answersIn({ answers }, 2009).map(({ basedOn: since }) => since)).toEqual([
      { year: 2009, section: 'S01', firstSaidIn: 2006 },
      { year: 2009, section: 'S02' },
      { year: 2009, section: 'S02', firstSaidIn: 2008 },
      { year: 2009, section: 'S04' },
    ]);
  });
});

describe('Rule 6: words of an earlier year are referred to, never copied silently', () => {
  const earlier = [
    {
      section: 'S01',
      lang: 'en',
      text: 'Open to all.',
      basedOn: { year: 2007, section: 'S01', firstSaidIn: 2005 },
    },
  ] as const;
  const named = { basedOn: { year: 2007, section: 'S01' } } as const;
  const carried = { ...named, origin: 'carried-over', text: 'Open to all.' } as const;
  const known = { basedOn: earlier[0].basedOn };

  it('are not carried over without saying from where', () =>
    given(started())
      .when(answerSection({ origin: 'carried-over' }))
      .refuses('carried-over-without-origin', { section: 'S01' }));

  it('are those that the named report says, and of no other year than it says', () => {
    given(started())
      .when(answerSection({ ...carried, earlier }))
      .records(sectionAnswered({ ...carried, ...known }));
    given(started())
      .when(answerSection({ ...carried, text: 'Open to some.', earlier }))
      .refuses('carried-over-without-origin', { section: 'S01', lang: 'en', basedOn: named.basedOn });
    const elsewhere = { year: 2007, section: 'S02' };
    given(started())
      .when(answerSection({ ...carried, basedOn: elsewhere, earlier }))
      .refuses('carried-over-without-origin', { basedOn: elsewhere });
  });

  it('have the year that the writer names, where that report is not on record', () =>
    given(started()).when(answerSection(carried)).records(sectionAnswered(carried)));

  it('have another year where the writer sets right what they had named', () => {
    const wrong = { ...carried, basedOn: { year: 2006, section: 'S01' } };
    const sent = given(started(), sectionAnswered(wrong));
    sent.when(answerSection({ ...wrong, seen: 1 })).refuses('nothing-changed');
    sent.when(answerSection({ ...carried, seen: 1 })).records(sectionAnswered(carried));
    // As an earlier edition took it, on the writer's word alone.
    given(started(), sectionAnswered(carried))
      .when(answerSection({ ...carried, earlier, seen: 1 }))
      .records(sectionAnswered({ ...carried, ...known }));
  });

  it('have the same year in a translation, of which the record cannot tell whether it says the same', () =>
    given(started())
      .when(answerSection({ ...carried, lang: 'fr', text: 'Ouvert à tous.', earlier }))
      .records(sectionAnswered({ ...carried, ...known, lang: 'fr', text: 'Ouvert à tous.' })));

  it('do not become new ones by saying that they were written', () => {
    given(started(), sectionAnswered(carried))
      .when(answerSection({ text: carried.text, seen: 1 }))
      .refuses('nothing-changed');
  });
});
