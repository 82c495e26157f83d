import { counted } from '../words.js';
import type { Fault } from './form.js';

type Facts = Readonly<Record<string, unknown>>;
type Worded = (facts: Facts) => Fault;

const at =
  (field: string, words: string): Worded =>
  () => ({ field, words });

/** What a person can mend where they are, said for who reads a page and not an interface. */
const FAULTS: Readonly<Record<string, Worded>> = {
  'sign-in-failed': at('address', 'Address and password do not belong together. Check both.'),
  'sign-in-too-often': ({ retryAfter }) => ({
    words: `There were too many attempts. Wait ${waitInWords(Number(retryAfter))}, and try again.`,
  }),
  'second-factor-wrong': at(
    'code',
    'This code is not right, or was used already. Each is good for one time: wait for the next one.',
  ),
  'password-too-short': ({ least }) => ({
    field: 'password',
    words: `Choose a password of at least ${String(least)} characters, such as a few words.`,
  }),
  'password-too-long': ({ most }) => ({
    field: 'password',
    words: `Choose a password of at most ${String(most)} characters.`,
  }),
  'password-guessable': at(
    'password',
    'Somebody would guess this password. Leave out common words, runs such as 12345, your name, your address and what this record is about.',
  ),
  'mail-address-taken': at('address', 'Somebody has this address already. Give another one.'),
  'mail-address-malformed': at('address', 'This is no mail address. Give one such as erin@registry.example.'),
  'token-lasts-too-long': at('until', 'Choose a day from today on, and within a year.'),
  'tokens-too-many': ({ most }) => ({
    words: `You have ${String(most)} tokens. Revoke one that is not needed any more.`,
  }),
};

/** Nothing for what cannot be mended in a form. */
export const faultInWords = (code: string, facts: Facts = {}): Fault | undefined => FAULTS[code]?.(facts);

function waitInWords(seconds: number): string {
  return seconds < 90 ? counted(Math.max(1, seconds), 'second') : counted(Math.ceil(seconds / 60), 'minute');
}

/** Where a field does not hold what belongs into it at all. */
const FIELDS: Readonly<Record<string, string>> = {
  name: 'Give a name in one line, of at most 200 characters.',
  address: 'Give a mail address such as erin@registry.example.',
  password: 'Give the password.',
  present: 'Give your present password.',
  code: 'Give the code.',
  person: 'Choose to whom.',
  role: 'Choose a mandate.',
  scopes: 'Choose at least one thing that it may do.',
  until: 'Give a day.',
};

export const fieldFaultInWords = (field: string): string | undefined => FIELDS[field];
