import { describe, expect, it } from '@jest/globals';
import { IsBoolean, IsInt } from 'class-validator';
import { DatedFields, SourceFields } from './evidence-fields.js';
import { faultsOf } from './faults.js';
import {
  IsActionId,
  IsAddress,
  IsCodes,
  IsEdtf,
  IsLine,
  IsLines,
  IsOrganizationId,
  IsPersonId,
  IsProse,
  IsSeries,
  Nested,
  NestedList,
  nestedIn,
  Optional,
} from './fields.js';

class Sample {
  @Optional() @IsLine(5) line?: string;
  @Optional() @IsLines(2, 5) lines?: string[];
  @Optional() @IsProse(20) prose?: string;
  @Optional() @IsEdtf() edtf?: string;
  @Optional() @IsAddress() address?: string;
  @Optional() @IsOrganizationId() organization?: string;
  @Optional() @IsSeries() series?: string;
  @Optional() @IsActionId() action?: string;
  @Optional() @IsPersonId() person?: string;
  @Optional() @IsCodes(3) codes?: string[];
  @Optional() @Nested(() => DatedFields) dated?: DatedFields;
  @Optional() @NestedList(() => SourceFields, { min: 1, max: 2 }) sources?: SourceFields[];
  @Optional() @IsInt() whole?: number;
  @Optional() @IsBoolean() yes?: boolean;
}

class Demanding {
  @Nested(() => DatedFields) dated!: DatedFields;
}

const fieldsAtFault = (sent: unknown) => [...new Set(faultsOf(Sample, sent).map((fault) => fault.field))];
const source = { title: 'Letter', confidence: 'found' };

/** A left-to-right mark, an override, an isolate, a byte order mark, NUL, escape, C1, line separator, half a pair. */
const NEVER_IN_A_LINE = '\u200e \u202e \u2066 \ufeff \u0000 \u001b \u0085 \u2028 \ud800 \n \t'.split(' ');

describe('A line', () => {
  it.each(NEVER_IN_A_LINE)('does not hold %j', (character) => {
    expect(fieldsAtFault({ line: `a${character}b` })).toEqual(['line']);
    expect(fieldsAtFault({ lines: ['a', `a${character}b`] })).toEqual(['lines']);
  });

  it.each(['Ünïon', 'اتحاد', '連合', '🌍🌍🌍🌍🌍'])('holds %s', (line) => {
    expect(faultsOf(Sample, { line })).toEqual([]);
  });

  it('is not empty, blank or invisible, and has a limit', () => {
    for (const line of ['', '   ', '\u200b\u00ad', 'abcdef']) expect(fieldsAtFault({ line })).toEqual(['line']);
  });
});

describe('A text of several lines', () => {
  it('has lines, tabs, and the marks that right-to-left scripts need', () => {
    expect(faultsOf(Sample, { prose: 'a\n\tb\r\n\u200fc\u200d' })).toEqual([]);
  });

  it.each(['\u202e', '\u2067', '\u0000', '\u0007', '\u009f', '\udc00'])('does not hold %j', (character) => {
    expect(fieldsAtFault({ prose: `a${character}b` })).toEqual(['prose']);
  });
});

describe('A field', () => {
  it('may be left out where it is optional, and is never null', () => {
    expect(faultsOf(Sample, {})).toEqual([]);
    for (const field of Object.keys(new Sample())) expect(fieldsAtFault({ [field]: null })).toEqual([field]);
  });

  it.each([
    ['edtf', '2008-02-30'],
    ['edtf', '2008-10-06T09:00:00Z'],
    ['edtf', 2008],
    ['address', 'javascript:alert(1)'],
    ['address', 'ftp://registry.example/letter'],
    ['address', 'registry.example/letter'],
    ['address', 'https://registry.example/\u202egpj.exe'],
    ['address', 'https://registry.example/\u0007letter'],
    ['address', 'https://registry.example@elsewhere.example/letter'],
    ['address', 'https://erin:secret@registry.example/letter'],
    ['address', 'https://@registry.example/letter'],
    ['address', 'https://registry.example\\@elsewhere.example/letter'],
    ['address', 'https://registry.example/letter\\..\\other'],
    ['address', `https://registry.example/${'a'.repeat(2_000)}`],
    ['organization', 'Example Registry'],
    ['organization', 'a'.repeat(81)],
    ['organization', 'example-registry\n'],
    ['series', 'ec-2008'],
    ['action', 'act-0001'],
    ['person', '../person'],
    ['codes', ['A', 'A']],
    ['codes', ['A', 'B', 'C', 'D']],
    ['codes', ['A', '']],
    ['codes', ['A', null]],
    ['codes', 'A'],
    ['codes', { 0: 'A' }],
    ['whole', 1.5],
    ['whole', '1'],
    ['yes', 'true'],
  ])('%s is not %j', (field, value) => expect(fieldsAtFault({ [field]: value })).toEqual([field]));

  it.each([
    ['edtf', '2008-10'],
    ['address', 'https://registry.example/letter?year=2008#top'],
    ['address', 'https://registry.example/@erin?to=erin@registry.example'],
    ['organization', 'example-registry'],
    ['series', 'ec-performance'],
    ['action', 'ACT-0001'],
    ['person', '018f4a52-6b1e-7cc4-9d0e-2f6f3a4b5c6d'],
    ['codes', ['INF-05', 'CONTROVERSIAL']],
  ])('%s may be %j', (field, value) => expect(faultsOf(Sample, { [field]: value })).toEqual([]));
});

describe('What is nested', () => {
  it('is an object, present unless it is optional', () => {
    for (const dated of [null, '2008', 2008, [], [{ date: '2008' }]]) {
      expect(fieldsAtFault({ dated })).toContain('dated');
    }
    expect(faultsOf(Demanding, {}).map((fault) => fault.field)).toEqual(['dated']);
  });

  it('is a list of objects, and not of lists', () => {
    expect(faultsOf(Sample, { sources: [source] })).toEqual([]);
    for (const sources of [null, source, [], [null], [[source]], ['Letter'], [source, source, source]]) {
      expect(fieldsAtFault({ sources })).toContain('sources');
    }
  });

  it('can be asked for by the name of its field', () => {
    expect(nestedIn(Sample, 'dated')).toBe(DatedFields);
    expect(nestedIn(Sample, 'sources')).toBe(SourceFields);
    expect(nestedIn(Sample, 'line')).toBeUndefined();
  });
});

describe('A fault', () => {
  it('says where', () => {
    const sent = { sources: [source, { ...source, title: '' }], dated: { date: '2008', confidence: 'sure' } };
    expect(fieldsAtFault(sent)).toEqual(['dated.confidence', 'sources[1].title']);
  });

  it('is a field that nobody asked for, at any depth', () => {
    expect(fieldsAtFault({ dated: { date: '2008', precision: 'year' }, 'odd name': 1 })).toEqual([
      '["odd name"]',
      'dated.precision',
    ]);
  });

  it.each(['constructor', 'hasOwnProperty', '__proto__', 'toString'])('is a field called %s', (name) => {
    expect(fieldsAtFault(JSON.parse(`{"${name}": {"a": 1}}`))).toEqual([name]);
    expect(fieldsAtFault(JSON.parse(`{"dated": {"date": "2008", "${name}": 1}}`))).toEqual([`dated.${name}`]);
  });

  it.each([null, undefined, 'text', 1, true, []])('is %j in place of the whole', (sent) => {
    expect(fieldsAtFault(sent)).toEqual(['']);
  });
});
