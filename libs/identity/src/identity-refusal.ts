/** Every reason for which an account, a session or a token is refused. As stable as the codes of the rules. */
export type IdentityCode =
  | 'person-unknown'
  | 'person-erased'
  | 'person-closed'
  | 'mail-address-taken'
  | 'mail-address-malformed'
  | 'invitation-void'
  | 'invited-too-often'
  | 'uploaded-too-often'
  | 'set-up-void'
  | 'erasure-needs-another'
  | 'erasure-proposal-lapsed'
  | 'sign-in-failed'
  | 'sign-in-too-often'
  | 'not-signed-in'
  | 'second-factor-wrong'
  | 'second-factor-missing'
  | 'second-factor-exists'
  | 'second-factor-not-begun'
  | 'reset-for-oneself'
  | 'reset-needs-another'
  | 'oidc-not-offered'
  | 'oidc-flow-void'
  | 'oidc-refused'
  | 'oidc-answer-invalid'
  | 'oidc-unknown'
  | 'oidc-taken'
  | 'oidc-not-linked'
  | 'oidc-only-way-in'
  | 'password-too-short'
  | 'password-too-long'
  | 'password-guessable'
  | 'session-unknown'
  | 'token-unknown'
  | 'token-lasts-too-long'
  | 'tokens-too-many';

/** `facts` are what a person needs in order to do the right thing next; never a secret, never a name. */
export class IdentityRefusal extends Error {
  override readonly name = 'IdentityRefusal';
  constructor(
    readonly code: IdentityCode,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }
}

export function refuse(code: IdentityCode, facts: Readonly<Record<string, unknown>> = {}): never {
  throw new IdentityRefusal(code, facts);
}
