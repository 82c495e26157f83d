import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { SecretName, VariableName } from './variables.js';

/** What the environment gives, and what is wrong with it. A fault never shows the value of a secret. */
export class GivenVariables {
  readonly faults: string[] = [];

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly from: string,
  ) {}

  text(name: VariableName, fallback: string): string {
    const given = this.env[name];
    if (given === undefined) return fallback;
    const without = fallback === '' ? 'leave it out' : `leave it out for ${fallback}`;
    if (given.trim() === '') this.fault(`${name} is empty: give it a value, or ${without}.`);
    return given.trim();
  }

  has(name: VariableName): boolean {
    return this.env[name] !== undefined;
  }

  choice<Choice extends string>(
    name: VariableName,
    choices: readonly Choice[],
    fallback: Choice,
    mend: string,
  ): Choice {
    const given = this.env[name] ?? fallback;
    if (choices.includes(given as Choice)) return given as Choice;
    this.fault(`${name} is "${shown(given)}": give ${mend}.`);
    return fallback;
  }

  port(name: VariableName, fallback: number): number {
    return this.wholeNumber(name, fallback, 65_535);
  }

  wholeNumber(name: VariableName, fallback: number, most: number): number {
    const given = this.env[name] ?? String(fallback);
    if (/^\d{1,9}$/.test(given) && Number(given) <= most) return Number(given);
    this.fault(`${name} is "${shown(given)}": give a number from 0 to ${most}, or leave it out for ${fallback}.`);
    return fallback;
  }

  /** An absolute path; what is relative is taken from where the process was started. */
  path(name: VariableName, fallback: string): string {
    return this.absolute(this.text(name, fallback));
  }

  absolute(path: string): string {
    return isAbsolute(path) ? path : resolve(this.from, path);
  }

  /** The value of the variable or of the file that `<name>_FILE` names. */
  secret(name: SecretName): string | undefined {
    const inFile = `${name}_FILE`;
    const file = this.env[inFile];
    const given = this.env[name];
    if (file !== undefined && given !== undefined) {
      this.fault(`${name} and ${inFile} are both given: leave one of them out.`);
      return undefined;
    }
    if (file === undefined) {
      if (given?.trim() === '') this.fault(`${name} is empty: give it a value, or leave it out.`);
      return given?.trim() || undefined;
    }
    try {
      const read = readFileSync(this.absolute(file), 'utf8').trim();
      if (read === '')
        this.fault(`${inFile} names ${shown(file)}, which is empty: write the value of ${name} into it.`);
      return read || undefined;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.fault(
        `${inFile} names ${shown(file)}, which cannot be read (${code}): name a file that holds the value of ${name}.`,
      );
      return undefined;
    }
  }

  fault(sentence: string): void {
    this.faults.push(sentence);
  }
}

/** A value in a message: on one line, and not without end. */
export function shown(value: string): string {
  const line = JSON.stringify(value).slice(1, -1);
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
