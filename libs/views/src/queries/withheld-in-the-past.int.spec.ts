import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import {
  actionCited,
  answeredByLetter,
  clarificationAnswered,
  clarificationRequested,
  documentAttached,
  figureReported,
  partWithheld,
  published,
  RecordInFolder,
  registered,
  requested,
  sectionAnswered,
  started,
  submitted,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { canonicalText } from '../canonical-text.js';
import type { ReportDocument } from '../folds/reports.js';
import type { TimelineEntry } from '../folds/timeline.js';
import { Views } from '../views.js';
import { AssessmentsOf, AssessmentsOfHandler } from './assessments-of.js';
import { AttachmentNamed, AttachmentNamedHandler } from './attachment-named.js';
import { ChangesSince, ChangesSinceHandler } from './changes-since.js';
import { CompareYears, CompareYearsHandler } from './compare-years.js';
import { ClarificationsOf, ClarificationsOfHandler } from './clarifications-of.js';
import { ReceiptOf, ReceiptOfHandler } from './receipt-of.js';
import { ReportAt, ReportAtHandler } from './report-at.js';
import { reportForReaders } from './report-for-readers.js';
import { type Insight, Today } from './report-year.js';
import { TimelineOf, TimelineOfHandler } from './timeline-of.js';
import { DifferenceOfVersions, DifferenceOfVersionsHandler } from './version-difference.js';
import { VersionsOf, VersionsOfHandler } from './versions-of.js';

const [series, organization] = ['ec-performance', 'example-registry'];
const id = { series, year: 2008, organization };
const SECRET = 'Ms. Example told us';
const OPEN = 'Open to all.';
const [FILE, LOOSE, IN_THREAD, LETTER] = ['c', 'd', 'e', 'f'].map((digit) => digit.repeat(64)) as [
  string,
  string,
  string,
  string,
];

/** Everything was published before anybody saw that a person is named in it. */
const LIFE = [
  started(),
  sectionAnswered({ section: 'S01', text: OPEN }),
  sectionAnswered({ section: 'S02', text: SECRET }),
  documentAttached({ section: 'S02', document: { title: `Letter: ${SECRET}`, sha256: FILE } }),
  actionCited({ action: 'ACT-0001', claims: [{ criterion: 'INCLUSIVE', text: SECRET }] }),
  figureReported({ indicator: 'interviews', value: 4711 }),
  documentAttached({ document: { title: `Minutes: ${SECRET}`, sha256: LOOSE } }),
  submitted({ reservation: SECRET }),
  clarificationRequested({ clarification: 'Q1', visibility: 'public', question: `Who is it? ${SECRET}` }),
  clarificationAnswered({
    clarification: 'Q1',
    visibility: 'public',
    text: SECRET,
    documents: [{ title: SECRET, sha256: IN_THREAD }],
  }),
  published(),
] as const;
const PARTS = ['S02', 'action ACT-0001', 'figure interviews', 'document 2', 'reservation', 'clarification Q1'];
const LATER = PARTS.map((part) => partWithheld({ part, reason: 'A person' }));

const letterId = { series, year: 2009, organization };
const ANSWER = answeredByLetter({
  document: { title: SECRET, sha256: LETTER },
  reservation: SECRET,
  cites: ['ACT-0001'],
  note: SECRET,
  sources: [{ title: SECRET, confidence: 'found' }],
});

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
  const letter = partWithheld({ version: 0, part: 'letter', reason: 'A person' });
  await record.tell(`report-${series}-2009-${organization}`, ANSWER, letter);
  const reservation = partWithheld({ version: 0, part: 'reservation', reason: 'A person' });
  const asked = requested({ on: '2010-01', sources: [{ title: 'Another letter', confidence: 'found' }] });
  const answer = { document: { title: 'Letter' }, sources: [{ title: 'Letter', confidence: 'found' } as const] };
  const reserved = answeredByLetter({ ...answer, on: '2010-03', reservation: SECRET });
  await record.tell(`report-${series}-2010-${organization}`, asked, reserved, reservation);
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
    expect(then.documents).toHaveLength(2);
    for (const asOf of [at.published, undefined]) {
      const report = JSON.parse(views.document('reports', `${series}/2008/${organization}`, asOf)!.body);
      expectNothingSecret(reportForReaders(views, report as ReportDocument, 'published', asOf));
    }
  });

  it('in the files that were attached to it', async () => {
    for (const file of [FILE, LOOSE, IN_THREAD, LETTER]) {
      const namings = await new AttachmentNamedHandler(views).execute(new AttachmentNamed(file));
      expect(namings).toMatchObject([{ isPublic: false, isSubmitted: true }]);
    }
  });

  it('in the receipt, which then tells the hash of all that was said to none but those who may read it', async () => {
    const receipt = await new ReceiptOfHandler(views).execute(new ReceiptOf(id, 1));
    expectNothingSecret(receipt);
    expect(receipt!.withheld).toEqual(['S02/en', 'action ACT-0001', 'figure interviews', 'S02', 'document 2']);
    expect(receipt).not.toHaveProperty('sha256');
    const [version] = (await new VersionsOfHandler(views).execute(new VersionsOf(id)))!.versions;
    expect(version).not.toHaveProperty('sha256');
    const whole = await new ReceiptOfHandler(views).execute(new ReceiptOf(id, 1, 'insider'));
    expect(whole!.sha256).toBe(hash('sha256', canonicalText(JSON.stringify(whole!.content))));
    expect(whole!.content.figures).toMatchObject([{ indicator: 'interviews', value: 4711 }]);
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

  it('in the timeline, which says that there was more, and why it is not told', async () => {
    for (const asOf of [at.published, undefined]) {
      const asked = new TimelineOf(organization, asOf === undefined ? {} : { asOf });
      const { entries } = (await new TimelineOfHandler(views).execute(asked))!;
      expectNothingSecret(entries.map(({ body }) => body));
      const told = entries.map(({ body }) => JSON.parse(body) as TimelineEntry);
      const withheld = told.filter(({ withheld: reason }) => reason === 'A person').map(({ kind }) => kind);
      const ofLetter = asOf === undefined ? ['answered-by-letter', 'answered-by-letter'] : [];
      expect(withheld.sort()).toEqual([...ofLetter, 'clarification-requested', 'report-submitted']);
    }
  });

  it('in the list of versions and between two of them, which say that there is a reservation', async () => {
    const versionsFor = (insight: Insight, asOf?: number) =>
      new VersionsOfHandler(views).execute(new VersionsOf(id, asOf, 'published', insight));
    const between = (insight: Insight) =>
      new DifferenceOfVersionsHandler(views).execute(new DifferenceOfVersions(id, 1, 1, insight));
    for (const asOf of [at.published, undefined]) {
      const listed = await versionsFor('public', asOf);
      expectNothingSecret(listed);
      expect(listed!.versions).toMatchObject([{ version: 1, reservationWithheld: 'A person' }]);
    }
    const difference = await between('public');
    expectNothingSecret(difference);
    expect(difference!.withheld.map(({ part }) => part)).toEqual([
      'S02',
      'action ACT-0001',
      'document 2',
      'figure interviews',
      'reservation',
    ]);
    expect((await versionsFor('insider'))!.versions).toMatchObject([{ reservation: SECRET }]);
    expect((await between('insider'))!.signed.to).toMatchObject({ reservation: SECRET });
  });

  it('in the threads, which say that they are withheld, but for those who are in them', async () => {
    for (const asOf of [at.published, undefined]) {
      const told = await new ClarificationsOfHandler(views).execute(new ClarificationsOf(id, 'public', asOf));
      expectNothingSecret(told);
      const later = asOf === undefined ? {} : { withheldLater: true };
      expect(told).toMatchObject([{ clarification: 'Q1', withheld: 'A person', messages: [], ...later }]);
    }
    const [thread] = (await new ClarificationsOfHandler(views).execute(new ClarificationsOf(id, 'organization')))!;
    expect(thread).toMatchObject({ question: `Who is it? ${SECRET}`, withheld: 'A person' });
  });

  it('in the answer by letter, which stays an answer with a reservation', async () => {
    const asked = (insight: Insight) =>
      new ReportAtHandler(views, today).execute(new ReportAt(letterId, undefined, 'published', insight));
    const { report, ...words } = (await asked('public'))!;
    const shown = reportForReaders(views, report, 'published');
    expectNothingSecret({ ...words, report: shown });
    expect(words.citations).toEqual({});
    expect(shown).toMatchObject({ status: 'ANSWERED_WITH_RESERVATION', reservationWithheld: 'A person', sources: [] });
    expect(Object.keys((await asked('insider'))!.citations)).toEqual(['ACT-0001']);
    expect(reportForReaders(views, report, 'submitted')).toMatchObject({ reservation: SECRET, notes: [SECRET] });
  });

  it('of which only the reservation is withheld, in a timeline that names the letter, and nothing else as its source', async () => {
    const { entries } = (await new TimelineOfHandler(views).execute(new TimelineOf(organization)))!;
    const told = entries.map(({ body }) => JSON.parse(body) as TimelineEntry);
    const answered = told.find(({ kind, report }) => kind === 'answered-by-letter' && report?.year === 2010);
    expect(answered).toMatchObject({ withheld: 'A person', sources: [{ title: 'Letter' }] });
    expect(JSON.stringify(answered)).not.toContain(SECRET);
  });
});
