import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '#event-store';
import { SqliteEventStore } from '#event-store';
import type { ReportingEvent } from '#reporting';

/** A log in a temporary folder of its own, which is told events as commands would record them, a second apart. */
export class RecordInFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'para71-'));
  readonly logFile = join(this.folder, 'events.sqlite');
  store = SqliteEventStore.open(this.logFile);
  private readonly revisions = new Map<string, number>();
  private clock = Date.UTC(2026, 0, 15, 9);

  /** Position of the last event. `type` need not be one that the rules know. */
  async tell(stream: string, ...events: readonly (ReportingEvent | { type: string; data: object })[]): Promise<string> {
    const stored = events.map(({ type, data }) => {
      const recordedAt = new Date((this.clock += 1_000)).toISOString();
      return { id: randomUUID(), type, data: data as JsonObject, metadata: { actor: 'example-editor', recordedAt } };
    });
    const { revision, position } = await this.store.append(stream, this.revisions.get(stream) ?? 'no-stream', stored);
    this.revisions.set(stream, revision);
    return position;
  }

  /** For what is to be recorded at the same time as the last event, or long after. */
  setClock(recordedAt: string): void {
    this.clock = Date.parse(recordedAt) - 1_000;
  }

  async reopen(): Promise<void> {
    await this.store.close();
    this.store = SqliteEventStore.open(this.logFile);
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true });
  }
}
