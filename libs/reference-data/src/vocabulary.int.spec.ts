import { describe, expect, it } from '@jest/globals';
import { edtf } from '#reporting';
import { CURRENT_FORM, FREE_FORM, codeLists, labelOf, vocabularies, vocabulary, vocabularyOf } from './vocabulary.js';
import { seriesOfStream, streamOfSeries } from './series.js';

describe('the vocabulary', () => {
  it('names its edition', () => expect(vocabulary.version).toBe('2025-12-31/1'));

  it('tells codes that are in use from codes that nobody knows', () => {
    expect(vocabulary.has('policyIssues', 'INF-05')).toBe('current');
    expect(vocabulary.has('policyIssues', 'INF-99')).toBe('unknown');
    expect(vocabulary.has('stakeholderGroups', 'INF-05')).toBe('unknown');
  });

  it('tells a retired code', () => {
    const visions = codeLists.visions.map((vision) => ({ ...vision, retired: edtf('2026-01-01') }));
    const later = vocabularyOf({ ...vocabularies, lists: { ...codeLists, visions } });
    expect(later.has('visions', 'EVOLUTION')).toBe('retired');
  });

  it('asks for the required sections of the form, in its order', () => {
    const required = ['S01', 'S02', 'S04', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17'];
    expect(vocabulary.requiredSections(CURRENT_FORM)).toEqual(required);
    expect(vocabulary.requiredSections('another')).toEqual(required);
    expect(vocabulary.requiredSections(FREE_FORM)).toEqual([]);
  });

  it('has a label, a description and a source for every code', () => {
    expect(labelOf('tracks', 'EC')).toBe('Enhanced cooperation');
    expect(labelOf('tracks', 'XX')).toBe('XX');
    for (const entry of Object.values(codeLists).flat()) {
      expect(entry.sources.length).toBeGreaterThan(0);
    }
  });

  it('knows the series of every stream, both ways', () => {
    for (const { code } of codeLists.reportStreams) expect(streamOfSeries(seriesOfStream(code).slug)).toBe(code);
    expect(streamOfSeries('example-series')).toBeUndefined();
    expect(() => seriesOfStream('EXAMPLE')).toThrow('No series is known for the stream EXAMPLE');
  });
});
