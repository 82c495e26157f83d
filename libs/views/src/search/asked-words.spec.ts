import { describe, expect, it } from '@jest/globals';
import { askedWords, matchOf } from './asked-words.js';

const asked = (text: string) => matchOf(askedWords(text));

describe('What somebody types', () => {
  it('is words of which all have to be there', () => {
    expect(asked('Enhanced  cooperation')).toBe('"enhanced" AND "cooperation"');
  });

  it('is a phrase in quotation marks, of whatever kind', () => {
    expect(asked('"enhanced cooperation" 2008')).toBe('"enhanced cooperation" AND "2008"');
    expect(asked('«réseau mondial»')).toBe('"reseau mondial"');
    expect(asked('“open list”')).toBe('"open list"');
  });

  it('is a phrase where one word is made of several', () => {
    expect(asked('multi-stakeholder 域名')).toBe('"multi stakeholder" AND "域 名"');
  });

  it('is the beginning of a word where a star ends it', () => {
    expect(asked('dns* "open li"* multi-st*')).toBe('"dns" * AND "open li" * AND "multi st" *');
    expect(asked('d*s *dns')).toBe('"d s" AND "dns"');
  });

  it('holds no sign that a database reads', () => {
    expect(asked('title:x NEAR(a b) -c ^d {e} f+g "h')).toBe(
      '"title x" AND "near a" AND "b" AND "c" AND "d" AND "e" AND "f g" AND "h"',
    );
    expect(asked("'; DROP TABLE entry; --")).toBe('"drop" AND "table" AND "entry"');
    expect(asked('a OR b AND NOT c')).toBe('"a" AND "or" AND "b" AND "and" AND "not" AND "c"');
  });

  it('is nothing where there is no word in it', () => {
    for (const text of ['', ' ', '*', '"" * -', '…☃', '\u0000']) expect(askedWords(text)).toEqual([]);
  });
});
