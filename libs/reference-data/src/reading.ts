import type { Dated, Edtf, Precision, Source } from '#reporting';
import { CONFIDENCES, isEdtf, precisionOf } from '#reporting';

/** What is wrong with one field of one row of a data file. */
export interface Defect {
  readonly file: string;
  readonly id: string;
  readonly field: string;
  readonly reason: string;
}

/** The data cannot be used at all: a file is not readable as what it should be, or a coded list is broken. */
export class BrokenEdition extends Error {
  override readonly name = 'BrokenEdition';
  constructor(readonly defects: readonly Defect[]) {
    super(defects.map(({ file, id, field, reason }) => `${file}: ${id}: ${field}: ${reason}`).join('\n'));
  }
}

/** Where a value stands, and the list that its defects go to. */
export interface Place {
  readonly file: string;
  readonly id: string;
  readonly field: string;
  readonly defects: Defect[];
}

/** Turns what JSON holds into what the code works with, or notes why it cannot. */
export type Read<T> = (value: unknown, place: Place) => T;
type Shape = Readonly<Record<string, Read<unknown>>>;
export type RowOf<S extends Shape> = { readonly [Field in keyof S]: ReturnType<S[Field]> };

/**
 * Notes the defect and goes on, so that one pass finds all of them. What is returned is no T, and nobody sees it: a row
 * with a defect is dropped by `rowsOf`.
 */
function defect<T>({ defects, file, id, field }: Place, reason: string): T {
  defects.push({ file, id, field, reason });
  return undefined as T;
}

const missingOr = (value: unknown, reason: string) => (value === undefined ? 'is missing' : reason);

export const text: Read<string> = (value, place) =>
  typeof value === 'string' && value.trim() ? value : defect(place, missingOr(value, 'is not a text'));

export const flag: Read<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : defect(place, missingOr(value, 'is neither true nor false'));

export const whole: Read<number> = (value, place) =>
  Number.isInteger(value) ? (value as number) : defect(place, missingOr(value, 'is not a whole number'));

export const matching =
  (pattern: RegExp, what: string): Read<string> =>
  (value, place) =>
    typeof value === 'string' && pattern.test(value)
      ? value
      : defect(place, missingOr(value, `${JSON.stringify(value)} is not ${what}`));

export const oneOf =
  <T extends string>(values: readonly T[]): Read<T> =>
  (value, place) =>
    values.find((known) => known === value) ??
    defect(place, missingOr(value, `${JSON.stringify(value)} is none of ${values.join(', ')}`));

/** A field that is always there, and null where nothing is known. */
export const orNull =
  <T>(read: Read<T>): Read<T | undefined> =>
  (value, place) =>
    value === null ? undefined : read(value, place);

/** A field that may be left out. */
export const maybe =
  <T>(read: Read<T>): Read<T | undefined> =>
  (value, place) =>
    value === undefined ? undefined : read(value, place);

export const listOf =
  <T>(read: Read<T>, { least = 0 }: { least?: number } = {}): Read<readonly T[]> =>
  (value, place) => {
    if (!Array.isArray(value)) return defect(place, missingOr(value, 'is not a list'));
    if (value.length < least) return defect(place, 'is empty');
    return value.map((item, n) => read(item, { ...place, field: `${place.field}[${n}]` }));
  };

/** An object of exactly these fields. */
export const recordOf =
  <S extends Shape>(shape: S): Read<RowOf<S>> =>
  (value, place) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      return defect(place, missingOr(value, 'is not an object'));
    }
    const under = (field: string): Place => ({ ...place, field: place.field ? `${place.field}.${field}` : field });
    for (const field of Object.keys(value)) {
      if (!Object.hasOwn(shape, field)) defect(under(field), 'is not a field that is known here');
    }
    const fields = Object.entries(shape).map(([field, read]) => [
      field,
      read((value as Record<string, unknown>)[field], under(field)),
    ]);
    return Object.fromEntries(fields) as RowOf<S>;
  };

export const edtfDate: Read<Edtf> = (value, place) =>
  typeof value === 'string' && isEdtf(value)
    ? value
    : defect(place, missingOr(value, `${JSON.stringify(value)} is not a year, a month or a day`));

export const confidence = oneOf(CONFIDENCES);

const statedDate = recordOf({
  date: edtfDate,
  precision: oneOf<Precision>(['year', 'month', 'day']),
  confidence: maybe(confidence),
});

/** A date that says its precision twice: in words, and by its length. */
export const dated: Read<Dated> = (value, place) => {
  const known = place.defects.length;
  const stated = statedDate(value, place);
  if (place.defects.length > known) return defect(place, 'is not a date');
  const { date, precision } = stated;
  if (precisionOf(date) !== precision) return defect(place, `${date} is not known to the ${precision}`);
  return { date, ...(stated.confidence && { confidence: stated.confidence }) };
};

const statedSource = recordOf({ title: text, address: orNull(text), symbol: orNull(text), confidence });

/** An address that cannot be opened in a browser stays in the title, where it is not mistaken for a link. */
export const source: Read<Source> = (value, place) => {
  const known = place.defects.length;
  const { title, address, symbol, confidence: trust } = statedSource(value, place);
  if (place.defects.length > known) return defect(place, 'is not a source');
  const link = address && /^https?:\/\/./.test(address);
  return {
    title: address && !link ? `${title} (${address})` : title,
    ...(link && { address }),
    ...(symbol && { symbol }),
    confidence: trust,
  };
};

export const sources = listOf(source, { least: 1 });

/** The rows of a list that are sound. What is wrong with the others goes to `defects`, under the id that they give. */
export function rowsOf<T>(list: unknown, read: Read<T>, file: string, name: string, defects: Defect[]): T[] {
  if (!Array.isArray(list)) throw new BrokenEdition([{ file, id: name, field: name, reason: 'is not a list' }]);
  return list.flatMap((row: unknown, n) => {
    const found: Defect[] = [];
    const sound = read(row, { file, id: idOf(row) ?? `${name}[${n}]`, field: '', defects: found });
    defects.push(...found);
    return found.length ? [] : [sound];
  });
}

function idOf(row: unknown): string | undefined {
  if (row === null || typeof row !== 'object') return undefined;
  const { id, code } = row as { id?: unknown; code?: unknown };
  return typeof id === 'string' ? id : typeof code === 'string' ? code : undefined;
}
