import { createHmac } from 'node:crypto';
import type { Subject } from '../credential/credential.js';
import { refuse } from '../identity-refusal.js';

const ADDRESS = /^[^\s@<>"(),:;\\[\]]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;
const LONGEST = 254;

/** As it is written to and looked up: without spaces around it, in NFKC and lower case. Refuses what is none. */
export function addressOf(text: string): string {
  const address = text.normalize('NFKC').trim().toLowerCase();
  if (address.length > LONGEST || !ADDRESS.test(address) || /\p{C}/u.test(address)) refuse('mail-address-malformed');
  return address;
}

/** What an address is found by, where it may not stand itself: nobody without the installation's key can test a guess. */
export const addressKey = (server: Buffer, address: string): string =>
  createHmac('sha256', server).update(`address/${address}`).digest('base64url');

/** The same of an account at a provider. */
export const subjectKey = (server: Buffer, { issuer, subject }: Subject): string =>
  createHmac('sha256', server)
    .update(`subject/${JSON.stringify([issuer, subject])}`)
    .digest('base64url');
