import { describe, expect, it } from '@jest/globals';
import {
  actionCited,
  amendmentOpened,
  carriedOverConfirmed,
  documentAttached,
  figureReported,
  registered,
  sampleVocabulary,
  sectionAnswered,
  signatureGiven,
  started,
  submitted,
} from '#testing';
import { ViewsInFolder } from '../../../../test/support/views-in-folder.js';
import { FormSections } from './form-sections.js';
import { ReadinessOf, ReadinessOfHandler, type ReportReadiness } from './report-readiness.js';

const id = { series: 'ec-performance', year: 2008, organization: 'example-registry' };
const STREAM = 'report-ec-performance-2008-example-registry';
const RESERVATION = 'We answer as a courtesy; we are not accountable to the requester.';

const at = ViewsInFolder.forEachTest();

async function page(...events: Parameters<typeof at.record.tell>[1][]): Promise<ReportReadiness | undefined> {
  await at.record.tell('organization-example-registry', registered());
  await at.record.tell(STREAM, ...events);
  await at.shown();
  const forms = new FormSections(sampleVocabulary, ['S01', 'S02', 'S04']);
  return new ReadinessOfHandler(at.views, forms).execute(new ReadinessOf(id));
}

const first = [started(), sectionAnswered(), sectionAnswered({ section: 'S04', text: 'An agreement.' })];

describe('Who is to sign reviews', () => {
  it('what is missing, section by section of the form', async () => {
    const shown = await page(started(), sectionAnswered());
    expect(shown).toMatchObject({
      version: 1,
      form: 'sample-form/1',
      sections: [
        { section: 'S01', required: true, state: 'written', langs: ['en'] },
        { section: 'S02', required: false, state: 'missing', langs: [] },
        { section: 'S04', required: true, state: 'missing', langs: [] },
      ],
      blockers: [{ code: 'section-missing', section: 'S04', detail: 'S04 has no answer.' }],
    });
    expect(shown).not.toHaveProperty('lastSigned');
  });

  it('what is carried over and not decided on, as something that the signature waits for', async () => {
    const basedOn = { year: 2007, section: 'S01' };
    const carried = sectionAnswered({ origin: 'prefilled', basedOn });
    const shown = await page(started(), carried, sectionAnswered({ section: 'S04' }));
    expect(shown).toMatchObject({ sections: [{ state: 'undecided' }, {}, {}] });
    expect(shown!.blockers).toMatchObject([{ code: 'carried-over-undecided', section: 'S01' }]);
  });

  it('and no longer, once somebody has said that it still holds', async () => {
    const basedOn = { year: 2007, section: 'S01' };
    const carried = sectionAnswered({ origin: 'prefilled', basedOn });
    const shown = await page(started(), carried, carriedOverConfirmed(), sectionAnswered({ section: 'S04' }));
    expect(shown).toMatchObject({ sections: [{ state: 'carried-over' }, {}, {}], blockers: [] });
  });

  it('what the last version was signed with: declaration, reservation and consent to be cited', async () => {
    const signed = submitted({
      declaration: 'Complete, as far as we know.',
      reservation: RESERVATION,
      consentToBeCited: 'without-name',
    });
    expect((await page(...first, signed, amendmentOpened()))!.lastSigned).toEqual({
      version: 1,
      declaration: 'Complete, as far as we know.',
      reservation: RESERVATION,
      consentToBeCited: 'without-name',
    });
  });

  it('no reservation where none was made', async () => {
    const { lastSigned } = (await page(...first, submitted(), amendmentOpened()))!;
    expect(lastSigned).toEqual({
      version: 1,
      declaration: 'Complete and true to our knowledge.',
      consentToBeCited: 'by-name',
    });
  });

  it('what has changed since the last version, and nothing that has not', async () => {
    const shown = await page(
      ...first,
      figureReported(),
      submitted(),
      amendmentOpened({ sections: ['S01'] }),
      sectionAnswered({ text: 'We keep the registry open to everybody.' }),
      figureReported({ value: 5 }),
      actionCited(),
      documentAttached(),
    );
    expect(shown).toMatchObject({ version: 2, blockers: [] });
    const { sections, citations, figures, documents } = shown!.changes;
    expect(sections.map(({ section }) => section)).toEqual(['S01']);
    expect(sections[0]!.parts).toContainEqual({ kind: 'removed', text: 'all' });
    expect(sections[0]!.parts).toContainEqual({ kind: 'added', text: 'everybody' });
    expect(citations).toEqual({ added: ['ACT-0001'], removed: [] });
    expect(figures).toMatchObject([{ indicator: 'meetings-held', from: 4, to: 5, unit: 'meetings' }]);
    expect(documents).toMatchObject([{ document: { title: 'Annual report' } }]);
  });

  it('that an amendment says what the last version says, as something that the signature waits for', async () => {
    const shown = await page(...first, submitted(), amendmentOpened());
    expect(shown).toMatchObject({ changes: { sections: [] }, blockers: [{ code: 'nothing-changed' }] });
  });

  it('who has signed already', async () =>
    expect(await page(...first, signatureGiven())).toMatchObject({ signatures: { needed: 1, given: ['person-2'] } }));

  it('nothing, where nobody is writing', async () => expect(await page(...first, submitted())).toBeUndefined());
});
