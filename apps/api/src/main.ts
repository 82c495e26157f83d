import 'reflect-metadata';
import { endOnSignal, failToStart, misspellings, openLog, readConfiguration, type Talk, talkTo } from '#operation';
import { startProduct } from './product.js';
import { howToBegin, tellProgress, whatIsThere, whoMayCommand } from './telling.js';
import { version } from './version.js';

/** Long enough for a client under way to be told that its connection ends. */
const DRAIN_MS = 500;

let talk: Talk | undefined;
try {
  const configuration = readConfiguration(process.env);
  const log = openLog(configuration.logs, 'api');
  talk = talkTo(configuration.logs.format, log);
  const { tell, warn } = talk;
  for (const hint of misspellings(process.env)) warn(hint);
  tell(`Para 71 ${version}: data in ${configuration.dataDir}`);
  const product = await startProduct(configuration, { onProgress: tellProgress(tell), drainMs: DRAIN_MS, log });
  tell(whatIsThere(product));
  tell(whoMayCommand(configuration));
  if (product.setUpLink) tell(howToBegin(product.setUpLink, product.administration));
  // First this: whoever reads the next line may end it.
  endOnSignal({ steps: product.ending, log, tell });
  tell(`Ready: ${product.address}  (Ctrl-C ends it)`, { address: product.address });
} catch (error) {
  failToStart(error, talk);
}
