import { describe, expect, it } from '@jest/globals';
import { originalName } from './original-name.js';

describe('the name that a file had', () => {
  it.each([
    'Annual report 2008.pdf',
    'Rapport annuel – été.pdf',
    'تقرير.pdf',
    '報告.docx',
    "Robert'); DROP TABLE.csv",
    'eicar.com.txt',
  ])('%s is kept as it is', (name) => expect(originalName(name)).toBe(name.normalize('NFC')));

  it('is kept in its composed form', () => expect(originalName('e\u0301te\u0301.pdf')).toBe('\u00e9t\u00e9.pdf'));

  it.each([
    ['../../etc/passwd.txt', /names a folder/],
    ['..\\..\\boot.txt', /names a folder/],
    ['/etc/report.pdf', /names a folder/],
    ['..', /names a folder/],
    ['', /is empty/],
    ['   ', /is empty/],
    [' report.pdf', /blank/],
    ['report\u202efdp.txt', /direction/],
    ['report\u2066.pdf', /direction/],
    ['report\u200f.pdf', /direction/],
    ['report\u0000.pdf', /control/],
    ['report\r\nX-Evil: 1.pdf', /control/],
    ['report\u200b.pdf', /control/],
    ['report\ud800.pdf', /control/],
    [`${'é'.repeat(126)}.pdf`, /more than 255 bytes/],
  ])('is not %j', (name, why) => expect(() => originalName(name)).toThrow(why));

  it('may have 255 bytes', () => expect(originalName(`${'a'.repeat(251)}.pdf`)).toHaveLength(255));
});
