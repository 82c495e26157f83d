import { Type } from 'class-transformer';
import {
  IsArray,
  IsDate,
  IsIn,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMMANDS, faultsOf, RecordAction, SubmitReport } from '#commands';
import { bodySchemaOf, type FieldsClass, type JsonSchema, schemaOf } from './command-schema.js';
import { firstFaultOf } from './compiled-check.js';

describe('the schema of a command', () => {
  it('says what the decorators say', () => {
    expect(schemaOf(SubmitReport)).toEqual({
      title: 'SubmitReport',
      type: 'object',
      properties: expect.objectContaining({
        year: { type: 'integer', minimum: 1900, maximum: 2200 },
        signatory: expect.objectContaining({ type: 'string', minLength: 1, format: 'line' }),
        on: { type: 'string', format: 'edtf' },
        consentToBeCited: { enum: ['by-name', 'without-name', 'not-at-all'] },
      }),
      required: expect.not.arrayContaining(['reservation', 'given']),
      additionalProperties: false,
    });
  });

  it('nests the schemas of nested fields', () => {
    expect(schemaOf(RecordAction).properties).toMatchObject({
      scope: { title: 'ScopeFields', required: ['test'] },
      sources: { type: 'array', minItems: 1, items: { title: 'SourceFields', additionalProperties: false } },
    });
  });

  it('leaves out of the body what stands in the address', () => {
    const { properties, required } = bodySchemaOf(SubmitReport, ['series', 'year', 'organization']);
    expect(Object.keys(properties).sort()).toEqual([
      'consentToBeCited',
      'declaration',
      'on',
      'reservation',
      'signatory',
    ]);
    expect(required).not.toContain('year');
  });

  it.each(Object.entries(COMMANDS))('can be compiled for %s', (_, command) => {
    expect(firstFaultOf(command, undefined)).toMatchObject({ keyword: 'type' });
  });
});

describe('a decorator that cannot be said in JSON Schema', () => {
  class Other {
    @IsString() name!: string;
  }
  class Unknown {
    @IsDate() field!: Date;
  }
  class LetsNullThrough {
    @IsOptional() @IsString() field?: string;
  }
  class LetsOneThrough {
    @IsString({ each: true }) field!: string[];
  }
  class LetsListsThrough {
    @ValidateNested() @Type(() => Other) field!: Other;
  }
  class SaysNothing {
    @IsNotEmpty() field!: string;
  }
  class IgnoresCase {
    @Matches(/a/i) field!: string;
  }
  class Rounds {
    @IsNumber({ maxDecimalPlaces: 2 }) field!: number;
  }
  class Contradicts {
    @IsArray() @IsString() field!: string;
  }

  it.each([
    [Unknown, 'isDate has no equivalent'],
    [LetsNullThrough, 'must let undefined through, and nothing else but null'],
    [LetsOneThrough, 'nothing says what type it has'],
    [LetsListsThrough, 'lets lists through'],
    [SaysNothing, 'nothing says what type it has'],
    [IgnoresCase, 'without flags'],
    [Rounds, 'no options'],
    [Contradicts, 'different types'],
  ])('is an error that names the field: %p', (of, reason) => {
    expect(() => schemaOf(of)).toThrow(`${of.name}.field: `);
    expect(() => schemaOf(of)).toThrow(reason);
  });
});

describe('the compiled check and class-validator', () => {
  class Texts {
    @IsString() @IsNotEmpty() @MaxLength(4) field!: string;
    @IsIn(['a', 1, null]) choice!: unknown;
  }

  it.each(['', 'abcd', 'abcde', '😀😀😀😀', '😀😀😀😀😀', 'abcd\ufe0f', 'a\ufe0fb\ufe0fc\ufe0fd\ufe0f', '\ufe0f'])(
    'count the characters of %p alike',
    (field) => expectSameVerdict(Texts, { field, choice: 1 }),
  );

  it.each(Object.entries(COMMANDS))('judge every body of %s alike', (_, of) => {
    fc.assert(
      fc.property(valid(schemaOf(of)), (sent) => {
        expect(faultsOf(of, sent)).toEqual([]);
        expectSameVerdict(of, sent);
      }),
      { numRuns: 20 },
    );
    fc.assert(
      fc.property(valid(schemaOf(of)), fc.nat(), mutations, (sent, where, mutate) => {
        const mutant = structuredClone(sent) as object;
        mutate(places(mutant), where);
        expectSameVerdict(of, mutant);
      }),
      { numRuns: 60 },
    );
  });
});

function expectSameVerdict(of: FieldsClass, sent: unknown): void {
  const faults = faultsOf(of, sent);
  expect({ sent, faults, refused: firstFaultOf(of, sent) !== undefined }).toEqual({
    sent,
    faults,
    refused: faults.length > 0,
  });
}

const SAMPLES = [
  'example-registry',
  'ec-performance',
  'ACT-0001',
  'S04',
  'en',
  'form-1',
  'a',
  '0'.repeat(64),
  '2.4',
].concat('2008-10-06T09:00:00.000Z', '7d5b4f0e-2a43-5f1c-8a55-0d9f2f0c1b11');
const TEXTS = ['A title', 'Ünïcödé', '日本語', '😀', 'a\ufe0f', 'é', 'عربي'];
const BY_FORMAT: Readonly<Record<string, readonly string[]>> = {
  edtf: ['2008', '2008-10', '2008-02-29'],
  uri: ['https://example.org/a?b=c', 'http://example.org'],
  line: TEXTS,
  prose: [...TEXTS, 'Two\nlines\tand a tab'],
};

/** Bodies that a schema allows. */
function valid(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valid));
  const { minimum = -1e6, maximum = 1e6, minItems = 0, maxItems = 3, properties = {}, required = [] } = schema;
  switch (schema.type) {
    case 'object': {
      const members = Object.entries(properties).map(([name, member]) => [name, valid(member)] as const);
      return fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
    }
    case 'array': {
      const size = { minLength: minItems, maxLength: Math.min(maxItems, minItems + 2) };
      const items = valid(schema.items ?? {});
      return schema.uniqueItems ? fc.uniqueArray(items, size) : fc.array(items, size);
    }
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string': {
      const pattern = new RegExp(schema.pattern ?? '');
      return fc.constantFrom(...(BY_FORMAT[schema.format ?? ''] ?? SAMPLES).filter((text) => pattern.test(text)));
    }
    default:
      throw new Error(`No sample for ${JSON.stringify(schema)}`);
  }
}

interface Spot {
  readonly of: Record<string, unknown>;
  readonly key: string;
}

function places(value: unknown): Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  const of = value as Record<string, unknown>;
  return Object.keys(of).flatMap((key) => [{ of, key }, ...places(of[key])]);
}

const OTHER_TYPES: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  1e300,
  true,
  [],
  {},
  [[]],
  [{}],
  [null],
  ['a', 'a'],
  { a: 1 },
];
/** The bounds that the fields have, and the first number beyond. */
const BOUNDS = [1, 10, 20, 30, 40, 50, 100, 200, 300, 1900, 2000, 2200, 5000, 20_000].flatMap((n) => [n - 1, n, n + 1]);
const LONG_TEXTS = [...BOUNDS.map((n) => 'a'.repeat(n)), '😀'.repeat(201), 'é\ufe0f'.repeat(300)];
const OTHER_DATES = ['2008-13', '2009-02-29', '20081006', '١٩٩٩'];
const OTHER_LINKS = ['javascript:alert(1)', 'ftp://a.b', 'https://example.org/\u202e'];
const OTHER_NAMES = ['UPPER', 'constructor', 'en-', 'S4', 'act-1'];
const UNSEEN = ['', ' ', 'a\u0000b', '\u202eb', '\u2028', '\u200b', 'a\nb'];
const hostile = fc.constantFrom(
  ...OTHER_TYPES,
  ...BOUNDS,
  ...LONG_TEXTS,
  ...OTHER_DATES,
  ...OTHER_LINKS,
  ...OTHER_NAMES,
  ...UNSEEN,
);

/** Breaks one thing somewhere in a body; sometimes it stays whole. */
const mutations = fc.oneof(
  hostile.map((value) => (spots: Spot[], where: number) => {
    const spot = spots[where % spots.length];
    if (spot) spot.of[spot.key] = value;
  }),
  fc.constant((spots: Spot[], where: number) => {
    const spot = spots[where % spots.length];
    if (spot && !Array.isArray(spot.of)) delete spot.of[spot.key];
  }),
  fc.constantFrom('unknown', 'hasOwnProperty', 'given', '').map((name) => (spots: Spot[], where: number) => {
    const spot = spots[where % spots.length];
    if (spot && !Array.isArray(spot.of)) spot.of[name] = 'x';
  }),
  fc.constantFrom(...BOUNDS.filter((size) => size > 0 && size < 400)).map((size) => (spots: Spot[], where: number) => {
    const lists = spots.map((spot) => spot.of[spot.key]).filter((value): value is unknown[] => Array.isArray(value));
    const list = lists[where % (lists.length || 1)];
    // Members that differ, so that it is the length that counts.
    while (list && list.length < size) list.push(typeof list[0] === 'object' ? list[0] : `a${list.length}`);
  }),
);
