import { describe, expect, it } from '@jest/globals';
import { edtf, precisionOf } from '#reporting';
import type { TimelineEntry } from '#views';
import { markupOf } from './html.js';
import { timelineDrawing } from './timeline-drawing.js';

type Action = NonNullable<TimelineEntry['action']>;
type More = Partial<Omit<TimelineEntry, 'action'>> & { readonly action?: Partial<Action> };

function started(date: string, { action, ...more }: More = {}): TimelineEntry {
  return {
    organization: 'example-registry',
    kind: 'action-started',
    date: edtf(date),
    precision: precisionOf(edtf(date)),
    title: 'Example action',
    action: {
      action: 'EX-1',
      role: 'lead',
      lead: 'example-registry',
      partners: [],
      status: 'COMPLETED',
      track: 'EC',
      scope: 'POLICY',
      counted: true,
      issues: [],
      groups: [],
      ...action,
    },
    confidence: 'found',
    sequence: 7,
    why: [7],
    ...more,
  };
}

function told(date: string, kind: TimelineEntry['kind'], more: Partial<TimelineEntry> = {}): TimelineEntry {
  const { action: _, ...entry } = started(date);
  return { ...entry, kind, ...more };
}

const draw = (...entries: TimelineEntry[]) => markupOf(timelineDrawing({ entries, name: 'ER', until: 2009 }));

// Ten years from 2000 to the end of 2009 over 700 units: a year is 70 wide.
const ANCHOR = told('2000-06-15', 'marked-relevant', { title: 'Anchor' });

/** Bars of the entry that stands second, after the anchor of the scale. */
function bars(entry: TimelineEntry): { x: number; width: number; fill: string | undefined }[] {
  const mark = markOf(1, draw(ANCHOR, entry));
  return [...mark.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="6"(?:\s+fill="([^"]+)")?/g)].map(
    ([, x, width, fill]) => ({ x: Number(x), width: Number(width), fill }),
  );
}

const markOf = (n: number, markup: string) => new RegExp(`<a [^>]*href="#e${n}">.*?</a>`, 's').exec(markup)?.[0] ?? '';

describe('the drawing of an action', () => {
  it('from year to year is soft over both years and solid between them', () => {
    expect(bars(started('2002', { action: { endedOn: edtf('2005') } }))).toEqual([
      { x: 150, width: 70, fill: 'url(#lead-rise)' },
      { x: 220, width: 140, fill: undefined },
      { x: 360, width: 70, fill: 'url(#lead-fall)' },
    ]);
  });

  it('from month to month is soft over those months only', () => {
    const [rise, solid, fall] = bars(started('2002-07', { action: { endedOn: edtf('2005-01') } }));
    expect(rise).toMatchObject({ x: 185, width: 5.8 });
    expect(solid).toMatchObject({ fill: undefined });
    expect(fall).toMatchObject({ x: 360, width: 5.8 });
  });

  it('from day to day is solid with two sharp ends', () => {
    const entry = started('2002-01-01', { action: { endedOn: edtf('2004-12-31') } });
    expect(bars(entry)).toMatchObject([{ fill: undefined }]);
    expect(markOf(1, draw(ANCHOR, entry)).match(/height="10"/g)).toHaveLength(2);
  });

  it('of one day is a point, and no bar', () => {
    const entry = started('2005-07-02', { action: { endedOn: edtf('2005-07-02') } });
    expect(bars(entry)).toEqual([]);
    expect(markOf(1, draw(ANCHOR, entry))).toContain('<circle class="point" cx="395"');
  });

  it('that goes on fades at the right edge', () => {
    const [, , fall] = bars(started('2002', { action: { status: 'ONGOING' } }));
    expect(fall).toEqual({ x: 640, width: 70, fill: 'url(#lead-fall)' });
  });

  it('of which nobody knows the end fades after its start', () => {
    const [, fall] = bars(started('2002', { action: { status: 'UNVERIFIED' } }));
    expect(fall).toEqual({ x: 220, width: 70, fill: 'url(#lead-fall)' });
  });

  it('that is recalled is broken, and says so in words', () => {
    const mark = markOf(1, draw(ANCHOR, started('2002', { confidence: 'recalled', action: { status: 'ONGOING' } })));
    expect(mark).toContain('url(#gaps)');
    expect(mark).toContain('Recalled, to be verified');
  });

  it.each<[string, Partial<Action>, string]>([
    ['it leads', {}, 'Actions it leads'],
    ['of others', { role: 'partner' }, 'Actions of others in which it takes part'],
    ['that does not count', { track: 'IGF', counted: false }, 'Shown, and not counted for paragraph 71'],
  ])('%s stands in a lane that says so', (_, action, lane) => {
    const markup = draw(started('2002', { action }));
    expect([...markup.matchAll(/class="lane"[^>]*>([^<]+)/g)].map(([, title]) => title)).toEqual([lane]);
  });

  it('that was recorded in error, or that only ends, draws nothing of its own', () => {
    const error = started('2002', { action: { inError: true } });
    const end = started('2005', { kind: 'action-ended' });
    const markup = draw(ANCHOR, error, end);
    expect(markOf(1, markup) + markOf(2, markup)).toBe('');
  });
});

describe('a request and its answer', () => {
  const report = { series: 'ec-performance', year: 2008 };
  const markup = draw(
    told('2008-03', 'report-requested', { report }),
    told('2008-10-06', 'answered-by-letter', { report }),
  );

  it('stand in a lane of their own, as marks of different shapes', () => {
    const shapes = [0, 1].map((n) => /class="point" d="M[\d.]+ [\d.]+(\S+ ?\S*)"/.exec(markOf(n, markup))?.[1]);
    expect(new Set(shapes).size).toBe(2);
    expect(markup).toContain('Asked: annual performance report 2008');
    expect(markup).toContain('Answered: annual performance report 2008');
  });
});

describe('labels', () => {
  it('never lie over one another, however many there are', () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      started(`${2000 + (n % 10)}-0${1 + (n % 9)}`, {
        title: `Action ${'x'.repeat(n)}`,
        action: { endedOn: edtf('2009-12') },
      }),
    );
    const boxes = [...draw(...many).matchAll(/class="hit"\s+x="([\d.]+)"\s+y="(\d+)"\s+width="([\d.]+)"/g)].map(
      ([, x, y, width]) => ({ from: Number(x), to: Number(x) + Number(width), y }),
    );
    expect(boxes).toHaveLength(60);
    for (const [n, a] of boxes.entries()) {
      for (const b of boxes.slice(n + 1)) expect(a.y !== b.y || a.to < b.from || b.to < a.from).toBe(true);
    }
  });

  it('are cut between letters as people see them', () => {
    const markup = draw(started('2002', { title: '👩🏽‍🚀'.repeat(60), action: { endedOn: edtf('2002') } }));
    expect(/<text x="[^"]+" y="[^"]+"\s*>([^<]+)…<\/text>/.exec(markup)?.[1]).toBe('👩🏽‍🚀'.repeat(47));
  });
});

it('tells its years and what it holds to those who cannot see it', () => {
  const markup = draw(ANCHOR, started('2002'));
  expect(markup).toContain('<title id="drawing-title">Timeline of ER, 2000 to 2009</title>');
  expect(markup).toContain('2 marks in 2 lanes');
});

it('is not there where nothing is on record', () => {
  expect(timelineDrawing({ entries: [], name: 'ER', until: 2009 })).toBe(false);
});
