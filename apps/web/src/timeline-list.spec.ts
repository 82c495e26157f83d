import { describe, expect, it } from '@jest/globals';
import { edtf } from '#reporting';
import type { TimelineEntry } from '#views';
import { markupOf } from './html.js';
import { organizationsNamedIn, timelineList } from './timeline-list.js';

const shown = { sequence: 9, isPast: false };
const entry = (kind: TimelineEntry['kind'], more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  organization: 'example-registry',
  kind,
  date: edtf('2009-10'),
  precision: 'month',
  title: 'Example action',
  sequence: 7,
  why: [7],
  ...more,
});
const unionLink = /<a href="\/organizations\/example-union"\s*><bdi>Example Union<\/bdi><\/a\s*>/;
const names = new Map([['example-union', { name: 'Example Union' }]]);
const listed = (each: TimelineEntry) => markupOf(timelineList([each], names, shown));

describe('The list of a timeline', () => {
  it.each(['partnership-confirmed', 'partnership-disputed'] as const)(
    'names whose part it is, where it is a %s',
    (kind) => {
      const silent = listed(entry(kind, { detail: 'example-union' }));
      expect(silent).toMatch(unionLink);
      expect(silent).not.toContain('>example-union');
      const saying = listed(entry(kind, { detail: 'example-union: We paid: half' }));
      expect(saying).toMatch(new RegExp(`${unionLink.source}: We paid: half<`));
      expect(listed(entry(kind, { detail: 'example-forum: We paid' }))).toContain('<bdi>example-forum</bdi>: We paid');
    },
  );

  it('asks for the names of all organizations in it, also of one that is no partner any more', () => {
    const entries = [
      entry('partnership-disputed', { detail: 'example-union: We did not' }),
      entry('merged-into', { title: 'example-forum' }),
      entry('renamed', { title: 'Example', detail: 'example-society: a text' }),
    ];
    expect(organizationsNamedIn(entries)).toEqual(['example-union', 'example-forum']);
  });
});
