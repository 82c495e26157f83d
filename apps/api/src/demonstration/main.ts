import 'reflect-metadata';
import { endOnSignal, failToStart, misspellings, openLog, readConfiguration, type Talk, talkTo } from '#operation';
import { tellProgress, whatIsThere, whoMayCommand } from '../telling.js';
import { version } from '../version.js';
import { logInsInWords } from './log-ins-in-words.js';
import { SERIES, Stage } from './stage.js';
import { startDemonstration } from './start-demonstration.js';

const DRAIN_MS = 500;

let talk: Talk | undefined;
try {
  // Never the folder of a real record, unless somebody names it; and then it is refused. Who may do what is part of the show.
  const configuration = readConfiguration({ DATA_DIR: 'data-demo', ...process.env, PEOPLE: 'required' });
  const log = openLog(configuration.logs, 'demonstration');
  talk = talkTo(configuration.logs.format, log);
  const { tell, warn } = talk;
  for (const hint of misspellings(process.env)) warn(hint);
  if (process.env['PEOPLE'] === 'off') warn('PEOPLE=off is not taken: in a demonstration people sign in.');
  tell(`Para 71 ${version}, a demonstration: data in ${configuration.dataDir}`);
  const product = await startDemonstration(configuration, { onProgress: tellProgress(tell), drainMs: DRAIN_MS, log });
  tell(whatIsThere(product));
  const { playedOn, added } = product;
  tell(
    `The round ${SERIES}/${new Stage(playedOn).year} and the one before it are played by organizations that do not exist.`,
  );
  tell(
    added
      ? `${added} commands of the demonstration were given as of ${playedOn}.`
      : `It was played on ${playedOn} and stays as it was left.`,
  );
  tell(whoMayCommand(configuration));
  tell(logInsInWords(product, configuration.dataDir));
  endOnSignal({ steps: product.ending, log, tell });
  tell(`Ready: ${product.address}  (Ctrl-C ends it)`, { address: product.address });
} catch (error) {
  failToStart(error, talk);
}
