import type { IdentityCode } from '#identity';
import { PROPOSAL_DAYS } from '#reporting';
import { conflict, missing, type ProblemKind, unsound } from './problem-kinds.js';

/** What goes wrong with accounts, sessions and tokens. A code without an entry, or an entry without a code, does not compile. */
export const PROBLEMS_OF_PEOPLE: Readonly<Record<Exclude<IdentityCode, `oidc-${string}`>, ProblemKind>> = {
  'not-signed-in': { status: 401, title: 'Nobody is signed in', next: 'Sign in, or send a token that is still good.' },
  'sign-in-failed': {
    status: 401,
    title: 'Address and password do not belong together',
    next: 'Check both. Whoever has lost their password asks an administrator for another invitation.',
  },
  'sign-in-too-often': {
    status: 429,
    title: 'There were too many attempts',
    next: 'Wait for the seconds that Retry-After names, and try again.',
  },
  'second-factor-wrong': {
    status: 401,
    title: 'The code is not right, or was used already',
    next: 'Wait for the next code of your authenticator, or use a recovery code. Each is good for one time.',
  },
  'second-factor-missing': conflict('There is no second factor', 'Enrol one at /api/second-factor first.'),
  'second-factor-exists': conflict('There is a second factor already', 'Use it, or one of your recovery codes.'),
  'second-factor-not-begun': conflict(
    'This second factor was not begun, or another one was since',
    'Begin at /api/second-factor, and confirm what it answered last.',
  ),
  'reset-for-oneself': conflict('This takes others', 'Ask two other administrators to reset your second factor.'),
  'reset-needs-another': conflict(
    'It takes a second person',
    'Another administrator has to agree within seven days, and be sure, too, who asked for it.',
  ),
  'password-too-short': unsound(
    'The password is too short',
    'Choose one of at least 15 characters, such as a few words.',
  ),
  'password-too-long': unsound('The password is too long', 'Choose one of at most 256 characters.'),
  'password-guessable': unsound(
    'Somebody would guess this password',
    'Leave out common words, runs such as 12345, your name, your address and what this record is about.',
  ),
  'person-unknown': missing('The person is unknown', 'Check the id.'),
  'person-erased': {
    status: 410,
    title: 'The person was erased',
    next: 'Nothing can be done for them or with them here.',
  },
  'person-closed': conflict(
    'The account is closed',
    'Invite the person anew, as if they had never been there: the address is free, and roles are given again.',
  ),
  'mail-address-taken': conflict('Somebody has this address already', 'Give another one, or invite that person again.'),
  'mail-address-malformed': unsound(
    'This is no mail address',
    'Give one such as erin@registry.example, without a name.',
  ),
  'invitation-void': {
    status: 404,
    title: 'The invitation is not good any more',
    next: 'Ask whoever invited you for another one: each is good for seven days and one time.',
  },
  'invited-too-often': {
    status: 429,
    title: 'Too many invitations were sent',
    next: 'Wait for the seconds that Retry-After names. One person sends at most 20 within an hour, and at most 3 within a day to one address.',
  },
  'uploaded-too-often': {
    status: 429,
    title: 'Too many files were uploaded',
    next: 'Wait for the seconds that Retry-After names. One person uploads at most 40 files within an hour.',
  },
  'set-up-void': {
    status: 404,
    title: 'The set-up link is not good any more',
    next: 'Start the server again: it prints another one, as long as too few administer it.',
  },
  'erasure-needs-another': conflict('It takes a second person', 'Somebody else has to agree on the same ground.'),
  'erasure-proposal-lapsed': conflict(
    'What was proposed has lapsed',
    `Send "anew": true to propose it again: another person then has ${PROPOSAL_DAYS} days to agree on the ground.`,
  ),
  'session-unknown': missing('There is no such session of yours', 'Look at your sessions again.'),
  'token-unknown': missing('There is no such token of yours', 'Look at your tokens again.'),
  'token-lasts-too-long': unsound('A token cannot last that long', 'Name a moment within a year from now.'),
  'tokens-too-many': conflict('You have too many tokens', 'Revoke one that is not needed any more.'),
};
