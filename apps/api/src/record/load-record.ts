import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOfStep, type RecordedCommand } from '#commands';
import { sendingSteps } from '#jobs';
import {
  importRecord,
  type ImportProgress,
  type ImportStep,
  type ImportSummary,
  recordAsSteps,
  vocabulary,
} from '#reference-data';
import type { Views } from '#views';
import type { Configuration } from '#operation';

export type RecordProgress = { readonly phase: 'loading' } & ImportProgress;

interface Loading {
  readonly configuration: Configuration;
  /** On which the record is given. */
  readonly bus: { execute<Result>(command: RecordedCommand): Promise<Result> };
  readonly views: Views;
  readonly onProgress?: (progress: RecordProgress) => void;
}

/**
 * Sends the public record through the command bus, once for each edition of it. A file beside the log says that an
 * edition is loaded; without that file it is sent again, and every command that is already on the log adds nothing.
 */
export async function loadRecord({
  configuration,
  bus,
  views,
  onProgress,
}: Loading): Promise<ImportSummary | undefined> {
  const { record } = configuration;
  if (record === 'none') return undefined;
  const progress = onProgress && { onProgress: (told: ImportProgress) => onProgress({ phase: 'loading', ...told }) };
  if (record === 'dry-run') {
    const dryRun = async (step: ImportStep) => void commandOfStep(step);
    return importRecord(recordAsSteps(), sendingSteps({ bus, views }), { dryRun, ...progress });
  }
  const folder = join(configuration.dataDir, 'loaded');
  const mark = join(folder, vocabulary.version.replaceAll('/', '-'));
  // The folder may have been given another log since.
  if (existsSync(mark) && views.head.sequence >= 0) return undefined;
  const summary = await importRecord(recordAsSteps(), sendingSteps({ bus, views }), {
    // One after the other: the same edition gets the same sequences wherever it is loaded.
    concurrency: 1,
    ...progress,
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(mark, `${JSON.stringify(summary, undefined, 2)}\n`);
  return summary;
}
