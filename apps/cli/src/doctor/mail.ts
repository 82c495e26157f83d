import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { Contacts } from '#jobs';
import type { Configuration } from '#operation';
import { fault, type Finding, ok, warning, wordsOf } from './finding.js';

const FOLDER = 'folder:';
const PATIENCE_MS = 2_000;

export async function examineMail({ url, contacts }: Configuration['mail']): Promise<Finding[]> {
  return [await way(url), await addresses(contacts)];
}

/** A folder, or a server that takes a connection: whether it takes the mail is seen when the first one goes. */
async function way(url: string): Promise<Finding> {
  if (url.startsWith(FOLDER)) {
    return ok('mail', `Mails are put into ${url.slice(FOLDER.length)} and reach nobody: MAIL_URL names no server`);
  }
  const { hostname, port, protocol } = new URL(url);
  const usual = protocol === 'smtps:' ? 465 : 587;
  const server = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || usual) };
  try {
    await reach(server);
    return ok('mail', `${server.host}:${server.port} takes connections`);
  } catch (error) {
    const what = `${server.host}:${server.port} cannot be reached (${wordsOf(error)})`;
    return fault('mail', what, 'Check MAIL_URL, and whether this machine may connect there: until then mails wait');
  }
}

function reach(server: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...server, timeout: PATIENCE_MS });
    const end = (settle: () => void) => {
      socket.destroy();
      settle();
    };
    socket
      .once('connect', () => end(resolve))
      .once('timeout', () => end(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`))))
      .once('error', (error) => end(() => reject(error)));
  });
}

async function addresses(file: string): Promise<Finding> {
  if (!existsSync(file)) {
    return warning('mail', `There is no ${file}: no organization has an address`, 'Write one, or set MAIL_CONTACTS');
  }
  try {
    // Whoever is asked for, the whole file is looked at.
    await new Contacts(file).addressesOf('example-registry');
    return ok('mail', `Addresses are in ${file}`);
  } catch (error) {
    return fault('mail', wordsOf(error), 'Correct it: until then no mail goes to any organization');
  }
}
