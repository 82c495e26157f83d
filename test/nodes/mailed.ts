import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Longer than the half minute in which mails are looked for. */
const PATIENCE_MS = 50_000;

export async function eventually(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; !(await holds()); await delay(50))
    if (Date.now() > until) throw new Error('It did not come to be in time');
}

/** The link of the invitation that was written into a folder. */
export async function linkMailedTo(folder: string, address: string): Promise<string> {
  let link: string | undefined;
  await eventually(() => {
    link = mailsTo(folder, address)[0]?.match(/http\S+\/join\/[\w.-]+/)?.[0];
    return link !== undefined;
  });
  return link!;
}

/** All that was written into a folder to somebody, or about them. */
export function mailsTo(folder: string, address: string): string[] {
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'))
    : [];
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('=\r\n', ''));
  return texts.filter((text) => text.includes(address));
}
