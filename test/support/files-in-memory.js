import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { constants } from 'node:os';

const MEMORY = '/dev/shm';
/** Many times what a run leaves there at once: where a container has 64 MB, the disk does. */
const ROOM = 4 * 2 ** 30;

function hasRoom(memory, room) {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= room;
}

/**
 * Tests kill processes and pull no plugs: what they write outlives a process in memory, too, and nobody waits there for a
 * disk to sync. Who names another folder by TMPDIR has it. What is left is removed at the end, and where somebody ends the
 * run before: it would take memory until the machine is started again.
 */
export function keepFilesInMemory({ memory = MEMORY, room = ROOM } = {}) {
  if (process.env.TMPDIR !== undefined || !hasRoom(memory, room)) return;
  const folder = mkdtempSync(`${memory}/para71-tests-`);
  // As the usual folder: what is given to another user in it can be reached by them.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  // A signal alone would end it without that.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
