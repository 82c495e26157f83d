import type { Expected } from '#event-store';

/** What was read is no longer what is there. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: Expected,
  ) {
    super(`${stream} has moved on from revision ${expected}`);
  }
}

/** One id, two different commands: one of them would be lost. */
export class CommandIdReused extends Error {
  override readonly name = 'CommandIdReused';
  constructor(readonly commandId: string) {
    super(`The command id ${commandId} was already used for another command`);
  }
}

/** Others kept writing to the stream in between. Nothing was recorded; the same command may be given again. */
export class TooMuchContention extends Error {
  override readonly name = 'TooMuchContention';
  constructor(
    readonly stream: string,
    readonly attempts: number,
  ) {
    super(`${stream} was changed by others ${attempts} times in a row while the command was decided`);
  }
}
