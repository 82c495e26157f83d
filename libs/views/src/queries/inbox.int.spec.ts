import { beforeEach, describe, expect, it } from '@jest/globals';
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
  registered,
  requested,
  resubmitted,
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
import { ViewsInFolder } from '../../../../test/support/views-in-folder.js';
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

const at = ViewsInFolder.forEachTest();
beforeEach(async () => {
  await at.record.tell(ORGANIZATION, registered());
  await at.record.tell(CYCLE, opened());
});

const lines = (items: readonly InboxItem[]) =>
  items.map(({ kind, due, section, version, action }) =>
    [kind, section, version, action, due].filter((part) => part !== undefined).join(' '),
  );

/** Everything is recorded on 15 January 2026. */
const on = (day: string) => new Today(at.views, () => Date.parse(`${day}T12:00:00Z`));

async function ofSecretariat(day = '2026-01-16', person?: string) {
  await at.shown();
  const handler = new InboxOfSecretariatHandler(at.views, on(day));
  return lines(await handler.execute(new InboxOfSecretariat(person)));
}

async function ofOrganization(role: AppointedRole, person?: string, day = '2026-01-16') {
  await at.shown();
  const readiness = new ReadinessOfHandler(at.views, new FormSections(sampleVocabulary, ['S01', 'S02', 'S04']));
  const handler = new InboxOfOrganizationHandler(at.views, on(day), readiness);
  return lines(await handler.execute(new InboxOfOrganization('example-registry', role, person)));
}

async function ofAdministrator(person?: string, day = '2026-01-16') {
  await at.shown();
  const items = await new InboxOfAdministratorHandler(at.views, on(day)).execute(new InboxOfAdministrator(person));
  return items.map(({ kind, person: whose, mandate }) => `${kind} ${whose} ${mandate}`);
}

describe('What waits for the secretariat', () => {
  it('is a version, until it is noted, then until two persons have published it', async () => {
    await at.record.tell(REPORT, requested(), started(), submitted());
    expect(await ofSecretariat()).toEqual(['version-to-note 1']);
    await at.record.tell(REPORT, noted());
    expect(await ofSecretariat()).toEqual(['version-to-publish 1']);
    await at.record.tell(REPORT, publicationProposed({ by: 'person-2' }));
    expect(await ofSecretariat('2026-01-16', 'person-1')).toEqual(['publication-to-second 1']);
    // Not for the one who proposed it.
    expect(await ofSecretariat('2026-01-16', 'person-2')).toEqual([]);
    await at.record.tell(REPORT, published());
    expect(await ofSecretariat()).toEqual([]);
  });

  it('is no version that is being amended', async () => {
    await at.record.tell(REPORT, started(), submitted(), amendmentOpened());
    expect(await ofSecretariat()).toEqual([]);
  });

  it('is an answer that is overdue, until its absence is recorded', async () => {
    await at.record.tell(REPORT, requested({ deadline: '2026-01-31' }));
    expect(await ofSecretariat('2026-01-31')).toEqual([]);
    expect(await ofSecretariat('2026-02-01')).toEqual(['answer-missing overdue']);
    await at.record.tell(REPORT, noResponse());
    expect(await ofSecretariat('2026-02-01')).toEqual([]);
  });

  it('is no answer that was due before anybody waited for it here', async () => {
    await at.record.tell(REPORT, requested({ deadline: '2008-10-31' }));
    expect(await ofSecretariat()).toEqual([]);
  });

  it('is what was asked back and answered, until it is closed', async () => {
    await at.record.tell(REPORT, started(), submitted(), noted(), published());
    await at.record.tell(REPORT, clarificationRequested());
    expect(await ofSecretariat()).toEqual([]);
    await at.record.tell(REPORT, clarificationAnswered());
    expect(await ofSecretariat()).toEqual(['thread-answered S01']);
    await at.record.tell(REPORT, clarificationClosed());
    expect(await ofSecretariat()).toEqual([]);
  });

  it('is a letter that is not attached, and none of a round that was entered years later', async () => {
    await at.record.tell('cycle-ec-performance-2026', opened());
    const of = (organization: string, year = 2026) => `report-ec-performance-${year}-${organization}`;
    await at.record.tell(of('example-registry'), requested(), answeredByLetter());
    await at.record.tell(of('example-registry', 2008), requested(), answeredByLetter());
    const kept = { document: { title: 'Letter of three pages', sha256: 'a'.repeat(64) } };
    await at.record.tell(of('example-union'), answeredByLetter(kept));
    expect(await ofSecretariat()).toEqual(['letter-without-document']);
  });

  it('is a partnership that the partner disputes', async () => {
    await at.record.tell('action-act-0001', recorded({ partners: ['example-union'] }));
    expect(await ofSecretariat()).toEqual([]);
    await at.record.tell('action-act-0001', partnerDisputed());
    expect(await ofSecretariat()).toEqual(['partnership-disputed ACT-0001']);
    await at.record.tell('action-act-0001', partnerConfirmed());
    expect(await ofSecretariat()).toEqual([]);
  });

  it('is nothing of a round that is closed, and the rounds of other years stay apart (trap: a new year hides what is pending)', async () => {
    await at.record.tell(REPORT, started(), submitted());
    await at.record.tell('cycle-ec-performance-2009', opened());
    expect(await ofSecretariat()).toEqual(['version-to-note 1']);
    await at.record.tell(CYCLE, closed());
    expect(await ofSecretariat()).toEqual([]);
  });
});

describe('What waits for the people of an organization', () => {
  it('is a request to acknowledge, and an answer as soon as it is due soon', async () => {
    await at.record.tell(REPORT, requested({ deadline: '2026-02-28' }));
    expect(await ofOrganization('contributor')).toEqual(['request-to-acknowledge not-due']);
    await at.record.tell(REPORT, acknowledged());
    expect(await ofOrganization('contributor', undefined, '2026-02-13')).toEqual([]);
    expect(await ofOrganization('contributor', undefined, '2026-02-14')).toEqual(['answer-due due-soon']);
    expect(await ofOrganization('contributor', undefined, '2026-03-01')).toEqual(['answer-due overdue']);
    await at.record.tell(REPORT, started(), submitted());
    expect(await ofOrganization('contributor', undefined, '2026-03-01')).toEqual([]);
  });

  it('is a section that was delegated to them, until something is written in it', async () => {
    await at.record.tell(REPORT, started(), sectionDelegated({ section: 'S01', to: 'person-2' }));
    expect(await ofOrganization('contributor', 'person-2')).toEqual(['section-delegated S01']);
    expect(await ofOrganization('contributor', 'person-3')).toEqual([]);
    await at.record.tell(REPORT, sectionAnswered());
    expect(await ofOrganization('contributor', 'person-2')).toEqual([]);
    await at.record.tell(REPORT, sectionDelegated({ section: 'S01', to: 'person-2' }));
    expect(await ofOrganization('contributor', 'person-2')).toEqual(['section-delegated S01']);
  });

  it('is a signature, once nothing else is missing, for who may sign', async () => {
    await at.record.tell(REPORT, started(), sectionAnswered());
    expect(await ofOrganization('signatory')).toEqual([]);
    await at.record.tell(REPORT, sectionAnswered({ section: 'S04' }));
    expect(await ofOrganization('signatory')).toEqual(['ready-for-signature 1']);
    expect(await ofOrganization('focal-point')).toEqual([]);
  });

  it('is a second signature, for another one than who signed', async () => {
    await at.record.tell(ORGANIZATION, signOffRuleSet());
    await at.record.tell(REPORT, started(), sectionAnswered(), sectionAnswered({ section: 'S04' }), signatureGiven());
    expect(await ofOrganization('signatory', 'person-3')).toEqual(['signature-to-second 1']);
    expect(await ofOrganization('signatory', 'person-2')).toEqual([]);
  });

  it('is a withdrawal that another one proposed, until it has lapsed', async () => {
    await at.record.tell(REPORT, started(), submitted(), withdrawalProposed());
    expect(await ofOrganization('signatory', 'person-3', '2026-01-29')).toEqual(['withdrawal-to-second']);
    expect(await ofOrganization('signatory', 'person-3', '2026-01-30')).toEqual([]);
    expect(await ofOrganization('signatory', 'person-2')).toEqual([]);
  });

  it('is no withdrawal of what was amended since', async () => {
    await at.record.tell(REPORT, started(), submitted(), withdrawalProposed(), amendmentOpened());
    expect(await ofOrganization('signatory', 'person-3')).toContain('withdrawal-to-second');
    await at.record.tell(REPORT, resubmitted());
    expect(await ofOrganization('signatory', 'person-3')).toEqual([]);
  });

  it('is what was asked back, and never what reviewers ask among themselves', async () => {
    await at.record.tell(REPORT, started(), submitted());
    const internal = { clarification: 'Q2', visibility: 'internal' } as const;
    await at.record.tell(REPORT, clarificationRequested({ dueOn: '2026-01-20' }), clarificationRequested(internal));
    expect(await ofOrganization('contributor')).toEqual(['thread-open S01 due-soon']);
    await at.record.tell(REPORT, clarificationAnswered());
    expect(await ofOrganization('contributor')).toEqual([]);
    await at.record.tell(REPORT, clarificationFollowedUp());
    expect(await ofOrganization('contributor')).toEqual(['thread-open S01 due-soon']);
  });

  it('is a draft finding, for who answers for it, until they commented or their time is over', async () => {
    await at.record.tell(REPORT, started(), submitted());
    await at.record.tell(REVIEW, reviewerAssigned(), noConflictDeclared(), findingRecorded());
    expect(await ofOrganization('focal-point')).toEqual([]);
    await at.record.tell(REVIEW, findingShared());
    expect(await ofOrganization('focal-point')).toEqual(['finding-to-comment due-soon']);
    expect(await ofOrganization('contributor')).toEqual([]);
    expect(await ofOrganization('focal-point', undefined, '2026-01-30')).toEqual([]);
    await at.record.tell(REVIEW, organizationCommented());
    expect(await ofOrganization('focal-point')).toEqual([]);
  });

  it('is a partnership to confirm or dispute, and none that they lead', async () => {
    const partners = ['example-registry', 'example-union'];
    await at.record.tell('action-act-0001', recorded({ lead: 'example-forum', partners }));
    await at.record.tell('action-act-0002', recorded({ lead: 'example-registry', partners: ['example-union'] }));
    expect(await ofOrganization('focal-point')).toEqual(['partnership-to-confirm ACT-0001']);
    await at.record.tell('action-act-0001', partnerConfirmed({ partner: 'example-registry' }));
    expect(await ofOrganization('focal-point')).toEqual([]);
  });
});

describe('What waits for an administrator', () => {
  it('is a mandate that another one proposed for somebody else, until it has lapsed', async () => {
    await at.record.tell('mandate-person-7', mandateProposed({ by: 'person-1' }));
    expect(await ofAdministrator('person-2')).toEqual(['mandate-to-agree person-7 reviewer']);
    expect(await ofAdministrator('person-2', '2026-01-30')).toEqual([]);
    expect(await ofAdministrator('person-1')).toEqual([]);
    expect(await ofAdministrator('person-7')).toEqual([]);
    await at.record.tell('mandate-person-7', mandateGiven());
    expect(await ofAdministrator('person-2')).toEqual([]);
  });
});

describe('The age of what waits', () => {
  it('is counted from the event since which it does, the oldest first', async () => {
    await at.record.tell('report-ec-performance-2008-example-union', started(), submitted());
    at.record.setClock('2026-01-20T09:00:00.000Z');
    await at.record.tell(REPORT, started(), submitted());
    await at.shown();
    const handler = new InboxOfSecretariatHandler(at.views, on('2026-01-25'));
    const items = await handler.execute(new InboxOfSecretariat());
    expect(items.map(({ organization, days }) => `${organization} ${days}`)).toEqual([
      'example-union 10',
      'example-registry 5',
    ]);
    expect(items[1]).toMatchObject({ since: '2026-01-20T09:00:01.000Z', why: [5] });
  });
});
