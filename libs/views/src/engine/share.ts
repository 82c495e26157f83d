import { parentPort, workerData } from 'node:worker_threads';
import { type LogAddress, openLogReader } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';
import { ALL_VIEWS } from '../all-views.js';
import { BUILD_CAPACITY } from './build.js';
import { Folding } from './folding.js';
import { ViewFile } from './view-file.js';

/** What a thread of a build is to do. */
export interface ShareOfBuild {
  readonly log: LogAddress;
  /** Position of the last event. */
  readonly upTo: string;
  /** The file that it writes. */
  readonly path: string;
  readonly share: number;
  readonly shares: number;
}

/** What it is then sent, if the others' files are to be parts of its own. */
export interface Gather {
  readonly paths: readonly string[];
  readonly fingerprint: string;
}

export type Step = 'folded' | 'gathered';

/** What it tells: how many events it has passed, and which step it has done. */
export type Told = { readonly passed: number } | Step;

/** Runs in a thread of its own: folds one share of the streams into a file. */
async function fold(task: ShareOfBuild, tell: (told: Told) => void): Promise<ViewFile> {
  const { upTo, path, share, shares } = task;
  const names = ALL_VIEWS.map(({ name }) => name);
  const file = new ViewFile(path, 'building', names, share);
  const folding = new Folding(file, ALL_VIEWS, BUILD_CAPACITY / shares);
  const log = await openLogReader(task.log);
  let pages = 0;
  for await (const page of log.pages({ upTo, categories: PUBLIC_CATEGORIES, share, shares })) {
    for (const event of page) {
      if (typeof event === 'string') folding.skip(event);
      else folding.fold(event);
    }
    folding.flush({ keepOpen: true });
    if (++pages % 100 === 0) tell({ passed: folding.head.sequence + 1 });
  }
  await log.close();
  folding.finish();
  return file;
}

if (parentPort) {
  const port = parentPort;
  const tell = (told: Told) => port.postMessage(told);
  const task = workerData as ShareOfBuild;
  const file = await fold(task, tell);
  if (task.share > 0) {
    file.leave();
    tell('folded');
  } else {
    file.complete();
    port.once('message', ({ paths, fingerprint }: Gather) => {
      file.finishWithParts(fingerprint, paths);
      tell('gathered');
    });
    tell('folded');
  }
}
