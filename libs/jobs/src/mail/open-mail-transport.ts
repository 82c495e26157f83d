import { folderIn, FolderTransport } from './folder-transport.js';
import type { MailTransport } from './mail-transport.js';
import { SmtpTransport } from './smtp-transport.js';

/** The way out that a URL names: `smtp://`, `smtps://` or `folder:<path>`. */
export function openMailTransport(url: string): MailTransport {
  if (/^smtps?:\/\/./.test(url)) return new SmtpTransport(url);
  const folder = folderIn(url);
  if (folder !== undefined) return new FolderTransport(folder);
  // The URL itself may hold a password.
  throw new Error(
    'There is no way for mail to leave by such a URL: give smtp://<host>:587, smtps://<host>:465 or folder:<path>.',
  );
}
