import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { appendingTo } from '../measuring/callers.js';
import { answering } from '../measuring/side.js';

/**
 * What the disk and Node allow: the JSON lines of all who wait, in one write and one sync. No streams, no revisions, no
 * way to find an event again.
 */
const [file = ''] = process.argv.slice(2);
const descriptor = openSync(file, 'a');
let waiting: { readonly line: string; readonly resolve: () => void }[] = [];

function flush(): void {
  const group = waiting;
  waiting = [];
  writeSync(descriptor, `${group.map(({ line }) => line).join('\n')}\n`);
  fdatasyncSync(descriptor);
  for (const { resolve } of group) resolve();
}

const append = (line: string) =>
  new Promise<void>((resolve) => {
    if (waiting.push({ line, resolve }) === 1) setImmediate(flush);
  });

answering({ append: appendingTo((_, _revision, event) => append(JSON.stringify(event))) });
