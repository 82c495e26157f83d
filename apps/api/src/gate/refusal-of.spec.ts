import { describe, expect, it } from '@jest/globals';
import type { Who } from '#identity';
import { refusalOf } from './refusal-of.js';

const PARTNER = 'sample-standards-body';
/** An action that another organization leads. */
const THEIRS = { isNamed: true, organizations: ['example-registry'], concerned: ['example-registry', PARTNER] };

const told = (who: Partial<Who>) => {
  const person = { person: 'person-1', mandates: [], appointments: [], isProven: true, ...who };
  const { code, details } = refusalOf(person, 'ConfirmPartnership', THEIRS);
  return [code, details.what];
};

describe('What somebody is told who may not', () => {
  it('is which roles it takes, to who has another one', () => {
    const contributes = { organization: PARTNER, role: 'contributor' } as const;
    expect(told({ appointments: [contributes] })).toEqual([
      'forbidden',
      'It takes one of these roles: focal-point, signatory.',
    ]);
  });

  it('is whose it is not, to who has such a role for another organization', () => {
    const signs = { organization: PARTNER, role: 'signatory' } as const;
    expect(told({ appointments: [signs] })).toEqual([
      'forbidden',
      `It takes one of these roles: focal-point, signatory. You have that of signatory for ${PARTNER}, whose it is not.`,
    ]);
  });

  it('is that there is none, to who has nothing to do with it', () => {
    const elsewhere = { organization: 'example-council', role: 'signatory' } as const;
    expect(told({ appointments: [elsewhere] })).toEqual([
      'resource-unknown',
      'There is no action here that you may change.',
    ]);
  });
});
