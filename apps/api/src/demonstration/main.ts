import 'reflect-metadata';
import { endOnSignal, failToStart, misspellings, openLog, readConfiguration, type Talk, talkTo } from '#operation';
import { tellProgress, whatIsThere, whoMayCommand } from '../telling.js';
import { version } from '../version.js';
import type { LogIn } from './log-ins.js';
import { SERIES, Stage } from './stage.js';
import { startDemonstration } from './start-demonstration.js';

const DRAIN_MS = 500;

let talk: Talk | undefined;
try {
  // Never the folder of a real record, unless somebody names it; and then it is refused.
  const configuration = readConfiguration({ DATA_DIR: 'data-demo', ...process.env });
  const log = openLog(configuration.logs, 'demonstration');
  talk = talkTo(configuration.logs.format, log);
  const { tell, warn } = talk;
  for (const hint of misspellings(process.env)) warn(hint);
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
      : `It was played on ${playedOn} and stays as it was left; without ${configuration.dataDir} it is played anew.`,
  );
  tell(whoMayCommand(configuration));
  for (const line of linesAbout(product.logIns)) tell(line);
  if (product.setUpLink) tell(`Nobody can sign in yet. Within a day, and one time, set it up at ${product.setUpLink}`);
  endOnSignal({ steps: product.ending, log, tell });
  tell(`Ready: ${product.address}  (Ctrl-C ends it)`, { address: product.address });
} catch (error) {
  failToStart(error, talk);
}

/** Nobody sees them a second time. */
function linesAbout(logIns: readonly LogIn[]): string[] {
  if (!logIns.length) return [];
  return [
    'Log-ins of this demonstration, made for it just now and shown this one time. Each is for play, and nobody real:',
    ...logIns.flatMap(({ who, address, password, key, recoveryCodes }) => [
      `  ${who}: ${address}, password ${password}`,
      `    second factor: authenticator key ${key}, or one of the codes ${recoveryCodes.slice(0, 3).join(' ')}`,
    ]),
  ];
}
