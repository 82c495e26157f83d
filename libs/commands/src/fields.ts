import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsString,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ACTION_ID, CONFIDENCES, SERIES, SLUG } from '#reporting';
import { Own } from './own-checks.js';

// What a field of a command may hold, said once. Made only of decorators that can be compiled into a JSON Schema, and
// of the checks in `OWN_CHECKS`.

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}

/** May be left out. Not `IsOptional`, which lets `null` through as well. */
export const Optional = () => ValidateIf((_, value) => value !== undefined);

/** May be left out; and `null` takes back what was stated. */
export const Removable = () => ValidateIf((_, value) => value !== undefined && value !== null);

/** Of a command that takes two persons: proposes it again where what somebody else proposed has lapsed. */
export const IsAnew = () => all(Optional(), IsIn([true]));

export const IsEdtf = () => all(IsString(), Own('isEdtf'));

/** One line, for titles and names. */
export const IsLine = (max = 300) => all(IsString(), IsNotEmpty(), MaxLength(max), Own('isLine'));

/** A text of several lines. */
export const IsProse = (max = 20_000) => all(IsString(), IsNotEmpty(), MaxLength(max), Own('isProse'));

/** Why something was done. */
export const IsReason = () => IsProse(2_000);

/** The link of a document. */
export const IsAddress = () =>
  all(
    IsString(),
    MaxLength(2_000),
    IsUrl({ protocols: ['http', 'https'], require_protocol: true }),
    Own('isOpenAddress'),
  );

const matching = (pattern: RegExp, what: string) =>
  all(IsString(), Matches(pattern, { message: `$property must be ${what}` }));

/** A list without repetitions. */
const listOf = (pattern: RegExp, what: string, max: number) =>
  all(
    IsArray(),
    ArrayMaxSize(max),
    ArrayUnique(),
    IsString({ each: true }),
    Matches(pattern, { each: true, message: `each of $property must be ${what}` }),
  );

const CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;
const SECTION = /^S\d{2}$/;
const FORM = /^(?=.{1,60}$)[a-z0-9]+([-/.][a-z0-9]+)*$/;
/** BCP 47, as far as the languages of reports go. */
const LANG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
/** What may follow `person-` in the name of a stream. */
export const PERSON_ID = /^[a-z0-9][a-z0-9._-]{0,99}$/;

export const IsOrganizationId = () => matching(SLUG, 'a slug such as example-registry');
export const IsOrganizationIds = (max: number) => listOf(SLUG, 'a slug such as example-registry', max);
export const IsSeries = () => matching(SERIES, 'a series such as ec-performance');
export const IsYear = () => all(IsInt(), Min(1900), Max(2200));
/** Of a stream: 0, 1, 2, … */
export const IsRevision = () => all(IsInt(), Min(0), Max(Number.MAX_SAFE_INTEGER));
export const IsActionId = () => matching(ACTION_ID, 'an action id such as ACT-0001');
export const IsActionIds = (max: number) => listOf(ACTION_ID, 'an action id such as ACT-0001', max);
export const IsOptionId = () => matching(SLUG, 'an option id such as example-option');
/** A code of a list; whether the list has it is for the rules to say. */
export const IsCode = () => matching(CODE, 'a code');
export const IsCodes = (max: number) => listOf(CODE, 'a code', max);
export const IsSection = () => matching(SECTION, 'a section such as S04');
export const IsSections = (max: number) => listOf(SECTION, 'a section such as S04', max);
export const IsForm = () => matching(FORM, 'the name of a report form');
export const IsLang = () => matching(LANG, 'a language tag such as en');
/** Never a name: what the record says of a person must be forgettable elsewhere. */
export const IsPersonId = () => matching(PERSON_ID, 'the id of a person');
/** A time in UTC, as the record writes it. */
export const IsInstant = () =>
  matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'a time in UTC such as 2008-10-06T09:00:00.000Z');
export const IsUuid = () =>
  matching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'a UUID in lower case');
export const IsConfidence = () => IsIn(CONFIDENCES);

/** Lines, such as names of those who have no id. */
export const IsLines = (max: number, length: number) =>
  all(
    IsArray(),
    ArrayMaxSize(max),
    IsString({ each: true }),
    IsNotEmpty({ each: true }),
    MaxLength(length, { each: true }),
    Own('isLine', true),
  );

type FieldsClass = new () => object;

const NESTED = Symbol('nested fields');

/** Told here as well, since class-transformer keeps to itself what it was told by `Type`. */
function nesting(fields: () => FieldsClass): PropertyDecorator {
  return (target, property) => Reflect.defineMetadata(NESTED, fields, target, property);
}

/** The class of what is nested in a field, or of each of its members; nothing where the field is a plain value. */
export function nestedIn(of: FieldsClass, property: string): FieldsClass | undefined {
  const fields = Reflect.getMetadata(NESTED, of.prototype as object, property) as (() => FieldsClass) | undefined;
  return fields?.();
}

/** A nested object. */
export const Nested = (fields: () => FieldsClass) =>
  all(Own('isFields'), ValidateNested(), Type(fields), nesting(fields));

/** A list of nested objects. */
export const NestedList = (fields: () => FieldsClass, { min = 0, max }: { min?: number; max: number }) =>
  all(
    IsArray(),
    ...(min ? [ArrayMinSize(min)] : []),
    ArrayMaxSize(max),
    Own('isFields', true),
    ValidateNested({ each: true }),
    Type(fields),
    nesting(fields),
  );
