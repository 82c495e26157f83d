import { ConfigurationFault } from '../configuration/configuration.js';
import type { Log } from './log.js';
import { redacted } from './redaction.js';

/** What a process says of its own accord to whoever started it: lines for a person, or the log where a collector reads. */
export interface Talk {
  /** The fields are for the log only: a person reads them in the line. */
  readonly tell: (line: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (line: string) => void;
  readonly fail: (line: string) => void;
}

export function talkTo(format: 'text' | 'json', log: Log): Talk {
  if (format === 'json') {
    return {
      tell: (line, fields = {}) => log.info(fields, line),
      warn: (line) => log.warn(line),
      fail: (line) => log.fatal(line),
    };
  }
  const complain = (line: string) => void process.stderr.write(`${line}\n`);
  return { tell: (line) => void process.stdout.write(`${line}\n`), warn: complain, fail: complain };
}

/** Why a process could not start: a sentence where the person who started it can mend it; else also where the bug is. */
export function failToStart(error: unknown, talk?: Talk): void {
  const isKnown = error instanceof ConfigurationFault || (error instanceof Error && 'code' in error);
  const text = error instanceof Error ? (isKnown ? error.message : error.stack) : undefined;
  const line = redacted(text ?? String(error));
  if (talk) talk.fail(line);
  else process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}
