import { askedSetUpSecret, keysIn } from '#identity';
import { readConfiguration } from '#operation';
import { Failed } from '../faults.js';
import type { Talk } from '../io.js';

/** Prints a link by which an administrator comes in, whoever administers already. */
export async function setUpLink(_: object, talk: Talk): Promise<void> {
  const { dataDir, people, publicUrl } = readConfiguration(talk.io.env);
  if (people === 'off') throw new Failed('Nobody signs in, as PEOPLE is off: leave it out, and start the server');
  const secret = await askedSetUpSecret(dataDir);
  if (secret === undefined)
    throw new Failed(
      `There are no keys of persons in ${keysIn(dataDir)}: set DATA_DIR to the folder of the server, or start it, and it prints a link`,
    );
  const link = `${publicUrl}/set-up/${secret}`;
  talk.result({ link }, `Good for a day and one time, to make an administrator:\n  ${link}`);
}
