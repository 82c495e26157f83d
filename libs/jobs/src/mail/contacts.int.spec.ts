import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Contacts, contactsIn } from './contacts.js';

const at = ['reports@registry.example'];

describe('The contacts', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'para71-contacts-'));
    file = join(folder, 'contacts.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('name nobody where there is no file, and are read anew when there is another one', async () => {
    const contacts = new Contacts(file);
    expect(await contacts.addressesOf('example-registry')).toEqual([]);
    writeFileSync(file, JSON.stringify({ 'example-registry': at }));
    expect(await contacts.addressesOf('example-registry')).toEqual(at);
    expect(await contacts.addressesOf('example-union')).toEqual([]);
    writeFileSync(file, JSON.stringify({ 'example-union': [...at, 'b@union.example'] }));
    expect(await contacts.addressesOf('example-registry')).toEqual([]);
    expect(await contacts.addressesOf('example-union')).toEqual([...at, 'b@union.example']);
    rmSync(file);
    expect(await contacts.addressesOf('example-union')).toEqual([]);
  });

  it('that cannot be read are a fault, and do not name nobody', async () => {
    mkdirSync(file);
    await expect(new Contacts(file).addressesOf('example-registry')).rejects.toMatchObject({ name: 'ContactsFault' });
  });

  it.each([
    ['{', 'It is not JSON'],
    ['[]', 'It is no object'],
    ['null', 'It is no object'],
    ['{"Example Registry":[]}', '"Example Registry" is no id of an organization'],
    ['{"example-registry":"a@b.example"}', 'example-registry has no list'],
    ['{"example-registry":["a@b.example","a@b.example"]}', 'example-registry names an address twice'],
    [`{"example-registry":${JSON.stringify(Array.from({ length: 21 }, (_, n) => `a${n}@b.example`))}}`, 'at most 20'],
    ['{"example-registry":["a@b.example",7]}', 'example-registry[1] is no mail address'],
  ])('are refused as %s', (text, fault) => {
    expect(() => contactsIn(text, 'contacts.json')).toThrow(fault);
    expect(() => contactsIn(text, 'contacts.json')).toThrow('The contacts in contacts.json cannot be used');
  });

  it.each([
    'Example <a@b.example>',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example ',
    '"a b"@c.example',
    'a..b@c.example',
    '@b.example',
    'a@',
    'ä@b.example',
    `${'a'.repeat(250)}@b.example`,
  ])('have no address %j, and do not repeat it where the fault is told', (address) => {
    const text = JSON.stringify({ 'example-registry': [address] });
    expect(() => contactsIn(text, 'contacts.json')).toThrow('example-registry[0] is no mail address');
    expect(() => contactsIn(text, 'contacts.json')).not.toThrow(address);
  });
});
