import { describe, expect, it } from '@jest/globals';
import { holds, patternsOf } from './traces.js';

const NAME = 'Kanarienvögel Žofie Quux4711';
const patterns = patternsOf(NAME);
const amid = (text: string | Buffer) =>
  Buffer.concat([Buffer.from('before '), Buffer.from(text), Buffer.from(' after')]);

describe('What is looked for of a person', () => {
  it.each([
    ['as it stands', NAME],
    ['in two bytes a letter', Buffer.from(NAME, 'utf16le')],
    ['in the other order', Buffer.from(NAME, 'utf16le').swap16()],
    ['in one byte a letter', Buffer.from(NAME, 'latin1')],
    ['in hexadecimal', Buffer.from(NAME).toString('hex')],
    ['in hexadecimal capitals', Buffer.from(NAME).toString('hex').toUpperCase()],
    ['in Base64', Buffer.from(NAME).toString('base64')],
    ['in Base64 within something', Buffer.from(`a${NAME}bc`).toString('base64')],
    ['in Base64 within something longer', Buffer.from(`ab${NAME}b`).toString('base64')],
    ['in Base64 of addresses', Buffer.from(`{"a":"${NAME}"}`).toString('base64url')],
    [
      'in JSON of ASCII alone',
      JSON.stringify(NAME).replaceAll(
        /[^ -~]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`,
      ),
    ],
    ['in an address', encodeURIComponent(NAME)],
    ['in a mail', 'Kanarienv=C3=B6gel =C5=BDofie Quux4711'],
    ['in HTML', 'Kanarienv&ouml;gel &#381;ofie Quux4711'],
    ['without its accents', 'Kanarienvogel Zofie Quux4711'],
    ['composed otherwise', NAME.normalize('NFD')],
    ['in part', 'ofie Quux4711'],
    ['in an index', 'kanarienvögel žofie quux4711'],
  ])('is found %s', (_, text) => expect(holds(amid(text), patterns)).toBe(true));

  it('is not found where it is not', () => {
    expect(holds(amid('Kanarien, Quux 4711, Zofie'), patterns)).toBe(false);
    expect(holds(Buffer.alloc(1_000_000), patterns)).toBe(false);
  });
});
