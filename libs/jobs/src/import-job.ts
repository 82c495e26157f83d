import { commandOfStep, type Recorded, type RecordedCommand } from '#commands';
import type { JsonObject } from '#event-store';
import { importRecord, type ImportStep, type ImportSummary, recordAsSteps, vocabulary } from '#reference-data';
import type { Views } from '#views';
import type { Job } from './queue/job-queue.js';

export interface ImportJobOptions {
  /** Where commands go. */
  readonly bus: { execute<Result>(command: RecordedCommand): Promise<Result> };
  /** Of the process that runs it. */
  readonly views: Pick<Views, 'head' | 'passedPosition'>;
}

export const IMPORT_JOB = 'import';

/** There is no file to keep: the record is part of the program. */
export type ImportOrder = {
  /** Of the record that whoever orders it has. */
  readonly edition: string;
  /** Last sequence before it was ordered: interrupted, it still counts all that it has recorded. */
  readonly after: number;
};

export const importOrder = (views: Pick<Views, 'head'>): ImportOrder => ({
  edition: vocabulary.version,
  after: views.head.sequence,
});

const PATIENCE_MS = 30_000;
/** A broken edition refuses many rows for one reason. The rest of them is counted. */
const REFUSED_TOLD = 50;

/** Gives every command of the public record; those that were given before add nothing. */
export function importJob({ bus, views }: ImportJobOptions): Job {
  return {
    name: IMPORT_JOB,
    attempts: 5,
    backOffMs: 5_000,
    run: async (payload, { progress, signal }) => {
      const { after } = payload as ImportOrder;
      const summary = await importRecord(recordAsSteps(), sendingSteps({ bus, views }, after), {
        // One after the other: the same edition gets the same sequences wherever it is loaded.
        concurrency: 1,
        signal,
        onProgress: ({ done, total, file }) => void progress({ done, of: total, what: file }),
      });
      // What was recorded stays, and is found again by whoever goes on with it.
      if (summary.stopped) throw new Error(`It was stopped after ${summary.done} of ${summary.total} commands`);
      return resultOf(summary);
    },
  };
}

/** What is at or before `before`, by default the present head, was there before the import began. */
export function sendingSteps({ bus, views }: ImportJobOptions, before = views.head.sequence) {
  return async (step: ImportStep) => {
    const { position } = await bus.execute<Recorded>(commandOfStep(step));
    const sequence = await views.passedPosition(position, PATIENCE_MS);
    return { outcome: sequence > before ? ('recorded' as const) : ('repeated' as const) };
  };
}

function resultOf({ total, recorded, repeated, refused }: ImportSummary): JsonObject {
  const told = refused
    .slice(0, REFUSED_TOLD)
    .map(({ file, id, field, reason }) => ({ file, id, ...(field !== undefined && { field }), reason }));
  return { edition: vocabulary.version, total, recorded, repeated, refused: refused.length, refusals: told };
}
