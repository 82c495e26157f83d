import { describe, expect, it } from '@jest/globals';
import type { SectionDocument } from '../folds/sections.js';
import { compareSections } from './section-difference.js';

const section = (text: string, more: Partial<SectionDocument> = {}): SectionDocument => ({
  section: 'S04',
  lang: 'en',
  text,
  origin: 'written',
  revision: 3,
  why: [7],
  ...more,
});

describe('the words of a section in two years', () => {
  it('are shown as what was kept, removed and added, and together give both texts', () => {
    const [earlier, later] = ['We opened two meetings to all.', 'We opened five meetings to all groups.'];
    const [difference] = compareSections([section(earlier)], [section(later, { why: [9] })]);
    const text = (...kinds: string[]) =>
      difference!.parts
        .filter(({ kind }) => kinds.includes(kind))
        .map((part) => part.text)
        .join('');
    expect(text('kept', 'removed')).toBe(earlier);
    expect(text('kept', 'added')).toBe(later);
    expect(difference).toMatchObject({ carriedOver: { words: 5, of: 7, share: 0.714 }, why: [7, 9] });
  });

  it('that are the same are carried over whole', () => {
    const [difference] = compareSections([section('As before.')], [section('As before.', { origin: 'carried-over' })]);
    expect(difference).toMatchObject({ origin: 'carried-over', carriedOver: { words: 2, of: 2, share: 1 } });
    expect(difference!.parts).toEqual([{ kind: 'kept', text: 'As before.' }]);
  });

  it('that only one year has are shown as that year has them', () => {
    const [dropped, added] = compareSections([section('Old.')], [section('New.', { section: 'S05' })]);
    expect(dropped).toMatchObject({ section: 'S04', parts: [{ kind: 'removed', text: 'Old.' }] });
    expect(dropped).not.toHaveProperty('carriedOver');
    expect(added).toMatchObject({
      section: 'S05',
      parts: [{ kind: 'added', text: 'New.' }],
      carriedOver: { share: 0 },
    });
  });

  it('are counted as the script has them, also where it has no spaces', () => {
    const [difference] = compareSections([section('加强合作', { lang: 'zh' })], [section('加强讨论', { lang: 'zh' })]);
    expect(difference!.carriedOver).toEqual({ words: 1, of: 2, share: 0.5 });
  });

  it('in another language are another text', () => {
    const both = compareSections([section('Oui.', { lang: 'fr' })], [section('Yes.')]);
    expect(both.map(({ lang }) => lang)).toEqual(['en', 'fr']);
  });

  it('that have nothing in common are shown one after the other, however long they are', () => {
    const words = (word: string) => Array.from({ length: 6_000 }, (_, n) => `${word}${n}`).join(' ');
    const [difference] = compareSections([section(words('a'))], [section(words('b'))]);
    expect(difference!.carriedOver!.words).toBe(0);
  });
});
