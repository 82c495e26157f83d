import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from '#commands';
import { TOKEN_SCOPES } from '../credential/credential.js';
import { type About, type Decision, may, type Who } from './may.js';
import { PERMISSIONS } from './permissions.js';
import { READS } from './reads.js';

type What = keyof typeof PERMISSIONS;

const nobody: Who = { person: 'person-1', mandates: [], appointments: [], isProven: true };
const by = (role: 'focal-point' | 'contributor' | 'signatory', organization = 'example-registry'): Who => ({
  ...nobody,
  appointments: [{ organization, role }],
});
const as = (...mandates: Who['mandates']): Who => ({ ...nobody, mandates });

const registry: About = { organizations: ['example-registry'] };
const union: About = { organizations: ['example-union'] };
const own: About = { organizations: ['example-registry'], person: 'person-1' };
const another: About = { organizations: ['example-registry'], person: 'person-2' };

const all = Object.keys(PERMISSIONS) as What[];
const allowedTo = (who: Who | undefined, about: About) => all.filter((what) => may(who, what, about) === 'yes');

describe('The permission table', () => {
  it('has a row for every command and every read, and no other', () =>
    expect(all.toSorted()).toEqual([...Object.keys(COMMANDS), ...READS].toSorted()));

  it('refuses what is not in it', () => {
    for (const name of ['Anything', 'toString', '__proto__', 'constructor'])
      expect(may(as('secretariat', 'administrator'), name as What, registry)).toBe('no');
  });

  it('gives nothing to who has no role', () => expect(allowedTo(nobody, own)).toEqual(allowedTo(undefined, own)));

  it('lets the public read the record, and do nothing', () => {
    expect(allowedTo(undefined, registry)).toEqual(['PublicRecord', 'Health']);
    expect(may(undefined, 'AnswerSection', registry)).toBe('sign-in');
  });

  it('lets an auditor write nothing', () => {
    const written = allowedTo(as('auditor'), own).filter((what) => what in COMMANDS);
    expect(written).toEqual([]);
  });

  it('lets the secretariat write no answer of an organization', () => {
    const theirs: What[] = [
      'StartReport',
      'AnswerSection',
      'ReportFigure',
      'CiteAction',
      'AttachDocument',
      'SubmitReport',
      'AnswerClarification',
      'CommentOnFinding',
      'WithdrawReport',
      'ConfirmPartnership',
    ];
    for (const what of theirs) expect(may(as('secretariat'), what, registry)).toBe('no');
    expect(may(as('secretariat'), 'Draft', registry)).toBe('no');
  });

  it('lets the secretariat record for an organization only what the organization may do itself, and no signature', () => {
    const recorded = all.filter((what) => PERMISSIONS[what].onBehalf);
    for (const what of recorded) {
      const row = PERMISSIONS[what];
      expect([what, row.secretariat]).toEqual([what, 'any']);
      expect([what, [row['focal-point'], row.contributor, row.signatory].includes('own')]).toEqual([what, true]);
    }
    expect(recorded).toContain('AnswerByLetter');
    expect(recorded).not.toContain('SubmitReport');
    expect(recorded).not.toContain('AppointPerson');
  });

  it('lets only a signatory submit, and a contributor draft', () => {
    expect(may(by('signatory'), 'SubmitReport', registry)).toBe('yes');
    expect(may(by('focal-point'), 'SubmitReport', registry)).toBe('no');
    expect(may(by('contributor'), 'AnswerSection', registry)).toBe('yes');
    expect(may(by('contributor'), 'DelegateSection', registry)).toBe('no');
  });

  it('hides from an organization what belongs to another one, whoever may know that it is there', () => {
    for (const role of ['focal-point', 'contributor', 'signatory'] as const) {
      const decided = all
        .filter((what) => PERMISSIONS[what][role] === 'own')
        .map((what) => [what, may(by(role), what, union)]);
      expect(decided).toEqual(decided.map(([what]) => [what, 'hidden']));
    }
  });

  it('hides a thing from whoever has no role that gives them anything on it, and tells others what it takes', () => {
    const named: About = { isNamed: true };
    const cases: [Who, What, About, Decision][] = [
      [nobody, 'ReviseProfile', registry, 'hidden'],
      [as('administrator'), 'PublishReport', registry, 'hidden'],
      [as('reviewer'), 'RenameOrganization', registry, 'hidden'],
      [by('signatory'), 'CloseCycle', named, 'hidden'],
      [by('signatory'), 'GiveMandate', named, 'hidden'],
      [by('contributor'), 'RenameOrganization', registry, 'no'],
      [as('reviewer'), 'PublishReport', registry, 'no'],
      [as('auditor'), 'AnswerSection', registry, 'no'],
      [as('secretariat'), 'GiveMandate', named, 'no'],
      // A partner of an action has to do with it, though it is its lead's to change.
      [by('focal-point'), 'ReviseAction', { ...union, concerned: ['example-registry'] }, 'no'],
      [by('focal-point'), 'ReviseAction', { ...union, concerned: ['example-isle'] }, 'hidden'],
    ];
    expect(cases.map(([who, what, about]) => may(who, what, about))).toEqual(cases.map((each) => each[3]));
  });

  it('hides nothing where nothing is named', () => {
    for (const what of ['JobList', 'PersonList', 'Metrics', 'StartJob', 'InvitePerson'] as const)
      expect([what, may(nobody, what)]).toEqual([what, 'no']);
    expect(may(nobody, 'JobList', { isNamed: true })).toBe('hidden');
  });

  it('takes any partner of an action for one that acts for it', () =>
    expect(may(by('focal-point'), 'ConfirmPartnership', { organizations: ['example-union', 'example-registry'] })).toBe(
      'yes',
    ));

  it('lets a reviewer write their own assessment and nobody else’s', () => {
    const writing = all.filter((what) => what in COMMANDS && PERMISSIONS[what].reviewer === 'self');
    expect(writing).toContain('RecordFinding');
    for (const what of writing) {
      expect([what, may(as('reviewer'), what, own)]).toEqual([what, 'yes']);
      expect([what, may(as('reviewer'), what, another)]).toEqual([what, 'hidden']);
      // Not where it is not said whose it is.
      expect([what, may(as('reviewer'), what, registry)]).toEqual([what, 'hidden']);
    }
  });

  it('asks for a second factor anew before something is submitted, published or granted', () => {
    const late = (who: Who): Who => ({ ...who, isProven: false });
    const cases: [Who, What, About][] = [
      [by('signatory'), 'SubmitReport', registry],
      [by('signatory'), 'WithdrawReport', registry],
      [as('secretariat'), 'PublishReport', registry],
      [as('secretariat'), 'AppointPerson', registry],
      [by('focal-point'), 'AppointPerson', registry],
      [as('secretariat'), 'AssignReviewer', another],
      [as('administrator'), 'GiveMandate', {}],
      [as('administrator'), 'ErasePerson', {}],
    ];
    for (const [who, what, about] of cases)
      expect([what, may(who, what, about), may(late(who), what, about)]).toEqual([what, 'yes', 'step-up']);
    // Who may not anyway is not asked for it.
    expect(may(late(by('signatory')), 'SubmitReport', union)).toBe('hidden');
    expect(may(late(by('contributor')), 'SubmitReport', registry)).toBe('no');
  });

  it('lets a token do what it was made for, and nothing that takes a second factor', () => {
    const contributor = by('contributor');
    const decided = (scopes: Who['scopes'], what: What): Decision =>
      may({ ...contributor, scopes: scopes! }, what, registry);
    expect(decided(['draft'], 'AnswerSection')).toBe('yes');
    expect(decided(['read'], 'AnswerSection')).toBe('no');
    expect(decided([], 'Draft')).toBe('no');
    expect(decided(['read'], 'Draft')).toBe('yes');
    const every = { ...by('signatory'), mandates: as('secretariat', 'administrator').mandates, scopes: TOKEN_SCOPES };
    expect(allowedTo(every, own).filter((what) => PERMISSIONS[what].stepUp)).toEqual([]);
    expect(may(every, 'SubmitReport', registry)).toBe('no');
    // What it is for says nothing of what is not theirs.
    expect(may({ ...contributor, scopes: ['read'] }, 'AnswerSection', union)).toBe('hidden');
  });

  it('gives an administrator people, and no word of a report', () => {
    const may = allowedTo(as('administrator'), own);
    expect(may).toContain('GiveMandate');
    expect(may.filter((what) => /Report|Section|Draft|Finding|Receipt|Readiness/.test(what))).toEqual([]);
  });
});
