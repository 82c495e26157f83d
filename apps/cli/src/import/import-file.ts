import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { BrokenLog, checkLog, importLog, StoreNotEmpty } from '#commands';
import type { EventStore } from '#event-store';
import { Failed } from '../faults.js';
import { counted, type Talk } from '../io.js';

/** Takes an export of `GET /api/events` over into an empty log; `-` is the standard input. */
export async function importFile(store: EventStore, file: string, dryRun: boolean, talk: Talk): Promise<void> {
  const name = file === '-' ? 'the standard input' : file;
  let taken = 0;
  try {
    // A file, unlike a pipe, can be read twice: one that is not whole is refused before any of it is in the log.
    if (file !== '-' && statSync(file).isFile()) await checkLog(linesOf(file, talk.io.signal));
    const { events, streams } = await importLog(store, linesOf(file, talk.io.signal), (imported) => {
      taken = imported.events;
      talk.progress(() => `  ${counted(taken, 'event')} taken over`);
    });
    const done = dryRun ? 'would be taken over' : 'taken over';
    talk.result(
      { file, dryRun, events, streams },
      `${counted(events, 'event')} of ${counted(streams, 'stream')} ${done} from ${name}`,
    );
  } catch (error) {
    if (error instanceof BrokenLog)
      throw new Failed(`${name}, line ${error.line}: ${error.reason}. ${left(dryRun ? 0 : taken)}`);
    if (error instanceof StoreNotEmpty) throw new Failed(`${error.message} Name another DATA_DIR or EVENT_STORE_URL.`);
    throw error;
  }
}

const left = (taken: number) =>
  taken === 0
    ? 'Nothing was taken over: export it again'
    : 'The lines before it are in the log now: export it again, and take it over into another, empty log';

async function* linesOf(file: string, signal: AbortSignal): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  const lines = createInterface({ input, crlfDelay: Infinity });
  // An error of the input does not reach who reads the lines.
  const failed = new Promise<never>((_, reject) => input.once('error', reject));
  failed.catch(() => undefined);
  const next = lines[Symbol.asyncIterator]();
  const stop = () => lines.close();
  signal.addEventListener('abort', stop);
  try {
    for (;;) {
      const line = await Promise.race([next.next(), failed]);
      signal.throwIfAborted();
      if (line.done) return;
      yield line.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
    input.destroy();
  }
}
