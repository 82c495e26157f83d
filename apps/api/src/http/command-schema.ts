import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, IS_OPTIONAL } from 'class-validator';

// class-validator's decorators are the one declaration of what a command may hold. They are compiled here into JSON
// Schema, which is both what OpenAPI shows and what a body is checked against: `validateSync` costs as much as the rest
// of a request. A decorator that cannot be said in JSON Schema is an error at start, never left out.

export type FieldsClass = new () => object;

type Constraints = readonly unknown[];
type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** The part of JSON Schema 2020-12 that the decorators need. */
export interface JsonSchema {
  readonly title?: string;
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'null';
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

export interface ObjectSchema extends JsonSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

export class CannotCompile extends Error {
  override readonly name = 'CannotCompile';
  constructor(of: FieldsClass, field: string, reason: string) {
    super(`${of.name}.${field}: ${reason}`);
  }
}

/** Every decorator that may stand on a field of a command, by its name in class-validator's metadata. */
const KEYWORDS: Readonly<Record<string, (constraints: Constraints) => JsonSchema>> = {
  isString: () => ({ type: 'string' }),
  isNotEmpty: () => ({ minLength: 1 }),
  minLength: ([min]) => ({ type: 'string', minLength: min as number }),
  maxLength: ([max]) => ({ type: 'string', maxLength: max as number }),
  isLength: ([min, max]) => ({ type: 'string', minLength: min as number, maxLength: max as number }),
  matches: ([pattern]) => ({ type: 'string', pattern: (pattern as RegExp).source }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  min: ([min]) => ({ type: 'number', minimum: min as number }),
  max: ([max]) => ({ type: 'number', maximum: max as number }),
  isBoolean: () => ({ type: 'boolean' }),
  isIn: ([values]) => ({ enum: values as readonly unknown[] }),
  isArray: () => ({ type: 'array' }),
  arrayMinSize: ([min]) => ({ type: 'array', minItems: min as number }),
  arrayMaxSize: ([max]) => ({ type: 'array', maxItems: max as number }),
  arrayUnique: () => ({ type: 'array', uniqueItems: true }),
  isFields: () => ({ type: 'object' }),
};

/** Checks that JSON Schema has no words for. Each becomes a format, which calls the very check of the decorator. */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  isUrl: 'uri',
  isEdtf: 'edtf',
  isLine: 'line',
  isProse: 'prose',
  isOpenAddress: 'open-address',
};

export type FormatCheck = (text: string) => boolean;
const formats = new Map<string, { readonly check: FormatCheck; readonly constraints: string }>();

/** The formats of all schemas that were compiled so far. */
export const formatChecks = (): [name: string, check: FormatCheck][] =>
  [...formats].map(([name, { check }]) => [name, check]);

const compiled = new WeakMap<FieldsClass, ObjectSchema>();

/** What `of` may hold. Throws `CannotCompile`, with the name of class and field, where that cannot be said. */
export function schemaOf(of: FieldsClass): ObjectSchema {
  const known = compiled.get(of);
  if (known) return known;
  const storage = getMetadataStorage();
  const fields = storage.groupByPropertyName(storage.getTargetValidationMetadatas(of, '', false, false));
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [field, metadata] of Object.entries(fields)) {
    const { undefined: mayBeLeftOut, null: mayBeNull } = unchecked(of, field, metadata);
    const schema = fieldSchema(of, field, metadata);
    properties[field] = mayBeNull ? { anyOf: [schema, { type: 'null' }] } : schema;
    if (!mayBeLeftOut) required.push(field);
  }
  const schema: ObjectSchema = { title: of.name, type: 'object', properties, required, additionalProperties: false };
  compiled.set(of, schema);
  return schema;
}

/** What is sent in the body, where the fields `params` stand in the address. */
export function bodySchemaOf(of: FieldsClass, params: readonly string[]): ObjectSchema {
  const { properties, required, ...schema } = schemaOf(of);
  const inBody = Object.entries(properties).filter(([field]) => !params.includes(field));
  return {
    ...schema,
    properties: Object.fromEntries(inBody),
    required: required.filter((field) => !params.includes(field)),
  };
}

function fieldSchema(of: FieldsClass, field: string, metadata: readonly Metadata[]): JsonSchema {
  const cannot = (reason: string): never => {
    throw new CannotCompile(of, field, reason);
  };
  const checks = metadata.filter(({ type }) => type !== 'conditionalValidation');
  const whole = checks.filter(({ each }) => !each).map((check) => keywordsOf(of, field, check, metadata));
  const members = checks.filter(({ each }) => each).map((check) => keywordsOf(of, field, check, metadata));
  const schema = merge(whole, cannot);
  if (!schema.type && !schema.enum) cannot('nothing says what type it has');
  if (schema.minLength !== undefined && schema.type !== 'string') cannot('IsNotEmpty is for strings only');
  if (members.length === 0) return schema;
  if (schema.type !== 'array') cannot('without IsArray, { each: true } lets a single value through');
  const items = merge(members, cannot);
  if (schema.uniqueItems && items.type === 'object') cannot('ArrayUnique takes equal objects for different ones');
  return { ...schema, items };
}

function keywordsOf(of: FieldsClass, field: string, check: Metadata, all: readonly Metadata[]): JsonSchema {
  const name = check.name ?? check.type;
  if (check.groups?.length || check.always || check.validateIf) {
    throw new CannotCompile(of, field, `${name} holds only under conditions`);
  }
  if (check.type === 'nestedValidation') return nestedSchema(of, field, Boolean(check.each), all);
  const format = FORMAT_NAMES[name];
  if (format) return formatKeyword(of, field, check, format);
  const keywords = KEYWORDS[name];
  if (!keywords) throw new CannotCompile(of, field, `${name} has no equivalent in JSON Schema`);
  const constraints: Constraints = check.constraints ?? [];
  refuseVariants(of, field, name, constraints);
  return keywords(constraints);
}

/** Options that would change what a decorator means. */
function refuseVariants(of: FieldsClass, field: string, name: string, [first, second]: Constraints): void {
  if (name === 'matches' && !(first instanceof RegExp && first.flags === '' && second === undefined)) {
    throw new CannotCompile(of, field, 'Matches takes a pattern without flags, as JSON Schema does');
  }
  if (name === 'isNumber' && Object.keys(first ?? {}).length) {
    throw new CannotCompile(of, field, 'IsNumber takes no options here');
  }
}

function nestedSchema(of: FieldsClass, field: string, each: boolean, all: readonly Metadata[]): JsonSchema {
  if (!all.some((other) => other.name === 'isFields' && Boolean(other.each) === each)) {
    throw new CannotCompile(of, field, 'ValidateNested alone lets lists through: add the check isFields');
  }
  // class-transformer does not publish what it was told by `Type`, but it shows it in what it makes.
  const sample = plainToInstance(of, { [field]: {} }) as Record<string, object>;
  const nested = sample[field]?.constructor as FieldsClass | undefined;
  if (!nested || nested === Object) throw new CannotCompile(of, field, 'no Type says of which class it is');
  return schemaOf(nested);
}

function formatKeyword(
  of: FieldsClass,
  field: string,
  { constraintCls, ...check }: Metadata,
  format: string,
): JsonSchema {
  const [constraint] = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  if (!constraint || constraint.async)
    throw new CannotCompile(of, field, `${format} has no check that answers at once`);
  const constraints: unknown[] = check.constraints ?? [];
  const known = formats.get(format);
  if (known && known.constraints !== JSON.stringify(constraints)) {
    throw new CannotCompile(of, field, `the format ${format} was used with other options before`);
  }
  const { instance } = constraint;
  const args = { constraints, property: field, targetName: of.name, object: {} };
  formats.set(format, {
    check: (value) => instance.validate(value, { ...args, value }) === true,
    constraints: JSON.stringify(constraints),
  });
  return { type: 'string', format };
}

/**
 * What may stand in the place of a value: told by what the field's condition answers. `null` only where it says so by
 * `Removable`: `IsOptional` would let it into events, none of which should carry it.
 */
function unchecked(
  of: FieldsClass,
  field: string,
  metadata: readonly Metadata[],
): { undefined: boolean; null: boolean } {
  const conditions = metadata.filter(({ type }) => type === 'conditionalValidation');
  const may = { undefined: false, null: false };
  for (const { constraints, name } of conditions) {
    const isChecked = constraints[0] as (object: object, value: unknown) => boolean;
    const checks = (value: unknown) => Boolean(isChecked({ [field]: value }, value));
    if (name === IS_OPTIONAL || checks(undefined) || !['', 0, false, [], {}, 'text'].every(checks)) {
      throw new CannotCompile(of, field, 'its condition must let undefined through, and nothing else but null');
    }
    may.undefined = true;
    may.null ||= !checks(null);
  }
  return may;
}

/** All of `parts` at once. What is said twice with different values goes into `allOf`. */
function merge(parts: readonly JsonSchema[], cannot: (reason: string) => never): JsonSchema {
  const merged: Record<string, unknown> = {};
  const others: JsonSchema[] = [];
  for (const [keyword, value] of parts.flatMap((part) => Object.entries(part))) {
    const before = merged[keyword];
    if (before === undefined) merged[keyword] = value;
    else if (keyword === 'type')
      merged[keyword] = narrower(before, value) ?? cannot('two decorators ask for different types');
    else if (before !== value) others.push({ [keyword]: value });
  }
  return others.length ? { ...merged, allOf: others } : merged;
}

function narrower(a: unknown, b: unknown): unknown {
  if (a === b) return a;
  const isNumeric = (type: unknown) => type === 'integer' || type === 'number';
  return isNumeric(a) && isNumeric(b) ? 'integer' : undefined;
}
