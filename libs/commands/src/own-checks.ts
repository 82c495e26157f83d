import { registerDecorator } from 'class-validator';
import { isEdtf as isEdtfText } from '#reporting';

// The checks that class-validator lacks: functions, so that they can be called without it.

/** No controls, nothing that turns the direction of what follows or breaks the line, no half of a surrogate pair. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}\ufeff]/u;
/** As above, but a text has lines, and scripts that run from right to left need their marks. */
const UNSEEN_IN_PROSE = /[^\P{Cc}\t\n\r]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
/** `//user:password@` */
const USER_INFO = /^[^/?#]*\/\/[^/?#]*@/;
/** Blanks, and characters that no font draws, do not make a text. */
const SEEN = /[^\s\p{Cf}]/u;

export const isEdtf = (value: unknown) => typeof value === 'string' && isEdtfText(value);
export const isLine = (value: unknown) => typeof value === 'string' && SEEN.test(value) && !UNSEEN.test(value);
export const isProse = (value: unknown) =>
  typeof value === 'string' && SEEN.test(value) && !UNSEEN_IN_PROSE.test(value);
/**
 * A link that reads as what it leads to: `https://registry.example@evil.example/` does not, nor does a backslash, which
 * browsers take for a slash and others do not. A URL may carry direction marks; on a page they would make its end read as
 * its beginning.
 */
export const isOpenAddress = (value: unknown) =>
  isLine(value) && !String(value).includes('\\') && !USER_INFO.test(String(value));
/** `ValidateNested` alone lets `null`, what is missing, and lists of lists through. */
export const isFields = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** By the name under which each stands in class-validator's metadata. With `each`, for every member of a list. */
export const OWN_CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  isEdtf,
  isLine,
  isProse,
  isOpenAddress,
  isFields,
};

const MESSAGES: Readonly<Record<string, string>> = {
  isEdtf: '$property must be a year (2008), a month (2008-10) or a day (2008-10-06)',
  isLine: '$property must be one line of text without control or direction characters',
  isProse: '$property must be a text without control characters or direction overrides',
  isOpenAddress:
    '$property must be an address without a user name, a password, backslashes, control or direction characters',
  isFields: '$property must be an object',
};

/** As a decorator. */
export function Own(
  name: 'isEdtf' | 'isLine' | 'isProse' | 'isOpenAddress' | 'isFields',
  each = false,
): PropertyDecorator {
  const check = OWN_CHECKS[name]!;
  const message = (each ? 'each of ' : '') + MESSAGES[name]!;
  return (target, property) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: property as string,
      options: { message, each },
      validator: { validate: check },
    });
}
