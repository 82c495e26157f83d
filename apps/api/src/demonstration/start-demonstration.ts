import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import { AttachmentStore } from '#documents';
import { openEventStore } from '#event-store';
import { Identity } from '#identity';
import type { Configuration } from '#operation';
import { type Product, type ProductOptions, startProduct } from '../product.js';
import { attachLetters } from './letters.js';
import { type LogIn, makeLogIns } from './log-ins.js';
import { play } from './play.js';
import { FIRST_DAY, Stage } from './stage.js';

/** Kept beside the log: a demonstration that was begun goes on with the dates that it was begun with. */
interface Played {
  readonly playedOn: string;
  readonly isComplete: boolean;
  /** Since nobody can be shown a password twice, nobody is made twice. */
  readonly hasLogIns?: boolean;
}

export interface Demonstration extends Product {
  readonly playedOn: string;
  /** Commands that this start added; 0 where it had been played before. */
  readonly added: number;
  /** Of the people whom this start let in; none where that was done before, or where nobody signs in. */
  readonly logIns: readonly LogIn[];
}

/** The log is somebody's record. What is invented does not belong into it. */
export class NotADemonstration extends Error {
  override readonly name = 'NotADemonstration';
  constructor(folder: string) {
    super(
      `The log of ${folder} was not begun as a demonstration, and nothing invented is added to it: ` +
        'give DATA_DIR (and EVENT_STORE_URL, where it is set) a place that is empty.',
    );
  }
}

/**
 * Starts the product, and plays the demonstration in a log that is empty or in which it was begun. Its clock tells the
 * days of the demonstration while it is played, so that what is overdue was waited for; afterwards it tells today's.
 */
export async function startDemonstration(
  configuration: Configuration,
  options: Omit<ProductOptions, 'now'> & { readonly today?: () => number } = {},
): Promise<Demonstration> {
  const { dataDir } = configuration;
  const { today = Date.now, ...others } = options;
  const file = join(dataDir, 'demonstration.json');
  mkdirSync(dataDir, { recursive: true });
  const begun = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Played) : undefined;
  const isEmpty = await isEmptyLog(configuration.eventStoreUrl);
  if (!begun && !isEmpty) throw new NotADemonstration(dataDir);
  const before =
    begun && !isEmpty ? begun : { playedOn: new Date(today()).toISOString().slice(0, 10), isComplete: false };
  const keep = (played: Played) => writeFileSync(file, `${JSON.stringify(played)}\n`);
  keep(before);
  const { playedOn, isComplete, hasLogIns = false } = before;
  const stage = new Stage(playedOn);
  let day = isComplete ? undefined : FIRST_DAY;
  const now = () => (day === undefined ? today() : Math.min(stage.morning(day), today()));
  const product = await startProduct(configuration, { ...others, now });
  try {
    const { app, views } = product;
    const bus = app.get(CommandBus);
    if (!isComplete) await attachLetters(app.get(AttachmentStore));
    const { recorded } = isComplete
      ? { recorded: 0 }
      : await play({ stage, bus, views, onDay: (next) => (day = next) });
    day = undefined;
    keep({ ...before, isComplete: true });
    const played = { playedOn, added: recorded };
    if (configuration.people === 'off' || hasLogIns) return { ...product, ...played, logIns: [] };
    const identity = app.get(Identity);
    const logIns = await makeLogIns({ identity, bus, stage, today: identity.today, now });
    keep({ ...before, isComplete: true, hasLogIns: true });
    const { setUpLink: _, ...settled } = product;
    return { ...settled, ...played, logIns };
  } catch (error) {
    await product.close();
    throw error;
  }
}

async function isEmptyLog(url: string): Promise<boolean> {
  const store = await openEventStore(url);
  try {
    for await (const page of store.readPages({ limit: 1 })) if (page.length) return false;
    return true;
  } finally {
    await store.close();
  }
}
