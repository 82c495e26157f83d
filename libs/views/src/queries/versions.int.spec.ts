import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import {
  actionCited,
  actionUncited,
  amendmentOpened,
  documentAttached,
  figureReported,
  partWithheld,
  published,
  RecordInFolder,
  resubmitted,
  sectionAnswered,
  started,
  submitted,
  withdrawn,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { Views } from '../views.js';
import { ReceiptOf, ReceiptOfHandler } from './receipt-of.js';
import type { Insight } from './report-year.js';
import { DifferenceOfVersions, DifferenceOfVersionsHandler } from './version-difference.js';
import { VersionsOf, VersionsOfHandler } from './versions-of.js';

const ID = { series: 'ec-performance', year: 2008, organization: 'example-registry' };
const MINUTES = { title: 'Minutes', sha256: 'b'.repeat(64) };

const LIFE = [
  started(),
  sectionAnswered({ section: 'S01', text: 'We met twice.' }),
  sectionAnswered({ section: 'S02', text: 'As before.' }),
  sectionAnswered({ section: 'S03', text: 'Left out later.' }),
  sectionAnswered({ section: 'S13', text: 'A secret of the first version.' }),
  actionCited({ action: 'ACT-0001', claims: [{ criterion: 'INCLUSIVE', text: 'Anyone may attend.' }] }),
  actionCited({ action: 'ACT-0002', claims: [] }),
  figureReported({ indicator: 'meetings-held', value: 4, unit: 'meetings' }),
  submitted(),
  published(),
  amendmentOpened({ reason: 'Two meetings were left out', material: true, sections: ['S01', 'S04'] }),
  sectionAnswered({ section: 'S01', text: 'We met four times.' }),
  { type: 'SectionDropped', data: { section: 'S03', lang: 'en' } },
  sectionAnswered({ section: 'S04', text: 'New.' }),
  sectionAnswered({ section: 'S13', text: 'A secret of the second version.' }),
  actionUncited({ action: 'ACT-0001' }),
  actionCited({ action: 'ACT-0001', claims: [{ criterion: 'INCLUSIVE', text: 'Everybody may attend.' }] }),
  actionUncited({ action: 'ACT-0002' }),
  actionCited({ action: 'ACT-0003', claims: [] }),
  figureReported({ indicator: 'meetings-held', value: 4, unit: 'days' }),
  figureReported({ indicator: 'countries', value: 12, unit: 'countries' }),
  documentAttached({ document: MINUTES }),
  documentAttached({ document: { title: 'A list of names', sha256: 'c'.repeat(64) }, section: 'S13' }),
  resubmitted({ reservation: 'As a courtesy.' }),
  partWithheld({ version: 2, part: 'S13', reason: 'Names a private person' }),
  partWithheld({ version: 2, part: 'figure countries', reason: 'Not theirs to tell' }),
] as const;
const at = { submitted: 8, published: 9, amending: 10, resubmitted: 23, withheld: 25, withdrawn: 26 };

let record: RecordInFolder;
let views: Views;

beforeAll(async () => {
  record = new RecordInFolder();
  await record.tell('report-ec-performance-2008-example-registry', ...LIFE, withdrawn());
  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
});
afterAll(async () => {
  await views.close();
  await record.close();
});

const versionsAt = async (asOf?: number, words?: 'published', insight?: Insight) =>
  (await new VersionsOfHandler(views).execute(new VersionsOf(ID, asOf, words, insight)))!;

const difference = async (from: number, to: number, insight: Insight = 'public', asOf?: number) =>
  (await new DifferenceOfVersionsHandler(views).execute(new DifferenceOfVersions(ID, from, to, insight, asOf)))!;

// FAC: several linked versions of one filing, of which more than one looked current.
describe('Trap (FAC#3768): linked versions have one clear current one', () => {
  const currentAt = async (asOf?: number, words?: 'published') =>
    (await versionsAt(asOf, words)).versions.map(({ version, current }) => `${version}${current ? ' current' : ''}`);

  it('the first, until a second one is submitted', async () => {
    expect(await currentAt(at.submitted)).toEqual(['1 current']);
    expect(await currentAt(at.amending)).toEqual(['1 current']);
    expect(await currentAt(at.resubmitted)).toEqual(['1', '2 current']);
  });

  it('to everybody the one that is published, and no word of the other', async () => {
    expect(await currentAt(at.submitted, 'published')).toEqual([]);
    expect(await currentAt(at.resubmitted, 'published')).toEqual(['1 current']);
  });

  it('none, once the report is withdrawn, and that is said', async () => {
    expect(await currentAt(at.withdrawn)).toEqual(['1', '2']);
    expect(await versionsAt()).toMatchObject({ phase: 'withdrawn', withdrawal: { reason: expect.any(String) } });
  });
});

describe('A version', () => {
  it('says when and how it was signed, what it amends and why, under the hash of its receipt', async () => {
    const [first, second] = (await versionsAt(at.resubmitted)).versions;
    expect(first).toMatchObject({
      sequence: at.submitted,
      declaration: 'Complete and true to our knowledge.',
      published: true,
    });
    expect(first).not.toHaveProperty('amendment');
    expect(second).toMatchObject({
      reservation: 'As a courtesy.',
      published: false,
      amendment: { reason: 'Two meetings were left out', material: true, sections: ['S01', 'S04'] },
    });
    const receipt = await new ReceiptOfHandler(views).execute(new ReceiptOf(ID, 2, 'insider'));
    const [, told] = (await versionsAt(at.resubmitted, undefined, 'insider')).versions;
    expect(told).toMatchObject({ sha256: receipt!.sha256, recordedAt: receipt!.recordedAt });
  });
});

describe('The difference of two versions', () => {
  it('names sections that were added, removed, changed and left as they were', async () => {
    const { sections } = await difference(1, 2);
    const named = (all: readonly { section: string }[]) => all.map(({ section }) => section);
    expect(named(sections.added)).toEqual(['S04']);
    expect(named(sections.removed)).toEqual(['S03']);
    expect(named(sections.changed)).toEqual(['S01']);
    expect(named(sections.unchanged)).toEqual(['S02']);
    expect(sections.changed[0]!.parts).toContainEqual({ kind: 'removed', text: 'twice' });
  });

  it('names citations, other claims, figures with their units, and attachments', async () => {
    const { citations, figures, documents, signed } = await difference(1, 2, 'insider');
    expect(citations.added).toEqual([{ action: 'ACT-0003', claims: [] }]);
    expect(citations.removed).toEqual([{ action: 'ACT-0002', claims: [] }]);
    expect(citations.claimedOtherwise).toMatchObject([
      { action: 'ACT-0001', from: [{ text: 'Anyone may attend.' }], to: [{ text: 'Everybody may attend.' }] },
    ]);
    expect(figures).toEqual([
      { indicator: 'countries', to: { value: 12, unit: 'countries' } },
      { indicator: 'meetings-held', from: { value: 4, unit: 'meetings' }, to: { value: 4, unit: 'days' } },
    ]);
    expect(documents.added.map(({ document }) => document.title)).toEqual(['Minutes', 'A list of names']);
    expect(documents.removed).toEqual([]);
    expect(signed.to).toMatchObject({ reservation: 'As a courtesy.' });
    expect(signed.from).not.toHaveProperty('reservation');
  });

  it('is the same in the other direction, turned round', async () => {
    const back = await difference(2, 1, 'insider');
    expect(back.sections.removed.map(({ section }) => section)).toEqual(['S04']);
    expect(back.documents.removed).toHaveLength(2);
    expect((await difference(1, 1)).sections).toMatchObject({ added: [], removed: [], changed: [] });
  });

  it('tells the public nothing of what is withheld, in either version and at any moment, but that and why', async () => {
    for (const asOf of [undefined, at.resubmitted]) {
      const told = await difference(1, 2, 'public', asOf);
      expect(JSON.stringify(told)).not.toMatch(/secret|list of names|"countries"/);
      expect(told.withheld).toEqual([
        { part: 'S13', reason: 'Names a private person' },
        { part: 'figure countries', reason: 'Not theirs to tell' },
      ]);
    }
    const inside = await difference(1, 2, 'insider');
    expect(inside.sections.changed.map(({ section }) => section)).toEqual(['S01', 'S13']);
    expect(inside.withheld).toEqual([]);
  });

  it('needs both of them', async () => {
    expect(await difference(1, 3)).toBeUndefined();
    expect(await difference(0, 1)).toBeUndefined();
    expect(await difference(1, 2, 'public', at.amending)).toBeUndefined();
  });
});
