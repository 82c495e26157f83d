import { copyLog, type CopyProgress, type EventStore, nameSameLog } from '#event-store';
import { readConfiguration } from '#operation';
import { UnknownEvent } from '#reporting';
import { Failed, Interrupted, UsageFault } from '../faults.js';
import { counted, type Talk, withoutPassword } from '../io.js';
import { openExistingLog, openLog, urlGiven } from '../open-log.js';
import type { Told } from './told-by.js';

export interface MigrateOptions {
  readonly from?: string;
  readonly fromFile?: string;
  readonly to?: string;
  readonly toFile?: string;
  /** Whether the views of both are built and compared, too. */
  readonly views: boolean;
}

const STOP_IT = 'Stop it first (Ctrl-C where it runs, or SIGTERM to that process), and run this again';

const WORDS: Readonly<Record<CopyProgress['phase'], string>> = {
  comparing: 'compared with what is there already',
  copying: 'copied',
  verifying: 'read back',
};

/** Copies the log of `from` into `to`, or goes on where an earlier copy was cut off, and holds both against each other. */
export async function migrate(options: MigrateOptions, talk: Talk): Promise<void> {
  const { env, signal } = talk.io;
  const to = urlGiven(options.to, options.toFile);
  if (to === undefined) throw new UsageFault('Say where to: --to <url>, or --to-file with a file that holds it');
  const from = urlGiven(options.from, options.fromFile) ?? readConfiguration(env).eventStoreUrl;
  if (nameSameLog(from, to)) {
    throw new UsageFault(`${withoutPassword(to)} is where the log is already: name another store with --to`);
  }
  const source = await openExistingLog(from, STOP_IT);
  try {
    const target = await openLog(to, STOP_IT);
    try {
      talk.say(`From ${withoutPassword(from)} to ${withoutPassword(to)}`);
      const copied = await copyLog(source, target, {
        signal,
        onProgress: ({ phase, events }) => talk.progress(() => `  ${counted(events, 'event')} ${WORDS[phase]}`),
      });
      const { events, streams, alreadyThere, sha256 } = copied;
      const views = options.views && !copied.grown ? await viewsOf(source, target, talk) : undefined;
      const grown = copied.grown || views === 'grown';
      const told = views === 'grown' ? undefined : views;
      const lines = [
        `${counted(events, 'event')} of ${counted(streams, 'stream')}, ${counted(alreadyThere, 'of them was', 'of them were')} there already`,
        `Both logs have the SHA-256 ${sha256}`,
        told
          ? `The views of both number ${counted(told.sequences, 'event')} and have the digest ${told.digest}`
          : 'Their views were not compared',
      ];
      const urls = { from: withoutPassword(from), to: withoutPassword(to) };
      talk.result({ ...urls, ...copied, ...told, grown }, lines.join('\n'));
      if (grown) {
        throw new Failed(
          `Somebody has written to ${withoutPassword(from)} meanwhile: end all its servers, then run this again for the rest`,
        );
      }
    } catch (error) {
      if (error instanceof Interrupted)
        talk.say('What was copied stays: run the same again, and it goes on from there.');
      throw error;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Builds the views of both logs in a folder of their own, and answers what both tell; or that there is more in the source. */
async function viewsOf(source: EventStore, target: EventStore, talk: Talk): Promise<Told | 'grown'> {
  const { toldBy } = await import('./told-by.js');
  const ours = await toldBy(source, talk).catch((error: unknown) => {
    if (!(error instanceof UnknownEvent)) throw error;
    throw new Failed(
      `Both logs are the same, but no views can be built of either to compare them. ${error.message} ` +
        'With --no-views they are left out',
      { cause: error },
    );
  });
  const theirs = await toldBy(target, talk);
  if (ours.sequences > theirs.sequences) return 'grown';
  if (ours.digest !== theirs.digest) {
    throw new Failed(
      `The views of the source have the digest ${ours.digest}, those of the copy ${theirs.digest}, although the logs are ` +
        'the same. Do not use the copy, and report this',
    );
  }
  return ours;
}
