import { hostname } from 'node:os';
import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Configuration } from '../configuration/configuration.js';
import { correlation } from './correlation.js';
import { fitToBeLogged } from './redaction.js';

export type Log = Logger;

const STDOUT = 1;
const STDERR = 2;

/**
 * One JSON object a line, with `time` (RFC 3339 in UTC), `level`, `app`, `pid`, `hostname`, `message`, and where they
 * apply `correlationId`, `part` and `error` (`type`, `code`, `message`, `stack`). In the format for people it goes to the
 * error output, since the output says what they are to read.
 */
export function openLog(logs: Configuration['logs'], app: string, to = whereTo(logs.format)): Log {
  return pino(
    {
      level: logs.level,
      base: { app, pid: process.pid, hostname: hostname() },
      messageKey: 'message',
      errorKey: 'error',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { error: errorFields },
      mixin: () => correlation() ?? {},
      hooks: { streamWrite: fitToBeLogged },
    },
    to,
  );
}

/** Written at once, not from memory later: the last lines before a crash are the ones that somebody will look for. */
const whereTo = (format: Configuration['logs']['format']): DestinationStream =>
  destination({ dest: format === 'text' ? STDERR : STDOUT, sync: true });

/** Of an error only these: others that libraries add may hold a request with all its headers. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  return {
    type: name,
    ...('code' in error && { code: String(error.code) }),
    message,
    stack,
    ...(cause instanceof Error && { cause: `${cause.name}: ${cause.message}` }),
  };
}
