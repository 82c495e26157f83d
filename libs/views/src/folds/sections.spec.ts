import { describe, it } from '@jest/globals';
import { inStream, sectionAnswered, specForView, started } from '#testing';
import { sections } from './sections.js';

const given = specForView(sections);
const report = inStream('report-ec-performance-2008-example-registry');
const key = 'ec-performance/2008/example-registry';

describe('A section', () => {
  it('says what was written last, by whom and by which event', () => {
    const told = report(started(), sectionAnswered(), sectionAnswered({ text: 'Open to all, and free.' }));
    given(told).thenDocument(`${key}/S01/en`, {
      text: 'Open to all, and free.',
      origin: 'written',
      by: 'example-editor',
      why: [2],
    });
  });

  it('is one in each language', () =>
    given(report(started(), sectionAnswered(), sectionAnswered({ lang: 'fr', text: 'Ouvert.' }))).thenKeys(
      `${key}/S01/en`,
      `${key}/S01/fr`,
    ));

  it('says what it repeats', () =>
    given(report(sectionAnswered({ origin: 'carried-over', basedOn: { year: 2007, section: 'S01' } }))).thenDocument(
      `${key}/S01/en`,
      { origin: 'carried-over', basedOn: { year: 2007, section: 'S01' } },
    ));
});
