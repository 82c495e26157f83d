import { describe, expect, it } from '@jest/globals';
import { documentAttached, findingPublished, partWithheld, published, started, submitted } from '#testing';
import { audienceOfPublished } from './finding-audience.js';
import type { Evidence } from './finding.js';

const minutes = { title: 'Minutes', sha256: 'd'.repeat(64) };
const life = [started(), documentAttached({ document: minutes, section: 'S04' }), submitted()];
const finding = (...evidence: readonly Evidence[]) => findingPublished({ evidence }).data;
const told = (event: { readonly type: string; readonly data: object }) => ({
  type: event.type,
  data: { ...event.data },
});

describe('A finding that is published', () => {
  it('is for everybody once the version is that it quotes', () => {
    const about = finding({ section: 'S04' });
    expect(audienceOfPublished(life.map(told))(about)).toBe('organization');
    expect(audienceOfPublished([...life, published({ version: 2 })].map(told))(about)).toBe('organization');
    expect(audienceOfPublished([...life, published()].map(told))(about)).toBe('public');
  });

  it.each(['document 1', 'S04', 'S04/en'])('but not where it names the document that is withheld as %s', (part) => {
    const audience = audienceOfPublished([...life, published(), partWithheld({ part })].map(told));
    const called = { title: minutes.title, confidence: 'found' } as const;
    const evidence: Evidence[] = [{ document: { title: 'Renamed', sha256: minutes.sha256 } }, { source: called }];
    for (const each of evidence) expect(audience(finding({ section: 'S01' }, each))).toBe('organization');
    expect(audience(finding({ document: { title: 'Another', sha256: 'e'.repeat(64) } }))).toBe('public');
  });

  it('nor where the action is withheld that it rests on', () => {
    const audience = audienceOfPublished([...life, published(), partWithheld({ part: 'action ACT-0001' })].map(told));
    expect(audience(finding({ action: 'ACT-0001' }))).toBe('organization');
    expect(audience(finding({ action: 'ACT-0002' }))).toBe('public');
  });
});
