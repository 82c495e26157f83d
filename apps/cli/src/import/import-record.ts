import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { CommandsModule, commandOfStep, type Recorded, RecordingClock } from '#commands';
import type { EventStore } from '#event-store';
import { ADMITTED_ALONE, errandsOn } from '#identity';
import { importRecord, type ImportStep, recordAsSteps, type RefusedStep, vocabulary } from '#reference-data';
import { Failed } from '../faults.js';
import { counted, type Talk } from '../io.js';

/** Gives every command of the public record; those that were given before add nothing. */
export async function importPublicRecord(store: EventStore, dryRun: boolean, talk: Talk): Promise<void> {
  const clock = new RecordingClock();
  clock.notBefore(await latestIn(store, talk));
  const commands = CommandsModule.register({ store, vocabulary, clock, admitted: ADMITTED_ALONE });
  const app = await NestFactory.createApplicationContext(commands, {
    logger: ['error', 'fatal'],
    abortOnError: false,
  });
  try {
    const bus = errandsOn(app.get(CommandBus))('import');
    const send = async (step: ImportStep) => {
      const before = await revisionOf(store, step.stream);
      const { revision } = await bus.execute<Recorded>(commandOfStep(step));
      return { outcome: revision > before ? ('recorded' as const) : ('repeated' as const) };
    };
    const summary = await importRecord(recordAsSteps(), send, {
      // One after the other: the same edition gets the same sequences wherever it is imported.
      concurrency: 1,
      signal: talk.io.signal,
      onProgress: ({ done, total, refused }) =>
        talk.progress(() => `  ${done} of ${counted(total, 'command')}, ${refused} refused`),
    });
    const { total, done, recorded, repeated, refused } = summary;
    const counts = dryRun
      ? `Dry run: ${counted(recorded, 'command')} of ${total} would be recorded in an empty log, ${refused.length} refused`
      : `${counted(recorded, 'command')} recorded, ${repeated} were there already, ${refused.length} refused`;
    talk.result(
      { edition: vocabulary.version, dryRun, total, done, recorded, repeated, refused },
      [`Edition ${vocabulary.version} of the record: ${counts}`, ...refused.map(inLine)].join('\n'),
    );
    talk.io.signal.throwIfAborted();
    if (refused.length > 0) {
      throw new Failed(`${counted(refused.length, 'row')} refused. Mend them in the data folder, then run this again`);
    }
  } finally {
    await app.close();
  }
}

const inLine = ({ file, id, field, reason }: RefusedStep) =>
  `  refused: ${file} ${id}${field === undefined ? '' : ` ${field}`}: ${reason}`;

async function revisionOf(store: EventStore, stream: string): Promise<number> {
  for await (const { revision } of store.readIfAny(stream, { direction: 'backwards', limit: 1 })) return revision;
  return -1;
}

/** When the log was last written to, so that nothing is recorded as if it had been before. */
async function latestIn(store: EventStore, talk: Talk): Promise<string> {
  let latest = '';
  let events = 0;
  for await (const page of store.readPages()) {
    talk.io.signal.throwIfAborted();
    events += page.length;
    talk.progress(() => `  ${counted(events, 'event')} of the log looked at`);
    for (const { metadata } of page) if ((metadata['recordedAt'] ?? '') > latest) latest = metadata['recordedAt']!;
  }
  return latest;
}
