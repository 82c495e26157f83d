import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { ATTACHMENT_LIMITS, FolderAttachmentStore } from '../../libs/documents/src/index.js';

/**
 * Uploads texts to the folder until it is killed, six at a time, and says on stdout what was kept: `ack <sha256> <bytes>`.
 * Of two uploads of the same text one is late. With `measure` it uploads one of the largest size, and says by how many
 * bytes its memory has grown: `grown <bytes>`.
 */
const [folder = '', measure] = process.argv.slice(2);

const DECLARED = { name: 'a.txt', type: 'text/plain' };
const store = await FolderAttachmentStore.open(folder);
process.stdout.write('ready\n');
if (measure) await grow();
else for (let sender = 0; sender < 6; sender++) void send();

async function send(): Promise<never> {
  for (;;) {
    const parts = Array.from({ length: 1 + Math.floor(Math.random() * 20) }, () => randomBytes(32_768).toString('hex'));
    const kept = await Promise.all(
      [0, 1].map(() => store.put(Readable.from(parts.map((part) => Buffer.from(part))), DECLARED)),
    );
    for (const { sha256, bytes } of kept) process.stdout.write(`ack ${sha256} ${bytes}\n`);
  }
}

async function grow(): Promise<void> {
  const part = Buffer.alloc(65_536, 'An example. ');
  let most = 0;
  // Looked at with every part: the peak that the system keeps is that of the process that started this one as well.
  const content = function* (bytes: number) {
    for (let sent = 0; sent < bytes; sent += part.length) {
      most = Math.max(most, process.memoryUsage.rss());
      yield part;
    }
  };
  const upload = (bytes: number) => store.put(Readable.from(content(bytes), { objectMode: false }), DECLARED);
  // Whatever is loaded at the first use is not what is measured.
  await upload(part.length);
  const before = process.memoryUsage.rss();
  most = 0;
  await upload(ATTACHMENT_LIMITS.bytes);
  process.stdout.write(`grown ${Math.max(most, process.memoryUsage.rss()) - before}\n`);
}
