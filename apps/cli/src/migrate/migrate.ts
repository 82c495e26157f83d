import { copyLog, type CopyProgress, type EventStore } from '#event-store';
import { readConfiguration } from '#operation';
import { Failed, Interrupted, UsageFault } from '../faults.js';
import { counted, type Talk, withoutPassword } from '../io.js';
import { fileOf, openExistingLog, openLog, urlGiven } from '../open-log.js';

export interface MigrateOptions {
  readonly from?: string;
  readonly fromFile?: string;
  readonly to?: string;
  readonly toFile?: string;
  readonly verifyViews?: true;
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
  if (from === to || (fileOf(from) !== undefined && fileOf(from) === fileOf(to))) {
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
      const digest = options.verifyViews ? await sameViews(source, target, talk) : undefined;
      const { events, streams, alreadyThere, sha256, grown } = copied;
      const lines = [
        `${counted(events, 'event')} of ${counted(streams, 'stream')}, ${counted(alreadyThere, 'of them was', 'of them were')} there already`,
        `Both logs have the SHA-256 ${sha256}`,
        ...(digest === undefined ? [] : [`The views of both have the digest ${digest}`]),
      ];
      const urls = { from: withoutPassword(from), to: withoutPassword(to) };
      talk.result({ ...urls, ...copied, ...(digest !== undefined && { digest }) }, lines.join('\n'));
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

/** Builds the views of both logs in a folder of their own, and answers the digest that both have. */
async function sameViews(source: EventStore, target: EventStore, talk: Talk): Promise<string> {
  const { digestOf } = await import('./digest-of.js');
  const [ours, theirs] = [await digestOf(source, talk), await digestOf(target, talk)];
  if (ours !== theirs) {
    throw new Failed(
      `The views of the source have the digest ${ours}, those of the copy ${theirs}, although the logs are the same. ` +
        'Do not use the copy, and report this',
    );
  }
  return ours;
}
