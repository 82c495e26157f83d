import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wordsIn, wordsOf } from './words.js';

const same = (a: string, b: string) => expect(wordsOf(a)).toBe(wordsOf(b));

describe('The words of a text', () => {
  it('are compared without case and accents, whoever wrote them', () => {
    same('Coopération RENFORCÉE', 'cooperation renforcee');
    same('Zażółć', 'zazolc');
    same('Ёлка и Йод', 'елка и иод');
    same('Straße', 'STRASSE');
    same('ﬁle ５', 'file 5');
  });

  it('of Arabic are the same with and without vowel signs, strokes, article and conjunction', () => {
    same('وَحَوكَمَة الإنترنت', 'حوكمة انترنت');
    same('إدارة', 'اداره');
    same('الـــدولي', 'دولي');
  });

  it('of scripts without spaces are their letters, so that a part of a run is found', () => {
    expect(wordsOf('互联网域名 and 域')).toBe('互 联 网 域 名 and 域');
    expect(wordsOf('ドメイン')).toBe('ド メ イ ン');
    expect(wordsOf('한국어 도메인')).toBe('한국어 도메인');
  });

  it('are parted by whatever is no letter, digit or mark', () => {
    expect(wordsOf("l'Internet, multi-stakeholder (2008/09) a_b")).toBe('l internet multi stakeholder 2008 09 a b');
    expect(wordsOf('हिन्दी')).toBe('हिन्दी');
    expect(wordsOf('“…” — ☃ ')).toBe('');
  });

  it('stand where they say, in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const words = wordsIn(text);
        expect(words.map(({ word }) => word).join(' ')).toBe(wordsOf(text));
        for (const { word, start, end } of words) expect(wordsOf(text.slice(start, end))).toBe(word);
        expect(words.every(({ start }, n) => n === 0 || start >= words[n - 1]!.end)).toBe(true);
      }),
    );
  });

  it('are the same when they are taken for a text again', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(wordsOf(text.toLowerCase())).toBe(wordsOf(text))));
  });
});
