import { afterAll, beforeAll, expect } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FolderAttachmentStore, KINDS } from '#documents';

const endingOf = (name: string) => name.slice(name.lastIndexOf('.') + 1);

/** The type that a browser sends for a file of that name. */
export const typeFor = (name: string) =>
  KINDS.find(({ endings }) => endings.includes(endingOf(name)))?.type ?? 'text/plain';

export const refused = (code: string, message: RegExp = /./) =>
  expect.objectContaining({ name: 'AttachmentRefused', code, message: expect.stringMatching(message) as unknown });

/** A store for a whole file of tests, into which documents are put as they are uploaded. */
export class InspectedDocuments {
  store!: FolderAttachmentStore;

  static forThisFile(): InspectedDocuments {
    const on = new InspectedDocuments();
    let folder: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'para71-documents-'));
      on.store = await FolderAttachmentStore.open(folder);
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    return on;
  }

  readonly put = (name: string, content: Buffer | string, type = typeFor(name)) =>
    this.store.put(Readable.from([Buffer.from(content)]), { name, type });
}
