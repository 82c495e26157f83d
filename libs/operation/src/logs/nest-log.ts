import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/**
 * What Nest and its `Logger` say, in the one log. Nest hands over the message, then what else was given, then the context
 * that the `Logger` was made with; for errors the stack may stand between.
 */
export class NestLog implements LoggerService {
  constructor(private readonly to: Log) {}

  /** Nest tells of every route and module in this way: of use to who looks for a fault only. */
  log(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: 'debug' | 'warn' | 'error' | 'fatal', message: unknown, rest: readonly unknown[]): void {
    const texts = rest.filter((each) => typeof each === 'string');
    const part = texts.at(-1);
    const stack = texts.length > 1 ? texts.at(-2) : undefined;
    const error = message instanceof Error ? message : rest.find((each) => each instanceof Error);
    this.to[level](
      { ...(part !== undefined && { part }), ...(stack !== undefined && { stack }), ...(error && { error }) },
      message instanceof Error ? message.message : typeof message === 'string' ? message : JSON.stringify(message),
    );
  }
}
