import { describe, expect, it } from '@jest/globals';
import {
  CODE_LISTS,
  recorded,
  revise,
  sampleCodes,
  sampleProfile,
  sampleVocabulary,
  register,
  registered,
  renamed,
  specFor,
} from '#testing';
import { action } from './action/action.js';
import type { CodeList } from './codes.js';
import { organization } from './organization/organization.js';
import { Refusal } from './refusal.js';
import { requireCode, requireCodes } from './vocabulary.js';

const refused = (list: CodeList, code: string) => () => requireCode(list, code, sampleVocabulary);

describe('Rule 19: vocabularies are versioned, and a code is retired, never deleted', () => {
  it.each(CODE_LISTS)('accepts a current code of %s, refuses a retired one and one that it does not know', (list) => {
    const { current, retired } = sampleCodes(list);
    requireCode(list, current, sampleVocabulary);
    expect(refused(list, retired)).toThrow(new Refusal('code-retired'));
    expect(refused(list, 'NEVER_HEARD_OF')).toThrow(new Refusal('code-unknown'));
  });

  it('checks every code of several, and none where there is none', () => {
    requireCode('visions', undefined, sampleVocabulary);
    requireCodes('policyIssues', undefined, sampleVocabulary);
    requireCodes('policyIssues', ['DNS', 'ACCESS'], sampleVocabulary);
    expect(() => requireCodes('policyIssues', ['DNS', 'ISSUE_BEFORE_2010'], sampleVocabulary)).toThrow('code-retired');
  });

  it('names the edition by which a code was refused', () =>
    specFor(organization)()
      .when(register({ profile: { ...sampleProfile, kind: 'REGISTRY_BEFORE_2010' } }))
      .refuses('code-retired', { list: 'organizationKinds', code: 'REGISTRY_BEFORE_2010', vocabulary: 'sample/1' }));

  it('keeps what was recorded under a code that is retired by now', () =>
    specFor(organization)(
      registered({ profile: { ...sampleProfile, kind: 'REGISTRY_BEFORE_2010' } }),
      renamed({ name: 'Example Numbers Registry' }),
    ).thenState({ profile: { ...sampleProfile, kind: 'REGISTRY_BEFORE_2010' } }));

  it('does not ask again about retired codes that a revision leaves alone', () =>
    specFor(action)(recorded({ issues: ['ISSUE_BEFORE_2010'] }))
      .when(revise({ changes: { note: 'Seen again' } }))
      .thenState({ length: 2 }));
});
