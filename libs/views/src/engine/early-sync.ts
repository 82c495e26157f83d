import { open } from 'node:fs/promises';

/**
 * Has the disk write what stands in a file already, while more comes: left to the end, all of it is waited for at once,
 * half a second for a million events. Only for a file that nobody else has open, as closing it here drops the locks that
 * this process holds on it.
 */
export class EarlySync {
  private running: Promise<void> | undefined;
  private failure: Error | undefined;

  constructor(private readonly path: string) {}

  /** Begins, unless it is at it. */
  begin(): void {
    this.running ??= this.sync()
      .catch((error: Error) => void (this.failure ??= error))
      .finally(() => (this.running = undefined));
  }

  /** Resolves when it is no longer at it; rejects if anything could not be written. */
  async end(): Promise<void> {
    await this.running;
    if (this.failure) throw this.failure;
  }

  private async sync(): Promise<void> {
    const file = await open(this.path);
    try {
      await file.datasync();
    } finally {
      await file.close();
    }
  }
}
