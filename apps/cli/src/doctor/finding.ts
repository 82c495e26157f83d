import type { Configuration } from '#operation';
import type { Talk } from '../io.js';

export interface Finding {
  readonly about:
    'node' | 'configuration' | 'clock' | 'disk' | 'log' | 'views' | 'queue' | 'mail' | 'people' | 'attachments';
  readonly status: 'ok' | 'warning' | 'fault';
  readonly what: string;
  /** What to do about it. Absent where nothing is wrong. */
  readonly mend?: string;
}

export interface Examined {
  readonly configuration: Configuration;
  readonly talk: Talk;
  /** Leave out what reads the whole log. */
  readonly isQuick: boolean;
}

export const ok = (about: Finding['about'], what: string): Finding => ({ about, status: 'ok', what });
export const warning = (about: Finding['about'], what: string, mend: string): Finding => ({
  about,
  status: 'warning',
  what,
  mend,
});
export const fault = (about: Finding['about'], what: string, mend: string): Finding => ({
  about,
  status: 'fault',
  what,
  mend,
});

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
