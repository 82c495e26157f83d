const person = 'person-0b0f3f5e-6a3c-4a52-9a3e-2f6a1f7f0c11';
const password = 'the cow jumps over my green lamp';
const address = 'erin@registry.example';

export const signIn = { address, password };
export const begun = { person, next: 'second-factor' };
export const code = { code: '287082' };
export const proven = { codesLeft: 9 };
export const ended = { ended: true };
export const changed = { ...ended, tokens: 1 };
export const me = {
  person,
  mandates: [],
  appointments: [{ organization: 'example-registry', role: 'signatory', from: '2026-01-01' }],
  isProven: true,
};
export const passwords = { present: password, next: 'a green cow is under the lamp now' };
export const enrolment = {
  secret: 'MZXW6YTBOI',
  uri: 'otpauth://totp/Para%2071:erin%40registry.example?secret=MZXW6YTBOI',
};
export const codes = { codes: ['abcd-efgh-ijkl-mnop'] };
const session = '9f86d081884c7d65';
export const sessions = {
  items: [
    {
      session,
      startedAt: '2026-02-01T09:00:00.000Z',
      seenAt: '2026-02-01T09:20:00.000Z',
      agent: 'Example Browser',
      isThis: true,
    },
  ],
};
const token = '60303ae22b998861';
const kind = { name: 'Nightly import', scopes: ['draft'], until: '2026-12-31T00:00:00.000Z' };
export const token1 = kind;
export const issued = { token, text: `p71_${token}_${'0'.repeat(64)}` };
export const tokens = { items: [{ token, ...kind, usedAt: '2026-02-01T09:00:00.000Z' }] };
export const invite = { name: 'Erin Xample', address };
export const invited = { person };
export const invitation = { secret: '0b0f3f5e-6a3c-4a52-9a3e-2f6a1f7f0c11.qL8R4QIcQ_ZsRqOAbeRfcZhilN_MksRtDaErMA' };
export const acceptance = { ...invitation, password };
export const provider = { name: 'Example ID', isLinked: true };
export const departure = { address: 'https://id.example.org/auth?client_id=para71&response_type=code' };
export const shown = { person, phase: 'joined', name: 'Erin Xample', address };
export const persons = { items: [shown] };
export const onePerson = {
  ...shown,
  secondFactorResetProposed: { by: 'person-2', until: '2026-02-08T09:00:00.000Z' },
  formerly: ['person-4'],
};
export const resetProposed = { outcome: 'proposed' };
export const setUp = { secret: 'qL8R4QIcQ_ZsRqOAbeRfcZhilN_MksRtDaErMAqL8R4', name: 'Erin Xample', address, password };
export const erasure = { ground: 'asked-by-the-person' };
export const erased = { outcome: 'proposed' };
export const mandates = { person, held: { reviewer: '2026-01-01' }, proposed: {} };
export const mandate = { from: '2026-01-01' };
export const mandateEnd = { on: '2026-06-30', reason: 'The term is over.' };
export const recorded = { stream: `mandate-${person}`, revision: 0, sequence: 1207 };
