import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { wholeOf } from './parts.js';
import { ViewFile } from './view-file.js';

const FILE_NAME = /^views-([0-9a-f]{16})-(\d+)\.sqlite$/;

/** `views-<fingerprint>-<generation>.sqlite`, one file for each set of views and versions. All of it can be deleted. */
export class ViewFolder {
  constructor(
    private readonly path: string,
    private readonly fingerprint: string,
  ) {
    mkdirSync(path, { recursive: true });
  }

  /** The newest file of these views or, if there is none, of others. Deletes the rest. */
  open(): ViewFile | undefined {
    this.removeLostParts();
    const files = this.files()
      .sort((a, b) => b.generation - a.generation)
      .flatMap(({ path, fingerprint }) => openFinished(path, fingerprint) ?? []);
    const current = files.find((file) => file.fingerprint === this.fingerprint) ?? files[0];
    for (const file of files) if (file !== current) file.delete();
    return current;
  }

  /** Of builds that were cut off. */
  private removeLostParts(): void {
    const names = new Set(readdirSync(this.path));
    for (const name of names) {
      const whole = wholeOf(name);
      if (whole !== undefined && !names.has(whole)) rmSync(join(this.path, name));
    }
  }

  nextPath(): string {
    const generation = 1 + Math.max(0, ...this.files().map((each) => each.generation));
    return join(this.path, `views-${this.fingerprint}-${generation}.sqlite`);
  }

  private files(): { path: string; fingerprint: string; generation: number }[] {
    return readdirSync(this.path).flatMap((name) => {
      const [, fingerprint, generation] = FILE_NAME.exec(name) ?? [];
      return fingerprint ? [{ path: join(this.path, name), fingerprint, generation: Number(generation) }] : [];
    });
  }
}

/** A file that does not say that it was finished is a build that was cut off. */
function openFinished(path: string, fingerprint: string): ViewFile | undefined {
  let file: ViewFile;
  try {
    file = new ViewFile(path, 'serving');
  } catch {
    // A damaged view file is worth no repair: the log gives it back.
    ViewFile.remove(path);
    return undefined;
  }
  if (file.fingerprint === fingerprint) return file;
  file.delete();
  return undefined;
}
