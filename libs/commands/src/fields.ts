import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import type { Confidence, Dated, DocumentRef, Edtf, Source } from '#reporting';
import { ACTION_ID, CONFIDENCES, isEdtf, SERIES, SLUG } from '#reporting';

// What a field of a command may hold, said once. Each is made of class-validator's own decorators, or of one of the
// custom kinds `isEdtf`, `isLine`, `isProse`, whose check is a function that can be called without it.

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}

/** C0 and C1 controls, and the characters that turn the direction of what follows. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/;
/** As above, but a text has lines, and scripts that run from right to left need their marks. */
// eslint-disable-next-line no-control-regex
const UNSEEN_IN_PROSE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

export const isLine = (value: unknown) => typeof value === 'string' && !UNSEEN.test(value);
export const isProse = (value: unknown) => typeof value === 'string' && !UNSEEN_IN_PROSE.test(value);

/** Adds a check of our own under a name that the schema compiler knows. */
function own(name: string, check: (value: unknown) => boolean, message: string): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: propertyName as string,
      options: { message },
      validator: { validate: check },
    });
}

export const IsEdtf = () =>
  own(
    'isEdtf',
    (value) => typeof value === 'string' && isEdtf(value),
    '$property must be a year (2008), a month (2008-10) or a day (2008-10-06)',
  );

/** One line, for titles and names. */
export const IsLine = (max = 300) =>
  all(
    IsString(),
    IsNotEmpty(),
    MaxLength(max),
    own('isLine', isLine, '$property must be one line without control or direction characters'),
  );

/** A text of several lines. */
export const IsProse = (max = 20_000) =>
  all(
    IsString(),
    IsNotEmpty(),
    MaxLength(max),
    own('isProse', isProse, '$property must not hold control characters or direction overrides'),
  );

export const IsOrganizationId = () =>
  all(IsString(), Matches(SLUG, { message: '$property must be a slug such as ripe-ncc' }));
export const IsSeries = () =>
  all(IsString(), Matches(SERIES, { message: '$property must be a series such as ec-performance' }));
export const IsYear = () => all(IsInt(), Min(1900), Max(2200));
export const IsActionId = () =>
  all(IsString(), Matches(ACTION_ID, { message: '$property must be an action id such as ACT-0001' }));
export const IsOrganizationIds = () =>
  all(IsString({ each: true }), Matches(SLUG, { each: true, message: 'each of $property must be a slug' }));
/** A code of a list; whether the list has it is for the rules to say. */
export const IsCode = () =>
  all(IsString(), Matches(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, { message: '$property must be a code' }));
export const IsSection = () =>
  all(IsString(), Matches(/^S\d{2}$/, { message: '$property must be a section such as S04' }));
/** BCP 47, as far as the languages of reports go. */
export const IsLang = () =>
  all(IsString(), Matches(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, { message: '$property must be a language tag' }));

export class SourceFields implements Source {
  @IsLine() title!: string;
  @IsOptional() @IsUrl({ protocols: ['http', 'https'], require_protocol: true }) @MaxLength(2_000) address?: string;
  @IsOptional() @IsLine(100) symbol?: string;
  @IsIn(CONFIDENCES) confidence!: Confidence;
}

export class DocumentFields implements DocumentRef {
  @IsLine() title!: string;
  @IsOptional() @Matches(/^[0-9a-f]{64}$/) sha256?: string;
  @IsOptional() @IsUrl({ protocols: ['http', 'https'], require_protocol: true }) @MaxLength(2_000) address?: string;
  @IsOptional() @IsLine(100) symbol?: string;
}

export class DatedFields implements Dated {
  @IsEdtf() date!: Edtf;
  @IsOptional() @IsIn(CONFIDENCES) confidence?: Confidence;
}

/** A nested object, or a list of them with `{ each: true }`. */
export const Nested = (fields: () => new () => object, options: { each?: boolean } = {}) =>
  all(ValidateNested(options), Type(fields));
