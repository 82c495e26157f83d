import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FolderAttachmentStore } from '#documents';
import { counted, type Talk } from '../io.js';
import { fault, type Finding, ok } from './finding.js';

const MOST_NAMED = 10;

/** Reads every file that is kept, and compares it with the hash under which it is kept. */
export async function examineAttachments(dataDir: string, talk: Talk): Promise<Finding[]> {
  const folder = join(dataDir, 'attachments');
  if (!existsSync(folder)) return [ok('attachments', `There are no attachments in ${folder} yet`)];
  const store = await FolderAttachmentStore.open(folder);
  const damaged: string[] = [];
  let read = 0;
  const onRead = () => {
    talk.io.signal.throwIfAborted();
    read++;
    talk.progress(() => `  ${counted(read, 'attachment')} read`);
  };
  for await (const { sha256, what } of store.verifyAll(onRead)) {
    damaged.push(`${sha256} ${what === 'content' ? 'is not what was put there' : 'cannot be read'}`);
  }
  if (!damaged.length) return [ok('attachments', `${counted(read, 'attachment')} read, each as it was put there`)];
  const named = damaged.slice(0, MOST_NAMED).join('; ');
  const others = damaged.length > MOST_NAMED ? ` and ${damaged.length - MOST_NAMED} others` : '';
  return [
    fault(
      'attachments',
      `${damaged.length} of ${counted(read, 'attachment')} damaged in ${folder}: ${named}${others}`,
      'Bring them back from a backup, or have the same files uploaded again: until then they are not given to anybody',
    ),
  ];
}
