import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AttachmentStore } from '#documents';

export interface Letter {
  readonly name: string;
  readonly text: string;
}

const letter = (name: string, said: string): Letter => ({
  name,
  text: `Example Union
To the Example Secretariat

${said}

This letter belongs to a demonstration. Neither the union nor the secretariat exists.
`,
});

/** Letters by which an organization of the demonstration answers. */
export const LETTERS = {
  ofThisYear: letter(
    'letter-of-the-example-union.txt',
    'As a courtesy, and without our members having asked for it: we took part in the agreement on the register of names.',
  ),
  ofLastYear: letter('undated-letter.txt', 'We have received your letter, and have nothing to add to it.'),
} as const;

/** The letter as the record names it. */
export const documentOf = ({ name, text }: Letter) => ({
  title: 'Letter of the Example Union',
  sha256: hash('sha256', text),
  name,
});

/** Puts their bytes where files are kept. A second time they are there already. */
export async function attachLetters(attachments: AttachmentStore): Promise<void> {
  for (const { name, text } of Object.values(LETTERS))
    await attachments.put(Readable.from([Buffer.from(text)]), { name, type: 'text/plain' });
}
