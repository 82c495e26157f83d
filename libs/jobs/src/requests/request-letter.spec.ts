import { describe, expect, it } from '@jest/globals';
import type { Edtf } from '#reporting';
import { emptyPlaces, factsOfLetters, letterTo, requestTemplate, usualLetter } from './request-letter.js';

const places = {
  organization: 'The {deadline} & <Union>',
  round: 'Example round',
  deadline: '2008-10' as Edtf,
  link: 'https://para71.example/organizations/example-union',
};

describe('A letter to all', () => {
  it('names each addressee, and reads nothing into their name', () => {
    const { subject, text } = letterTo(usualLetter(true), places);
    expect(subject).toBe('Example round: request for the report of The {deadline} & <Union>');
    expect(text).toContain('It is due on 2008-10-31 (UTC).');
    expect(text).toContain(places.link);
  });

  it('says nothing of a day where there is none', () => {
    const { deadline: _, ...open } = places;
    expect(letterTo(usualLetter(false), open).text).not.toContain('due on');
    expect(emptyPlaces(usualLetter(true), false)).toEqual(['deadline']);
  });

  it('with a name in braces that means nothing is found out', () =>
    expect(emptyPlaces({ lang: 'en', subject: '{round}', text: '{name} {name} {Name}' }, true)).toEqual(['name']));

  it('leaves as one mail in all its languages, with nothing of it read as markup', async () => {
    const letters = [
      letterTo({ lang: 'en', subject: 'One', text: 'Dear {organization}\n\nPlease.' }, places),
      letterTo({ lang: 'ar', subject: 'Two', text: '{organization}' }, places),
    ];
    const mail = await requestTemplate.write(factsOfLetters(letters));
    expect(mail.subject).toBe('One');
    expect(mail.text).toBe(`Dear ${places.organization}\n\nPlease.\n\n* * *\n\n${places.organization}\n`);
    expect(mail.html).toContain('<div lang="ar" dir="auto">');
    expect(mail.html).toContain('&amp; &lt;Union&gt;');
    expect(mail.html).not.toContain('<Union>');
  });
});
