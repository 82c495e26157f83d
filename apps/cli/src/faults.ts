/** The command cannot be carried out as it was given. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

/** What it was asked for cannot be had, and the person can mend that. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

/** Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor() {
    super('Interrupted');
  }
}

export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

const USAGE = new Set(['UsageFault', 'ConfigurationFault']);
/** By name, as their classes are in modules that are loaded only when a command needs them. */
const IN_WORDS = new Set(['Failed', 'BrokenLog', 'StoreNotEmpty', ...USAGE]);

export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return EXIT.interrupted;
  return error instanceof Error && USAGE.has(error.name) ? EXIT.usage : EXIT.failed;
}

/** What a person can mend is told in words; anything else is a bug and shows where. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return IN_WORDS.has(error.name) || hasCodeOfOurs(error) ? error.message : (error.stack ?? String(error));
}

/** Those of the event store and of the system (ENOSPC); what Node says of a wrong call is a bug. */
const hasCodeOfOurs = (error: Error) => 'code' in error && !/^ERR_(?!SQLITE)/.test(String(error.code));
