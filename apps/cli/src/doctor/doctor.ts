import { styleText } from 'node:util';
import { type Configuration, ConfigurationFault, misspellings, readConfiguration } from '#operation';
import { Failed } from '../faults.js';
import { counted, type Talk } from '../io.js';
import { examineAttachments } from './attachments.js';
import { fault, type Finding, ok, warning, wordsOf } from './finding.js';
import { examineLog } from './log.js';
import { examineClock, examineDisk, examineNode } from './machine.js';
import { examineMail } from './mail.js';
import { examinePeople } from './people.js';
import { examineQueue } from './queue.js';
import { examineViews } from './views.js';

export interface DoctorOptions {
  readonly quick?: boolean;
  readonly attachments?: boolean;
}

const COLOURS = { ok: 'green', warning: 'yellow', fault: 'red' } as const;

const inColours = (text: string) =>
  text.replaceAll(/^(ok|warning|fault)\b/gm, (status) =>
    styleText(COLOURS[status as Finding['status']], status, { validateStream: false }),
  );

/** Looks at everything that this installation stands on, and fails where it found a fault. */
export async function doctor(options: DoctorOptions, talk: Talk): Promise<void> {
  const { configuration, found } = examineConfiguration(talk.io.env);
  found.unshift(...examineNode());
  if (configuration) found.push(...(await examineInstallation(configuration, options, talk)));
  const count = (status: Finding['status']) => found.filter((finding) => finding.status === status).length;
  const [faults, warnings] = [count('fault'), count('warning')];
  const summary = `${counted(faults, 'fault')}, ${counted(warnings, 'warning')}`;
  talk.result({ faults, warnings, findings: found }, [...found.map(inLines), summary].join('\n'), inColours);
  if (faults > 0) throw new Failed(`Something is wrong with this installation: ${summary}`);
}

function examineConfiguration(env: NodeJS.ProcessEnv): { configuration?: Configuration; found: Finding[] } {
  const hints = misspellings(env).map((hint) => warning('configuration', hint, 'Rename it, or take it away'));
  try {
    const configuration = readConfiguration(env);
    return { configuration, found: [ok('configuration', `Data in ${configuration.dataDir}`), ...hints] };
  } catch (error) {
    if (!(error instanceof ConfigurationFault)) throw error;
    const faults = error.faults.filter((sentence) => !hints.some(({ what }) => what === sentence));
    return { found: [...faults.map((sentence) => fault('configuration', ...mended(sentence))), ...hints] };
  }
}

/** A fault of the configuration is one sentence: what is wrong, a colon, the mend. */
function mended(sentence: string): [what: string, mend: string] {
  const at = sentence.lastIndexOf(': ');
  return at < 0 ? [sentence, 'Correct it'] : [sentence.slice(0, at), sentence.slice(at + 2)];
}

async function examineInstallation(
  configuration: Configuration,
  { quick: isQuick = false, attachments = false }: DoctorOptions,
  talk: Talk,
): Promise<Finding[]> {
  const { dataDir, redisUrl, mail } = configuration;
  const log = await examineLog({ configuration, talk, isQuick });
  const views = await unlessUnseen('views', talk, () => examineViews(dataDir, log.publicEvents));
  const found = async (about: Finding['about'], look: () => Promise<Finding[]>) =>
    (await unlessUnseen(about, talk, async () => ({ found: await look() }))).found;
  return [
    ...(await found('disk', () => examineDisk({ configuration }))),
    ...log.found,
    ...views.found,
    ...(await examineClock(log.latest ?? views.latest)),
    ...(await found('people', () => examinePeople(configuration, log.keysNamed))),
    ...(attachments ? await found('attachments', () => examineAttachments(dataDir, talk)) : []),
    ...(await examineQueue(redisUrl)),
    ...(await examineMail(mail)),
  ];
}

type Seen = ReturnType<typeof examineViews>;

/** What cannot be looked at, as where a folder is somebody else's, keeps nothing else from being told. */
async function unlessUnseen(about: Finding['about'], talk: Talk, look: () => Seen | Promise<Seen>): Promise<Seen> {
  try {
    return await look();
  } catch (error) {
    talk.io.signal.throwIfAborted();
    return {
      found: [fault(about, `They cannot be looked at (${wordsOf(error)})`, 'Let the user of this process read them')],
    };
  }
}

function inLines({ about, status, what, mend }: Finding): string {
  const line = `${status.padEnd(8)} ${about.padEnd(14)} ${what}`;
  return mend === undefined ? line : `${line}\n${' '.repeat(24)}→ ${mend}`;
}
