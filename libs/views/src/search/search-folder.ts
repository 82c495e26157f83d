import { hash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { View } from '../view.js';
import { fingerprintOf } from '../view-files.js';
import { ENTRIES_VERSION } from './entries.js';
import { SearchFile } from './search-file.js';

const FILE_NAME = /^search-([0-9a-f]{16})-(\d+)\.sqlite$/;

/**
 * `search-<fingerprint>-<generation>.sqlite`, beside the files of the views and under their lock. The fingerprint is that
 * of the views and of what is made of them. All of it can be deleted.
 */
export class SearchFolder {
  private readonly fingerprint: string;

  constructor(
    private readonly path: string,
    views: readonly View[],
  ) {
    this.fingerprint = hash('sha256', `${fingerprintOf(views)}/${ENTRIES_VERSION}`).slice(0, 16);
  }

  /** The newest file that was finished; nothing is left of the others. */
  open(): SearchFile | undefined {
    const files = this.files().sort((a, b) => b.generation - a.generation);
    let current: SearchFile | undefined;
    for (const { path, fingerprint } of files) {
      if (!current && fingerprint === this.fingerprint) current = openFinished(path);
      if (current?.path !== path) SearchFile.remove(path);
    }
    return current;
  }

  nextPath(): string {
    const generation = 1 + Math.max(0, ...this.files().map((each) => each.generation));
    return join(this.path, `search-${this.fingerprint}-${generation}.sqlite`);
  }

  private files(): { path: string; fingerprint: string; generation: number }[] {
    return readdirSync(this.path).flatMap((name) => {
      const [, fingerprint, generation] = FILE_NAME.exec(name) ?? [];
      if (fingerprint === undefined) return [];
      return [{ path: join(this.path, name), fingerprint, generation: Number(generation) }];
    });
  }
}

function openFinished(path: string): SearchFile | undefined {
  let file: SearchFile | undefined;
  try {
    file = new SearchFile(path, 'serving');
    if (file.checkpoint) return file;
  } catch {
    // Damaged, or cut off while it was built: it is built again.
  }
  file?.close();
  return undefined;
}
