import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Delivery, MailTransport } from './mail-transport.js';
import type { Message } from './message.js';

/** Puts each mail into a folder as a file that mail programs open, instead of sending it. */
export class FolderTransport extends MailTransport {
  readonly name = 'folder';
  /** The same mail is the same file. */
  readonly isRepeatable = true;

  constructor(private readonly folder: string) {
    super();
  }

  override async deliver(message: Message, claim: () => Promise<void>, signal: AbortSignal): Promise<Delivery> {
    await mkdir(this.folder, { recursive: true });
    signal.throwIfAborted();
    await claim();
    const draft = join(this.folder, `.${message.mail}-${randomUUID()}.tmp`);
    try {
      const file = await open(draft, 'wx');
      try {
        await file.writeFile(message.bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, join(this.folder, fileOf(message)));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    const folder = await open(this.folder);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
    return { refused: 0 };
  }
}

/** So that a list of the files is in the order in which they were written. */
export const fileOf = ({ preparedAt, addressee, mail }: Pick<Message, 'preparedAt' | 'addressee' | 'mail'>) =>
  `${preparedAt.slice(0, 10)}-${addressee}-${mail}.eml`;
