import 'reflect-metadata';
import { endOnSignal, failToStart, misspellings, openLog, readConfiguration, type Talk, talkTo } from '#operation';
import { version } from './version.js';
import { startWorker } from './worker.js';

let talk: Talk | undefined;
try {
  const configuration = readConfiguration(process.env);
  const log = openLog(configuration.logs, 'worker');
  talk = talkTo(configuration.logs.format, log);
  const { tell, warn } = talk;
  for (const hint of misspellings(process.env)) warn(hint);
  tell(`Para 71 ${version}, worker: data in ${configuration.dataDir}`);
  const worker = await startWorker(configuration, { version, log });
  tell(`Ready: ${worker.address}  (Ctrl-C ends it)`, { address: worker.address });
  endOnSignal({ steps: worker.ending, log, tell });
} catch (error) {
  failToStart(error, talk);
}
