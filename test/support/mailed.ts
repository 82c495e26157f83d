import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.js';

/** The link of the invitation that was written into a folder. */
export async function linkMailedTo(folder: string, address: string): Promise<string> {
  let link: string | undefined;
  await eventually(() => {
    link = mailsTo(folder, address).flatMap((mail) => /http\S+\/join\/[\w.-]+/.exec(mail)?.[0] ?? [])[0];
    return link !== undefined;
  }, `A mail to ${address}`);
  return link!;
}

/** All that was written into a folder to somebody, or about them. */
export function mailsTo(folder: string, address: string): string[] {
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'))
    : [];
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('=\r\n', ''));
  return texts.filter((text) => isNamedIn(text, address));
}

/** Not where it only ends the address of somebody else. */
const isNamedIn = (text: string, address: string) =>
  text
    .split(address)
    .slice(0, -1)
    .some((before) => !/[\w.+-]$/.test(before));
