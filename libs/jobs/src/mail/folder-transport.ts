import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
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
    const draft = join(this.folder, `.${fileOf(message)}-${randomUUID()}.tmp`);
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

/**
 * Deletes every mail to `addressee` that a transport with this URL has kept. Nothing where mails go to a server: what was
 * sent is with its readers.
 */
export async function forgetMails(mailUrl: string, addressee: string): Promise<void> {
  const folder = folderIn(mailUrl);
  if (folder === undefined) return;
  let changed = false;
  for (const name of await filesOf(folder)) {
    if (!name.includes(`-${addressee}-`)) continue;
    await rm(join(folder, name), { force: true });
    changed = true;
  }
  if (!changed) return;
  await using handle = await open(folder);
  await handle.sync();
}

/** The folder of `folder:<path>`. */
export const folderIn = (mailUrl: string): string | undefined => /^folder:(.+)$/.exec(mailUrl)?.[1];

async function filesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** So that a list of the files is in the order in which they were written. */
export const fileOf = ({ preparedAt, addressee, mail }: Pick<Message, 'preparedAt' | 'addressee' | 'mail'>) =>
  `${preparedAt.slice(0, 10)}-${addressee}-${mail}.eml`;
