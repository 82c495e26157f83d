import { beforeEach, describe, expect, it } from '@jest/globals';
import { recognise, report, type ReportEvent } from '#reporting';
import {
  amendmentOpened,
  answeredByLetter,
  documentAttached,
  findingPublished,
  findingRecorded,
  noConflictDeclared,
  partWithheld,
  published,
  registered,
  reminderSent,
  requested,
  resubmitted,
  reviewerAssigned,
  sampleVocabulary,
  sectionAnswered,
  started,
  submitted,
} from '#testing';
import { ViewsInFolder } from '../../../../test/support/views-in-folder.js';
import type { TimelineEntry } from '../folds/timeline-entry.js';
import { AssessmentBy, AssessmentByHandler } from './assessments-of.js';
import { FormSections } from './form-sections.js';
import { InboxOfOrganization, InboxOfOrganizationHandler } from './inbox-of-organization.js';
import { ReadinessOfHandler } from './report-readiness.js';
import { ReportAt, ReportAtHandler } from './report-at.js';
import { Today } from './report-year.js';
import { TimelineOf, TimelineOfHandler } from './timeline-of.js';

// What stands in logs, and no rule would let in any more. No event here says its shape: all are read as of the first one.

const organization = 'example-registry';
const id = { series: 'ec-performance', year: 2008, organization };
const REPORT = `report-ec-performance-2008-${organization}`;

const at = ViewsInFolder.forEachTest();
const today = () => new Today(at.views, () => Date.parse('2026-02-01'));
const read = () => new ReportAtHandler(at.views, today()).execute(new ReportAt(id));
const timeline = async () =>
  (await new TimelineOfHandler(at.views).execute(new TimelineOf(organization)))!.entries.map(
    ({ body }) => JSON.parse(body) as TimelineEntry,
  );

async function toSecond(): Promise<string[]> {
  const readiness = new ReadinessOfHandler(at.views, new FormSections(sampleVocabulary, ['S01', 'S04']));
  const asked = new InboxOfOrganization(organization, 'signatory', 'person-3');
  return (await new InboxOfOrganizationHandler(at.views, today(), readiness).execute(asked)).map(({ kind }) => kind);
}

/** Appended to what is on record. */
async function tell(...events: Parameters<typeof at.record.tell>[1][]): Promise<void> {
  await at.record.tell(REPORT, ...events);
  await at.shown();
}

async function stateNow() {
  let state = report.initial;
  for await (const event of at.record.store.read(REPORT)) state = report.evolve(state, recognise(event) as ReportEvent);
  return state;
}

beforeEach(() => at.record.tell(`organization-${organization}`, registered()));

describe('Of the log of an earlier edition', () => {
  it('a proposal that says no day waits no more, and one that says no version waits until there is another', async () => {
    const proposed = (more: object) => ({
      type: 'WithdrawalProposed',
      data: { by: 'person-2', reason: 'So', ...more },
    });
    await tell(started(), submitted(), proposed({}));
    expect(await toSecond()).toEqual([]);
    await tell(proposed({ until: '2026-02-14' }));
    expect(await toSecond()).toEqual(['withdrawal-to-second']);
    await tell(amendmentOpened(), resubmitted());
    expect(await toSecond()).toEqual([]);
    expect((await stateNow()).withdrawal).toEqual({ by: 'person-2' });
  });

  it('a letter that is named by its address alone is told, and so are actions of others in it', async () => {
    const document = { title: 'Letter', address: 'https://registry.example/letter' };
    await tell(requested(), answeredByLetter({ document, cites: ['ACT-9'] }));
    expect(await read()).toMatchObject({ report: { phase: 'answered-by-letter', documents: [{ document }] } });
    expect((await timeline()).find(({ kind }) => kind === 'answered-by-letter')?.detail).toContain('Letter');
  });

  it('words carried over with a year that nobody looked up stand as their writer gave it', async () => {
    const basedOn = { year: 2007, section: 'S01', firstSaidIn: 1999 };
    await tell(started(), sectionAnswered({ origin: 'carried-over', basedOn }), submitted());
    expect((await read())!.sections).toMatchObject([{ section: 'S01', origin: 'carried-over', basedOn }]);
  });

  it('a figure that was withheld under no name that it has hides nothing else', async () => {
    await tell(started(), sectionAnswered(), submitted(), partWithheld({ part: 'figure nothing' }), published());
    expect((await read())!.sections).toMatchObject([{ section: 'S01', text: sectionAnswered().data.text }]);
    expect((await stateNow()).withheld).toEqual(['1/figure nothing']);
  });

  it('a finding that names what is withheld tells everybody of it no more than why', async () => {
    const minutes = { title: 'Minutes', sha256: 'd'.repeat(64) };
    await tell(started(), documentAttached({ document: minutes }), submitted(), partWithheld({ part: 'document 1' }));
    await tell(published());
    const found = findingPublished({ evidence: [{ document: minutes }] });
    const review = `assessment-ec-performance-2008-${organization}--person-7`;
    await at.record.tell(review, reviewerAssigned(), noConflictDeclared(), findingRecorded(), found);
    await at.shown();
    const asked = new AssessmentBy({ ...id, reviewer: 'person-7' }, 'public');
    const told = await new AssessmentByHandler(at.views).execute(asked);
    expect(told).toMatchObject({ findings: [{ evidence: [{ withheld: partWithheld().data.reason }] }] });
  });

  it('a reminder that says no moment is told with its day', async () => {
    await tell(requested());
    await at.record.tell(REPORT.replace('report', 'reminder'), reminderSent({ late: true }));
    await at.shown();
    expect((await timeline()).find(({ kind }) => kind === 'reminded')).toMatchObject({ date: '2008-11-23' });
  });
});
