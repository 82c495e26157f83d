import { Logger } from '@nestjs/common';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { type Fault as FieldFault, faultsOf } from '#commands';
import { type FieldsClass, schemaOf } from './command-schema.js';
import { firstFaultOf } from './compiled-check.js';
import { type Fault, HttpProblem } from './http-problem.js';
import { normalised } from './normalised.js';

/** Faults that one answer names. */
const MOST_FAULTS = 50;
/** Values that class-validator looks at. It checks all of them, however many, and some of its checks are quadratic. */
const MOST_VALUES = 5_000;

const logger = new Logger('Http');

/**
 * The fields of a command of class `of`, out of the path and the body of a request; texts in NFC. Throws the problem
 * `command-invalid` with every fault and its place: a field that is unknown, missing or malformed, a body that is not an
 * object, or a field of the path that the body repeats.
 */
export function bind(of: FieldsClass, params: Readonly<Record<string, string>>, body: unknown): object {
  const fields = normalised(fieldsIn(body)) as Record<string, unknown>;
  const repeated = Object.keys(params).filter((name) => Object.hasOwn(fields, name));
  if (repeated.length) {
    throw invalid(repeated.map((name) => ({ field: name, message: `${name} is named by the address already` })));
  }
  const command = { ...numbered(of, params), ...fields };
  const fault = firstFaultOf(of, command);
  if (!fault) return command;

  throw invalid(faultsIn(of, command, fault).map((found) => placed(found, params)));
}

/** In class-validator's words: all of them, and slower. */
function faultsIn(of: FieldsClass, command: object, first: ErrorObject): FieldFault[] {
  const ajvFault = { field: first.instancePath.slice(1), message: first.message ?? 'is not allowed' };
  if (!countsBelow(command, MOST_VALUES)) return [ajvFault];
  const faults = faultsOf(of, command);
  if (faults.length) return faults;
  // The two are held together by a test. Should they ever differ, the stricter one is right.
  logger.error(`class-validator takes a ${of.name} that its schema refuses at ${first.instancePath}`);
  return [ajvFault];
}

function fieldsIn(body: unknown): object {
  if (body === undefined) return {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw invalid([{ field: '', message: 'the body must be an object' }]);
}

const invalid = (errors: Fault[]) =>
  new HttpProblem('command-invalid', {
    errors: errors.slice(0, MOST_FAULTS),
    ...(errors.length > MOST_FAULTS && { facts: { faults: errors.length } }),
  });

const WHOLE_NUMBER = /^(0|[1-9]\d{0,8})$/;

/** An address has only texts. What is to be a number becomes one, where it looks like one. */
function numbered(of: FieldsClass, params: Readonly<Record<string, string>>): Record<string, string | number> {
  const { properties } = schemaOf(of);
  const entries = Object.entries(params).map(([name, text]): [string, string | number] => {
    return [name, properties[name]?.type === 'integer' && WHOLE_NUMBER.test(text) ? Number(text) : text];
  });
  return Object.fromEntries(entries);
}

/** Says of a field of the address that it is one. */
function placed({ field, message }: FieldFault, params: Readonly<Record<string, string>>): Fault {
  return Object.hasOwn(params, field) ? { parameter: field, message } : { field, message };
}

function countsBelow(value: unknown, most: number): boolean {
  let left = most;
  const count = (part: unknown): boolean =>
    --left > 0 && (typeof part !== 'object' || part === null || Object.values(part).every(count));
  return count(value);
}
