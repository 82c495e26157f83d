import { describe, expect, it } from '@jest/globals';
import type { Edtf } from '#reporting';
import type { ReportDocument, VersionEntry } from '#views';
import { reportPage, type ReportView } from './report-page.js';

const day = (text: string) => text as Edtf;

const report: ReportDocument = {
  series: 'ec-performance',
  year: 2008,
  organization: 'example-registry',
  phase: 'submitted',
  status: 'ANSWERED',
  revision: 9,
  why: [3, 9],
};

const version = (number: number, more: Partial<VersionEntry> = {}): VersionEntry => ({
  version: number,
  sequence: number * 10,
  recordedAt: '2008-05-20T09:00:00.000Z',
  on: day('2008-05-20'),
  signatory: 'person-3',
  declaration: 'Complete and correct.',
  consentToBeCited: 'by-name',
  sha256: 'a'.repeat(64),
  current: false,
  published: true,
  ...more,
});

const section = { section: 'S04', lang: 'en', origin: 'written', revision: 4, why: [4] } as const;

function pageOf(more: Partial<ReportView> = {}): string {
  const view: ReportView = {
    shown: { sequence: 30, isPast: false },
    organization: { organization: 'example-registry', name: 'Example Registry' },
    answer: {
      report,
      sections: [{ ...section, text: 'We met.' }],
      citations: {},
      figures: {},
      version: 2,
      revision: 9,
      punctuality: 'not-applicable',
    },
    versions: { phase: 'submitted', versions: [version(1), version(2, { current: true })], revision: 9 },
    clarifications: [],
    assessments: { reviewers: [], criteria: [] },
    names: new Map(),
    titles: new Map(),
    documents: [],
    ...more,
  };
  return reportPage(view).body.markup.replaceAll(/\s+/g, ' ');
}

const answerOf = (more: Partial<ReportView['answer']>): ReportView['answer'] => ({
  report,
  sections: [],
  citations: {},
  figures: {},
  revision: 9,
  punctuality: 'not-applicable',
  ...more,
});

describe('The page of a report', () => {
  it('marks one version as current, whichever one is shown', () => {
    for (const shown of [1, 2]) {
      const page = pageOf({ answer: answerOf({ version: shown }) });
      expect(page.match(/>Current</g)).toHaveLength(1);
      expect(page).toMatch(new RegExp(`aria-current="page" ?>Version ${shown}<`));
    }
  });

  it('warns on an earlier version only', () => {
    expect(pageOf({ answer: answerOf({ version: 1 }) })).toContain('Version 2 has taken its place');
    expect(pageOf()).not.toContain('has taken its place');
  });

  it('gives words their language, and lets them choose their direction', () => {
    const page = pageOf({ answer: answerOf({ version: 2, sections: [{ ...section, lang: 'ar', text: 'اجتمعنا.' }] }) });
    expect(page).toContain('<p class="words" lang="ar" dir="auto"><span>اجتمعنا.</span></p>');
    expect(page).toContain('Arabic');
  });

  it('shows what people wrote as text', () => {
    const attack = '<script>alert(1)</script>';
    const page = pageOf({
      answer: answerOf({
        version: 2,
        report: { ...report, withheld: [{ version: 2, part: 'figure x', reason: attack }] },
        sections: [{ ...section, lang: '"><b>', text: attack }],
        figures: { [attack]: { value: 1, unit: attack, why: [5], revision: 5 } as never },
      }),
    });
    expect(page).not.toMatch(/<script|<b>/);
    expect(page.match(/&lt;script&gt;/g)!.length).toBeGreaterThanOrEqual(4);
  });

  it('says on top to whoever is not everybody that it is locked, and how it is opened again', () => {
    for (const reader of ['organization', 'secretariat'] as const)
      expect(pageOf({ reader })).toMatch(/signed, and locked\.<\/strong> To change it, open an amendment.*<dl/);
    const amending = answerOf({ version: 2, report: { ...report, phase: 'amending' } });
    for (const other of [pageOf(), pageOf({ reader: 'public' }), pageOf({ reader: 'organization', answer: amending })])
      expect(other).not.toContain('locked');
  });

  it('says of words of earlier years since when they have been said, and of changed ones what they took the place of', () => {
    const said = { ...section, section: 'S01', text: 'We keep it.' };
    const basedOn = { year: 2007, section: 'S01' };
    const page = (more: object) => pageOf({ answer: answerOf({ version: 2, sections: [{ ...said, ...more }] }) });
    expect(page({ origin: 'carried-over', basedOn })).toContain('carried over from 2007, and still true');
    expect(page({ origin: 'carried-over', basedOn: { ...basedOn, firstSaidIn: 2005 } })).toContain(
      'carried over from 2007, first said in 2005, and still true',
    );
    expect(page({ basedOn })).toContain('changed from what was said in 2007');
    expect(page({})).not.toMatch(/carried over|changed from/);
  });

  it('says of a withdrawn report that what was said is not upheld', () => {
    const withdrawn = { ...report, phase: 'withdrawn' as const, withdrawal: { reason: 'Sent in error' } };
    const page = pageOf({ answer: answerOf({ version: 1, report: withdrawn }) });
    expect(page).toContain('This report was withdrawn.');
    expect(page).toContain('Sent in error');
  });

  it('says that figures and citations are withheld where there is none left to show', () => {
    const withheld = [
      { version: 2, part: 'figure countries', reason: 'Not theirs to tell' },
      { version: 2, part: 'action EX-1', reason: 'Names a person' },
    ];
    const page = pageOf({ answer: answerOf({ version: 2, report: { ...report, withheld } }) });
    expect(page).toContain('The figure <bdi>countries</bdi> is withheld.');
    expect(page).toContain('The citation of <bdi>EX-1</bdi> is withheld.');
  });

  it('offers an address that will tell what has changed, and tells it', () => {
    expect(pageOf()).toContain('href="/reports/ec-performance/2008/example-registry?since=30"');
    const page = pageOf({ since: { sequence: 12, changes: [], isCut: false } });
    expect(page).toContain('Changed since event 12');
    expect(page).toContain('Nothing that you may read has changed');
  });
});
