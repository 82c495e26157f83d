import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailServer } from '../../../../test/support/mail-server.js';
import { examineMail } from './mail.js';

let folder: string;
let contacts: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-'));
  contacts = join(folder, 'contacts.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const examined = async (url = `folder:${folder}`) => {
  const [way, addresses] = await examineMail({ url, from: 'Para 71 <para71@localhost>', contacts });
  return { way, addresses };
};

describe('para71 doctor, of the contacts', () => {
  it('finds nothing wrong with addresses of organizations', async () => {
    writeFileSync(contacts, JSON.stringify({ 'example-registry': ['reports@registry.example'] }));
    const what = `Addresses are in ${contacts}`;
    expect((await examined()).addresses).toEqual({ about: 'mail', status: 'ok', what });
  });

  it('warns where there are none, with the mend', async () => {
    expect((await examined()).addresses).toEqual({
      about: 'mail',
      status: 'warning',
      what: `There is no ${contacts}: no organization has an address`,
      mend: expect.stringMatching(/MAIL_CONTACTS/),
    });
  });

  it.each([
    ['is not JSON', '{', /It is not JSON/],
    ['is no object', '[]', /It is no object/],
    [
      'has what is no address, and does not repeat it',
      '{ "example-registry": ["Example <reports@registry.example>"] }',
      /example-registry\[0\] is no mail address(?!.*reports@registry\.example>)/s,
    ],
  ])('finds a file that %s, as who sends mails would', async (_, text, what) => {
    writeFileSync(contacts, text);
    expect((await examined()).addresses).toEqual({
      about: 'mail',
      status: 'fault',
      what: expect.stringMatching(what),
      mend: expect.stringMatching(/^Correct it/),
    });
  });
});

describe('para71 doctor, of the way of mails', () => {
  it('says that they reach nobody where they are put into a folder', async () => {
    expect((await examined()).way).toMatchObject({ status: 'ok', what: expect.stringContaining('reach nobody') });
  });

  it('tries the server', async () => {
    const server = await MailServer.start();
    expect((await examined(server.url)).way).toMatchObject({ status: 'ok', what: expect.stringMatching(/takes/) });
    await server.close();
    const away = await examined('smtp://127.0.0.1:1');
    expect(away.way).toEqual({
      about: 'mail',
      status: 'fault',
      what: expect.stringMatching(/cannot be reached \(.*ECONNREFUSED/),
      mend: expect.stringMatching(/^Check MAIL_URL/),
    });
  });
});
