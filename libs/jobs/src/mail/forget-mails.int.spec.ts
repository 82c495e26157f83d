import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderTransport, forgetMails } from './folder-transport.js';

const erin = 'person-00000000-0000-4000-8000-000000000001';
const other = 'person-00000000-0000-4000-8000-000000000002';

describe('Mails to somebody who is forgotten', () => {
  let folder: string;
  let mails: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'para71-mail-'));
    mails = join(folder, 'mail');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const deliver = (mail: string, addressee: string) =>
    new FolderTransport(mails).deliver(
      {
        mail,
        addressee,
        preparedAt: '2026-02-01T09:00:00.000Z',
        from: 'para71@sender.example',
        to: ['a@registry.example'],
        bytes: Buffer.from('To: a@registry.example\r\n'),
      },
      async () => undefined,
      new AbortController().signal,
    );

  it('go from the folder, and what a crash has left of them; all others stay', async () => {
    await deliver('mail-1', erin);
    await deliver('mail-2', other);
    await deliver('mail-3', 'example-registry');
    writeFileSync(join(mails, `.2026-02-01-${erin}-mail-4.eml-0.tmp`), 'half');
    await forgetMails(`folder:${mails}`, erin);
    expect(readdirSync(mails).toSorted()).toEqual([
      '2026-02-01-example-registry-mail-3.eml',
      `2026-02-01-${other}-mail-2.eml`,
    ]);
  });

  it('are nowhere before the first one, nor where mail goes to a server', async () => {
    await forgetMails(`folder:${mails}`, erin);
    await forgetMails('smtp://127.0.0.1:1', erin);
    expect(readdirSync(folder)).toEqual([]);
  });
});
