import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandBus } from '@nestjs/cqrs';
import { v5 as uuidv5 } from 'uuid';
import { commandOf, COMMANDS, faultsOf, type Given, type Recorded, type RecordedCommand } from '#commands';
import {
  importRecord,
  type ImportProgress,
  type ImportStep,
  type ImportSummary,
  recordAsSteps,
  StepRefused,
  vocabulary,
} from '#reference-data';
import type { Views } from '#views';
import type { Configuration } from '../configuration.js';

export type RecordProgress = { readonly phase: 'loading' } & ImportProgress;

interface Loading {
  readonly configuration: Configuration;
  readonly bus: CommandBus;
  readonly views: Views;
  readonly onProgress?: (progress: RecordProgress) => void;
}

/** Namespace of the ids of imported commands. Never to be changed: it is what makes a second import find the first. */
const IMPORT_COMMANDS = '2c5d8c57-0f0e-4f5a-8f43-1f7c2f0b9d11';
/** Who the log says recorded it. The same in every import, or a repeated command would be somebody else's. */
const IMPORTER = 'record-import';
const PATIENCE_MS = 30_000;

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
    const dryRun = async (step: ImportStep) => void commandFrom(step);
    return importRecord(recordAsSteps(), senderTo(bus, views), { dryRun, ...progress });
  }
  const folder = join(configuration.dataDir, 'loaded');
  const mark = join(folder, vocabulary.version.replaceAll('/', '-'));
  if (existsSync(mark)) return undefined;
  const summary = await importRecord(recordAsSteps(), senderTo(bus, views), {
    // One after the other: the same edition gets the same sequences wherever it is loaded.
    concurrency: 1,
    ...progress,
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(mark, `${JSON.stringify(summary, undefined, 2)}\n`);
  return summary;
}

/** What is at or before the present head was there before the import began. */
function senderTo(bus: CommandBus, views: Views) {
  const before = views.head.sequence;
  return async (step: ImportStep) => {
    const { position } = await bus.execute<RecordedCommand, Recorded>(commandFrom(step));
    const sequence = await views.passedPosition(position, PATIENCE_MS);
    return { outcome: sequence > before ? ('recorded' as const) : ('repeated' as const) };
  };
}

/** Throws `StepRefused` with the first field that the command does not take. */
export function commandFrom(step: ImportStep): RecordedCommand {
  const of = COMMANDS[step.command] as new () => RecordedCommand;
  const [fault] = faultsOf(of, step.fields);
  if (fault) throw new StepRefused('command-invalid', fault.message, fault.field);
  const commandId = uuidv5(step.key, IMPORT_COMMANDS);
  const given: Given = { commandId, actor: IMPORTER, role: 'secretariat', correlationId: step.recordedFor };
  return commandOf(of, step.fields as never, given);
}
