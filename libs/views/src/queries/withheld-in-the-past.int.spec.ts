import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import {
  actionCited,
  documentAttached,
  figureReported,
  partWithheld,
  published,
  RecordInFolder,
  registered,
  sectionAnswered,
  started,
  submitted,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { AssessmentsOf, AssessmentsOfHandler } from './assessments-of.js';
import { AttachmentNamed, AttachmentNamedHandler } from './attachment-named.js';
import { ChangesSince, ChangesSinceHandler } from './changes-since.js';
import { CompareYears, CompareYearsHandler } from './compare-years.js';
import { ReceiptOf, ReceiptOfHandler } from './receipt-of.js';
import { ReportAt, ReportAtHandler } from './report-at.js';
import { reportForReaders } from './report-for-readers.js';
import { type Insight, Today } from './report-year.js';

const [series, organization] = ['ec-performance', 'example-registry'];
const id = { series, year: 2008, organization };
const SECRET = 'Ms. Example told us';
const OPEN = 'Open to all.';
const FILE = 'c'.repeat(64);

/** Everything was published before anybody saw that a person is named in it. */
const LIFE = [
  started(),
  sectionAnswered({ section: 'S01', text: OPEN }),
  sectionAnswered({ section: 'S02', text: SECRET }),
  documentAttached({ section: 'S02', document: { title: `Letter: ${SECRET}`, sha256: FILE } }),
  actionCited({ action: 'ACT-0001', claims: [{ criterion: 'INCLUSIVE', text: SECRET }] }),
  figureReported({ indicator: 'interviews', value: 4711 }),
  submitted(),
  published(),
] as const;
const LATER = ['S02', 'action ACT-0001', 'figure interviews'].map((part) => partWithheld({ part, reason: 'A person' }));

let record: RecordInFolder;
let views: Views;
let today: Today;
let at: { readonly drafted: number; readonly published: number; readonly withheld: number };

beforeAll(async () => {
  record = new RecordInFolder();
  await record.tell(`organization-${organization}`, registered());
  await record.tell(
    `report-${series}-2007-${organization}`,
    started(),
    sectionAnswered({ section: 'S02', text: 'Nothing.' }),
    submitted(),
    published(),
  );
  await record.tell(`report-${series}-2008-${organization}`, ...LIFE, ...LATER);
  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
  today = new Today(views, () => Date.parse('2026-02-01'));
  const first = 1 + 4;
  at = { drafted: first + 2, published: first + LIFE.length - 1, withheld: first + LIFE.length + LATER.length - 1 };
});
afterAll(async () => {
  await views.close();
  await record.close();
});

const reportAt = (asOf?: number, insight?: Insight) =>
  new ReportAtHandler(views, today).execute(new ReportAt(id, asOf, 'published', insight));

/** Neither the words, nor the figure, nor the claim. */
const expectNothingSecret = (answer: unknown) => {
  expect(answer).toBeDefined();
  const text = JSON.stringify(answer);
  for (const secret of [SECRET, '4711']) expect(text).not.toContain(secret);
};

describe('What is withheld now is withheld in all that was said before', () => {
  it('Trap (FAC#5928): in the report as it stood, which says that it was withheld later, and why', async () => {
    const [then, now] = [await reportAt(at.published), await reportAt()];
    for (const { report, ...words } of [then!, now!]) {
      expectNothingSecret({ ...words, report: reportForReaders(views, report, 'published') });
    }
    expect(then!.sections).toMatchObject([
      { section: 'S01', text: OPEN },
      { section: 'S02', withheld: 'A person', withheldLater: true },
    ]);
    expect(now!.sections[1]).not.toHaveProperty('withheldLater');
    expect(then!.report.withheld).toContainEqual({ version: 1, part: 'S02', reason: 'A person', later: true });
    expect(then).toMatchObject({ citations: {}, figures: {} });
    expect(now!.report.withheld).not.toContainEqual(expect.objectContaining({ later: true }));
  });

  it('but for those who read what is withheld from others', async () => {
    const then = await reportAt(at.published, 'insider');
    expect(then!.sections[1]).toMatchObject({ text: SECRET, withheld: 'A person' });
    expect(then!.figures).toMatchObject({ interviews: { value: 4711 } });
  });

  it('in the draft as it was written', async () => {
    const asked = new ReportAt(id, at.drafted, 'draft');
    expectNothingSecret(await new ReportAtHandler(views, today).execute(asked));
  });

  it('in what a list says of its documents', () => {
    const then = JSON.parse(views.document('reports', `${series}/2008/${organization}`, at.published)!.body);
    expect(then.documents).toHaveLength(1);
    for (const asOf of [at.published, undefined]) {
      const report = JSON.parse(views.document('reports', `${series}/2008/${organization}`, asOf)!.body);
      expectNothingSecret(reportForReaders(views, report as ReportDocument, 'published', asOf));
    }
  });

  it('in the files that were attached to it', async () => {
    const [naming] = await new AttachmentNamedHandler(views).execute(new AttachmentNamed(FILE));
    expect(naming).toMatchObject({ isPublic: false, isSubmitted: true });
  });

  it('in the receipt, whose hash still is that of all that was said', async () => {
    const receipt = await new ReceiptOfHandler(views).execute(new ReceiptOf(id, 1));
    expectNothingSecret(receipt);
    expect(receipt!.withheld).toEqual(['S02/en', 'action ACT-0001', 'figure interviews', 'S02']);
  });

  it('in the comparison of two years as they stood', async () => {
    for (const asOf of [at.published, undefined]) {
      const asked = new CompareYears(organization, series, [2007, 2008], asOf, 'published');
      const compared = await new CompareYearsHandler(views, today).execute(asked);
      expectNothingSecret(compared);
      expect(compared!.sections.map(({ section }) => section)).toContain('S01');
    }
  });

  it('in what has changed, whether one looked last before or after it was withheld', async () => {
    for (const [since, asOf] of [
      [at.drafted, at.published],
      [at.drafted, undefined],
      [at.published, undefined],
      [at.withheld, undefined],
    ] as const) {
      const asked = new ChangesSince(id, since, 'public', asOf, 'published');
      expectNothingSecret(await new ChangesSinceHandler(views).execute(asked));
    }
  });

  it('in the claims beside the findings', async () => {
    for (const asOf of [at.published, undefined]) {
      const asked = new AssessmentsOf(id, 'public', asOf, 'published');
      expectNothingSecret(await new AssessmentsOfHandler(views).execute(asked));
    }
  });

  it('in no timeline', () => {
    for (const asOf of [at.published, undefined]) {
      const entries = views.range('timeline', `${organization}/`, asOf === undefined ? {} : { asOf });
      expectNothingSecret(entries.map(({ body }) => body));
    }
  });
});
