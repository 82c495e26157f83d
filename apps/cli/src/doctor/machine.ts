import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { refuseUnsafeSqlite } from '#event-store';
import { type Examined, fault, type Finding, ok, warning, wordsOf } from './finding.js';

const NODE_MAJOR = 24;
const GIB = 1024 ** 3;
/** Less than this is soon full; with less than the other the write-ahead log alone may fill it. */
const LOW = { warning: GIB, fault: GIB / 16 };

/** When the product was written: a clock before that was never set. */
const WRITTEN = Date.UTC(2026, 0, 1);
const WATCH_MS = 200;
const JUMP_MS = 100;
const DAY_MS = 86_400_000;

export function examineNode(versions: { node: string; sqlite?: string | undefined } = process.versions): Finding[] {
  const { node, sqlite = 'unknown' } = versions;
  const isOld = !(Number.parseInt(node, 10) >= NODE_MAJOR);
  const found = [
    isOld
      ? fault('node', `Node is of version ${node}`, `Install Node ${NODE_MAJOR}, or use the one that npm ci brings`)
      : ok('node', `Node ${node}`),
  ];
  try {
    refuseUnsafeSqlite(sqlite);
    found.push(ok('node', `SQLite ${sqlite}`));
  } catch (error) {
    found.push(fault('node', wordsOf(error), `Install the newest Node ${NODE_MAJOR}`));
  }
  return found;
}

/** `latest`: when the log was last written to, if that is known. */
export async function examineClock(latest: string | undefined, now: () => number = Date.now): Promise<Finding[]> {
  const [wall, steady] = [now(), performance.now()];
  await delay(WATCH_MS);
  const jumped = Math.round(now() - wall - (performance.now() - steady));
  const setIt = 'Set the clock, and let it be kept (NTP)';
  if (wall < WRITTEN) return [fault('clock', `The clock says ${new Date(wall).toISOString()}`, setIt)];
  const found: Finding[] = [];
  if (Math.abs(jumped) > JUMP_MS) {
    found.push(
      warning('clock', `The clock moved by ${jumped} ms within ${WATCH_MS} ms`, 'Let it be slewed, not stepped'),
    );
  }
  const behind = latest ? Date.parse(latest) - wall : 0;
  if (behind > 1_000) {
    const what = `The clock is ${Math.round(behind / 1_000)} s behind the latest event, recorded at ${latest}: until it is past that, all that is recorded gets that time`;
    found.push(behind > DAY_MS ? fault('clock', what, setIt) : warning('clock', what, setIt));
  }
  if (found.length > 0) return found;
  const since = latest ? `, after the latest event (${latest})` : '';
  return [ok('clock', `${new Date(wall).toISOString()}${since}`)];
}

export async function examineDisk({ configuration: { dataDir } }: Pick<Examined, 'configuration'>): Promise<Finding[]> {
  const folder = await nearest(dataDir);
  const found: Finding[] = [];
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    found.push(ok('disk', folder === dataDir ? `${dataDir} can be written to` : `${dataDir} will be made`));
  } catch {
    found.push(
      fault(
        'disk',
        `${folder} cannot be written to`,
        `Give it to the user of this process: chown ${process.getuid?.() ?? '<user>'} ${folder}`,
      ),
    );
  }
  const { bavail, bsize } = await statfs(folder);
  found.push(spaceOf(bavail * bsize, dataDir));
  return found;
}

export function spaceOf(free: number, dataDir: string): Finding {
  const what = `${(free / GIB).toFixed(free < 10 * GIB ? 2 : 0)} GiB are free for ${dataDir}`;
  const mend = 'Make room, or move DATA_DIR to a larger disk: what cannot be written is refused';
  if (free < LOW.fault) return fault('disk', what, mend);
  return free < LOW.warning ? warning('disk', what, mend) : ok('disk', what);
}

/** The folder itself, or the one in which it would be made. */
async function nearest(folder: string): Promise<string> {
  try {
    await access(folder, constants.F_OK);
    return folder;
  } catch {
    const above = dirname(folder);
    return above === folder ? folder : nearest(above);
  }
}
