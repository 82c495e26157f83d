import type { IdentityCode } from '#identity';
import { bad, conflict, later, missing, type ProblemKind } from './problem-kinds.js';

/** What goes wrong on the way to a provider and back. A code without an entry, or an entry without a code, does not compile. */
export const PROBLEMS_OF_PROVIDERS: Readonly<
  Record<Extract<IdentityCode, `oidc-${string}`> | 'oidc-unavailable', ProblemKind>
> = {
  'oidc-not-offered': missing('There is no provider to sign in by', 'Sign in with address and password.'),
  'oidc-flow-void': bad(
    'This way was not begun in this browser, or is over',
    'Begin again: it has to be gone within ten minutes, once, and in one browser that takes cookies.',
  ),
  'oidc-refused': {
    status: 401,
    title: 'The provider did not let you in',
    next: 'Begin again, or sign in with address and password.',
  },
  'oidc-answer-invalid': {
    status: 401,
    title: 'What the provider answered is not good',
    next: 'Begin again. If it happens again, report the correlationId to whoever looks after this installation.',
  },
  'oidc-unknown': {
    status: 403,
    title: 'Nobody here is linked with this account of the provider',
    next:
      'No account was made. Sign in with address and password, and link it on the page of your account; or join by it, at ' +
      'the link of an invitation.',
  },
  'oidc-taken': conflict(
    'Somebody else signs in by this account of the provider',
    'Use another account there, or let it be unlinked from where it is.',
  ),
  'oidc-not-linked': conflict('Your account is linked with none at the provider', 'Nothing is to be undone.'),
  'oidc-only-way-in': conflict(
    'You could not sign in any more',
    'Choose a password first: ask an administrator for an invitation, and accept it by a password.',
  ),
  'oidc-unavailable': later(
    'The provider cannot be asked now',
    'Try again in a moment, or sign in with address and password.',
  ),
};
