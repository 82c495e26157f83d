import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { askedWords } from './asked-words.js';
import { marked, type Piece, snippetOf } from './marked-text.js';

const shown = (pieces: readonly Piece[]) => pieces.map(({ text, marked: is }) => (is ? `[${text}]` : text)).join('');
const mark = (text: string, q: string) => shown(marked(text, askedWords(q)));
const snippet = (text: string, q: string) => shown(snippetOf(text, askedWords(q)));

describe('A text in pieces', () => {
  it('marks words as they are written, and not as they were typed', () => {
    expect(mark('La Coopération renforcée', 'cooperation')).toBe('La [Coopération] renforcée');
    expect(mark('إدارة الإنترنت', 'انترنت')).toBe('إدارة [الإنترنت]');
  });

  it('marks a phrase as one, and nothing of it where it is not whole', () => {
    expect(mark('open lists, an open-list of open things', '"open list"')).toBe(
      'open lists, an [open-list] of open things',
    );
    expect(mark('互联网域名', '域名')).toBe('互联网[域名]');
  });

  it('marks the whole of a word that begins so', () => {
    expect(mark('DNS and DNSSEC', 'dns*')).toBe('[DNS] and [DNSSEC]');
  });

  it('marks what two phrases share once', () => {
    expect(mark('a b c', '"a b" "b c"')).toBe('[a b c]');
  });

  it('shows the part in which most of what was looked for stands', () => {
    const far = `${'Nothing of that. '.repeat(30)}An open list of open delegations. ${'Nor of that. '.repeat(30)}`;
    const found = snippet(`Open. ${far}`, 'open');
    expect(found).toContain('An [open] list of [open] delegations.');
    expect(found).toMatch(/^….*…$/s);
    expect(snippet(far, 'other').startsWith('Nothing of that')).toBe(true);
  });

  // A question may hold many words, and a text thousands: what is dear here holds everybody up, once for each hit.
  it('takes no longer where a text says little else, or a question the same again and again', () => {
    const took = (text: string, q: string) => {
      const began = performance.now();
      for (let n = 0; n < 20; n++) snippet(text, q);
      return performance.now() - began;
    };
    const letters = Array.from({ length: 10_000 }, (_, n) => String.fromCharCode(97 + (n % 26))).join(' ');
    const usual = took(letters, 'other');
    expect(took('a '.repeat(10_000), 'a')).toBeLessThan(1_000 + 4 * usual);
    expect(took('a '.repeat(10_000), 'a '.repeat(90))).toBeLessThan(1_000 + 4 * usual);
    expect(took(letters, letters.slice(0, 51))).toBeLessThan(1_000 + 4 * usual);
  });

  it('is no longer than what is shown, whatever the text, and says nothing else', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), fc.string({ minLength: 1, maxLength: 5 }), (text, q) => {
        const phrases = askedWords(q);
        expect(
          marked(text, phrases)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
        const pieces = snippetOf(text, phrases);
        const all = pieces.map((piece) => piece.text).join('');
        expect(all.length).toBeLessThanOrEqual(Math.max(242, 0));
        expect(text).toContain(all.replace(/^…(?=.)/s, '').replace(/…$/, ''));
      }),
    );
  });
});
