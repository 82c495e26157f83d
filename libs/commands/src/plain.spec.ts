import { describe, expect, it } from '@jest/globals';
import { SourceFields } from './evidence-fields.js';
import { plain } from './plain.js';

describe('What is made plain', () => {
  it('has no class and no undefined member, at any depth', () => {
    const source = Object.assign(new SourceFields(), { title: 'Letter', confidence: 'found' as const });
    const copy = plain({ sources: [source], note: undefined });
    expect(Object.keys(copy)).toEqual(['sources']);
    expect(Object.keys(copy.sources[0]!)).toEqual(['title', 'confidence']);
    expect(Object.getPrototypeOf(copy.sources[0])).toBe(Object.prototype);
  });

  it('is a copy', () => {
    const source = { title: 'Letter' };
    const copy = plain({ source });
    source.title = 'Another letter';
    expect(copy).toEqual({ source: { title: 'Letter' } });
  });

  it('keeps null, false, 0 and the empty text', () => {
    expect(plain({ a: null, b: false, c: 0, d: '', e: [] })).toEqual({ a: null, b: false, c: 0, d: '', e: [] });
  });
});
