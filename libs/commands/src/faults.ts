import { plainToInstance } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import { validateSync } from 'class-validator';
import { isFields } from './own-checks.js';

/** What is wrong with a field that was sent. */
export interface Fault {
  /** Where it stands: `title`, `sources[0].title`; empty for the whole. */
  readonly field: string;
  readonly message: string;
}

/** Everything that is wrong with the fields of a command, or of what is nested in one, as they were sent. */
export function faultsOf(of: new () => object, sent: unknown): Fault[] {
  if (!isFields(sent)) return [{ field: '', message: 'an object with the fields of the command is expected' }];
  const misnamed = misnamedIn(sent);
  if (misnamed.length) return misnamed;
  const errors = validateSync(plainToInstance(of, sent), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  return flat(errors, '');
}

function flat(errors: readonly ValidationError[], path: string): Fault[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = path + step(property, path === '');
    return [...Object.values(constraints).map((message) => ({ field, message })), ...flat(children, field)];
  });
}

/**
 * Names that every object inherits. The whitelist of class-validator knows no difference between `hasOwnProperty` and a
 * field, and class-transformer drops `constructor` and `__proto__` without a word.
 */
function misnamedIn(sent: unknown): Fault[] {
  const faults: Fault[] = [];
  const open: { field: string; value: unknown }[] = [{ field: '', value: sent }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { field: path, value } = next;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      const field = path + step(key, path === '');
      if (key in Object.prototype) faults.push({ field, message: `property ${key} should not exist` });
      open.push({ field, value: member });
    }
  }
  return faults;
}

/** One step of a path. A name that could be read as more than one step is quoted. */
function step(property: string, first: boolean): string {
  if (/^\d+$/.test(property)) return `[${property}]`;
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(property)) return `[${JSON.stringify(property)}]`;
  return first ? property : `.${property}`;
}
