import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { AppointedRole } from '#reporting';
import {
  acknowledged,
  amendmentOpened,
  answeredByLetter,
  clarificationAnswered,
  clarificationClosed,
  clarificationFollowedUp,
  clarificationRequested,
  closed,
  findingRecorded,
  findingShared,
  mandateGiven,
  mandateProposed,
  noConflictDeclared,
  noted,
  noResponse,
  opened,
  organizationCommented,
  partnerConfirmed,
  partnerDisputed,
  publicationProposed,
  published,
  recorded,
  RecordInFolder,
  registered,
  requested,
  reviewerAssigned,
  sampleVocabulary,
  sectionAnswered,
  sectionDelegated,
  signatureGiven,
  signOffRuleSet,
  started,
  submitted,
  withdrawalProposed,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { Views } from '../views.js';
import { FormSections } from './form-sections.js';
import type { InboxItem } from './inbox.js';
import { InboxOfAdministrator, InboxOfAdministratorHandler } from './inbox-of-administrator.js';
import { InboxOfOrganization, InboxOfOrganizationHandler } from './inbox-of-organization.js';
import { InboxOfSecretariat, InboxOfSecretariatHandler } from './inbox-of-secretariat.js';
import { ReadinessOfHandler } from './report-readiness.js';
import { Today } from './report-year.js';

const ORGANIZATION = 'organization-example-registry';
const CYCLE = 'cycle-ec-performance-2008';
const REPORT = 'report-ec-performance-2008-example-registry';
const REVIEW = 'assessment-ec-performance-2008-example-registry--person-7';

let record: RecordInFolder;
let views: Views;

beforeEach(async () => {
  record = new RecordInFolder();
  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
  await record.tell(ORGANIZATION, registered());
  await record.tell(CYCLE, opened());
});
afterEach(async () => {
  await views.close();
  await record.close();
});

const lines = (items: readonly InboxItem[]) =>
  items.map(({ kind, due, section, version, action }) =>
    [kind, section, version, action, due].filter((part) => part !== undefined).join(' '),
  );

/** Everything is recorded on 15 January 2026. */
const on = (day: string) => new Today(views, () => Date.parse(`${day}T12:00:00Z`));

async function shown(): Promise<void> {
  const last = await record.tell(`organization-of-the-end-${Math.random()}`.replace('.', ''), registered());
  await views.passedPosition(last, 5_000);
}

async function ofSecretariat(day = '2026-01-16', person?: string) {
  await shown();
  const handler = new InboxOfSecretariatHandler(views, on(day));
  return lines(await handler.execute(new InboxOfSecretariat(person)));
}

async function ofOrganization(role: AppointedRole, person?: string, day = '2026-01-16') {
  await shown();
  const readiness = new ReadinessOfHandler(views, new FormSections(sampleVocabulary, ['S01', 'S02', 'S04']));
  const handler = new InboxOfOrganizationHandler(views, on(day), readiness);
  return lines(await handler.execute(new InboxOfOrganization('example-registry', role, person)));
}

async function ofAdministrator(person?: string) {
  await shown();
  const items = await new InboxOfAdministratorHandler(views, on('2026-01-16')).execute(
    new InboxOfAdministrator(person),
  );
  return items.map(({ kind, person: whose, mandate }) => `${kind} ${whose} ${mandate}`);
}

describe('What waits for the secretariat', () => {
  it('is a version, until it is noted, then until two persons have published it', async () => {
    await record.tell(REPORT, requested(), started(), submitted());
    expect(await ofSecretariat()).toEqual(['version-to-note 1']);
    await record.tell(REPORT, noted());
    expect(await ofSecretariat()).toEqual(['version-to-publish 1']);
    await record.tell(REPORT, publicationProposed({ by: 'person-2' }));
    expect(await ofSecretariat('2026-01-16', 'person-1')).toEqual(['publication-to-second 1']);
    // Not for the one who proposed it.
    expect(await ofSecretariat('2026-01-16', 'person-2')).toEqual([]);
    await record.tell(REPORT, published());
    expect(await ofSecretariat()).toEqual([]);
  });

  it('is no version that is being amended', async () => {
    await record.tell(REPORT, started(), submitted(), amendmentOpened());
    expect(await ofSecretariat()).toEqual([]);
  });

  it('is an answer that is overdue, until its absence is recorded', async () => {
    await record.tell(REPORT, requested({ deadline: '2026-01-31' }));
    expect(await ofSecretariat('2026-01-31')).toEqual([]);
    expect(await ofSecretariat('2026-02-01')).toEqual(['answer-missing overdue']);
    await record.tell(REPORT, noResponse());
    expect(await ofSecretariat('2026-02-01')).toEqual([]);
  });

  it('is no answer that was due before anybody waited for it here', async () => {
    await record.tell(REPORT, requested({ deadline: '2008-10-31' }));
    expect(await ofSecretariat()).toEqual([]);
  });

  it('is what was asked back and answered, until it is closed', async () => {
    await record.tell(REPORT, started(), submitted(), noted(), published());
    await record.tell(REPORT, clarificationRequested());
    expect(await ofSecretariat()).toEqual([]);
    await record.tell(REPORT, clarificationAnswered());
    expect(await ofSecretariat()).toEqual(['thread-answered S01']);
    await record.tell(REPORT, clarificationClosed());
    expect(await ofSecretariat()).toEqual([]);
  });

  it('is a letter that is not attached, and none of a round that was entered years later', async () => {
    await record.tell('cycle-ec-performance-2026', opened());
    const of = (organization: string, year = 2026) => `report-ec-performance-${year}-${organization}`;
    await record.tell(of('example-registry'), requested(), answeredByLetter());
    await record.tell(of('example-registry', 2008), requested(), answeredByLetter());
    const kept = { document: { title: 'Letter of three pages', sha256: 'a'.repeat(64) } };
    await record.tell(of('example-union'), answeredByLetter(kept));
    expect(await ofSecretariat()).toEqual(['letter-without-document']);
  });

  it('is a partnership that the partner disputes', async () => {
    await record.tell('action-act-0001', recorded({ partners: ['example-union'] }));
    expect(await ofSecretariat()).toEqual([]);
    await record.tell('action-act-0001', partnerDisputed());
    expect(await ofSecretariat()).toEqual(['partnership-disputed ACT-0001']);
    await record.tell('action-act-0001', partnerConfirmed());
    expect(await ofSecretariat()).toEqual([]);
  });

  it('is nothing of a round that is closed, and the rounds of other years stay apart (trap: a new year hides what is pending)', async () => {
    await record.tell(REPORT, started(), submitted());
    await record.tell('cycle-ec-performance-2009', opened());
    expect(await ofSecretariat()).toEqual(['version-to-note 1']);
    await record.tell(CYCLE, closed());
    expect(await ofSecretariat()).toEqual([]);
  });
});

describe('What waits for the people of an organization', () => {
  it('is a request to acknowledge, and an answer as soon as it is due soon', async () => {
    await record.tell(REPORT, requested({ deadline: '2026-02-28' }));
    expect(await ofOrganization('contributor')).toEqual(['request-to-acknowledge not-due']);
    await record.tell(REPORT, acknowledged());
    expect(await ofOrganization('contributor', undefined, '2026-02-13')).toEqual([]);
    expect(await ofOrganization('contributor', undefined, '2026-02-14')).toEqual(['answer-due due-soon']);
    expect(await ofOrganization('contributor', undefined, '2026-03-01')).toEqual(['answer-due overdue']);
    await record.tell(REPORT, started(), submitted());
    expect(await ofOrganization('contributor', undefined, '2026-03-01')).toEqual([]);
  });

  it('is a section that was delegated to them, until something is written in it', async () => {
    await record.tell(REPORT, started(), sectionDelegated({ section: 'S01', to: 'person-2' }));
    expect(await ofOrganization('contributor', 'person-2')).toEqual(['section-delegated S01']);
    expect(await ofOrganization('contributor', 'person-3')).toEqual([]);
    await record.tell(REPORT, sectionAnswered());
    expect(await ofOrganization('contributor', 'person-2')).toEqual([]);
    await record.tell(REPORT, sectionDelegated({ section: 'S01', to: 'person-2' }));
    expect(await ofOrganization('contributor', 'person-2')).toEqual(['section-delegated S01']);
  });

  it('is a signature, once nothing else is missing, for who may sign', async () => {
    await record.tell(REPORT, started(), sectionAnswered());
    expect(await ofOrganization('signatory')).toEqual([]);
    await record.tell(REPORT, sectionAnswered({ section: 'S04' }));
    expect(await ofOrganization('signatory')).toEqual(['ready-for-signature 1']);
    expect(await ofOrganization('focal-point')).toEqual([]);
  });

  it('is a second signature, for another one than who signed', async () => {
    await record.tell(ORGANIZATION, signOffRuleSet());
    await record.tell(REPORT, started(), sectionAnswered(), sectionAnswered({ section: 'S04' }), signatureGiven());
    expect(await ofOrganization('signatory', 'person-3')).toEqual(['signature-to-second 1']);
    expect(await ofOrganization('signatory', 'person-2')).toEqual([]);
  });

  it('is a withdrawal that another one proposed', async () => {
    await record.tell(REPORT, started(), submitted(), withdrawalProposed());
    expect(await ofOrganization('signatory', 'person-3')).toEqual(['withdrawal-to-second']);
    expect(await ofOrganization('signatory', 'person-2')).toEqual([]);
  });

  it('is what was asked back, and never what reviewers ask among themselves', async () => {
    await record.tell(REPORT, started(), submitted());
    const internal = { clarification: 'Q2', visibility: 'internal' } as const;
    await record.tell(REPORT, clarificationRequested({ dueOn: '2026-01-20' }), clarificationRequested(internal));
    expect(await ofOrganization('contributor')).toEqual(['thread-open S01 due-soon']);
    await record.tell(REPORT, clarificationAnswered());
    expect(await ofOrganization('contributor')).toEqual([]);
    await record.tell(REPORT, clarificationFollowedUp());
    expect(await ofOrganization('contributor')).toEqual(['thread-open S01 due-soon']);
  });

  it('is a draft finding, for who answers for it, until they commented or their time is over', async () => {
    await record.tell(REPORT, started(), submitted());
    await record.tell(REVIEW, reviewerAssigned(), noConflictDeclared(), findingRecorded());
    expect(await ofOrganization('focal-point')).toEqual([]);
    await record.tell(REVIEW, findingShared());
    expect(await ofOrganization('focal-point')).toEqual(['finding-to-comment due-soon']);
    expect(await ofOrganization('contributor')).toEqual([]);
    expect(await ofOrganization('focal-point', undefined, '2026-01-30')).toEqual([]);
    await record.tell(REVIEW, organizationCommented());
    expect(await ofOrganization('focal-point')).toEqual([]);
  });

  it('is a partnership to confirm or dispute, and none that they lead', async () => {
    const partners = ['example-registry', 'example-union'];
    await record.tell('action-act-0001', recorded({ lead: 'example-forum', partners }));
    await record.tell('action-act-0002', recorded({ lead: 'example-registry', partners: ['example-union'] }));
    expect(await ofOrganization('focal-point')).toEqual(['partnership-to-confirm ACT-0001']);
    await record.tell('action-act-0001', partnerConfirmed({ partner: 'example-registry' }));
    expect(await ofOrganization('focal-point')).toEqual([]);
  });
});

describe('What waits for an administrator', () => {
  it('is a mandate that another one proposed for somebody else', async () => {
    await record.tell('mandate-person-7', mandateProposed({ by: 'person-1' }));
    expect(await ofAdministrator('person-2')).toEqual(['mandate-to-agree person-7 reviewer']);
    expect(await ofAdministrator('person-1')).toEqual([]);
    expect(await ofAdministrator('person-7')).toEqual([]);
    await record.tell('mandate-person-7', mandateGiven());
    expect(await ofAdministrator('person-2')).toEqual([]);
  });
});

describe('The age of what waits', () => {
  it('is counted from the event since which it does, the oldest first', async () => {
    await record.tell('report-ec-performance-2008-example-union', started(), submitted());
    record.setClock('2026-01-20T09:00:00.000Z');
    await record.tell(REPORT, started(), submitted());
    await shown();
    const handler = new InboxOfSecretariatHandler(views, on('2026-01-25'));
    const items = await handler.execute(new InboxOfSecretariat());
    expect(items.map(({ organization, days }) => `${organization} ${days}`)).toEqual([
      'example-union 10',
      'example-registry 5',
    ]);
    expect(items[1]).toMatchObject({ since: '2026-01-20T09:00:01.000Z', why: [5] });
  });
});
