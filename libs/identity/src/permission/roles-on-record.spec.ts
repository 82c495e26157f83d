import { describe, expect, it } from '@jest/globals';
import { type AppointedRole, type Edtf, PLATFORM_ROLES } from '#reporting';
import { needsSecondFactor } from './roles-on-record.js';

const appointed = (role: AppointedRole) => {
  const from = '2008' as Edtf;
  return { mandates: [], appointments: [{ organization: 'example-registry', role, from }] };
};

describe('A second factor', () => {
  it.each(PLATFORM_ROLES)('is asked of whoever has the mandate of %s', (role) =>
    expect(needsSecondFactor({ mandates: [role], appointments: [] })).toBe(true),
  );

  it('is asked of whoever signs, and of nobody who only writes or has no role', () => {
    expect(needsSecondFactor(appointed('signatory'))).toBe(true);
    for (const roles of [appointed('contributor'), appointed('focal-point'), { mandates: [], appointments: [] }])
      expect(needsSecondFactor(roles)).toBe(false);
  });
});
