import { describe, expect, it } from '@jest/globals';
import {
  clarificationAnswered,
  clarificationFollowedUp,
  clarificationRequested,
  documentAttached,
  findingPublished,
  partWithheld,
  published,
  requested,
  started,
  submitted,
} from '#testing';
import { audienceOfFindings, type ToldFinding } from './finding-audience.js';
import type { Evidence } from './finding.js';

type Event = { readonly type: string; readonly data: object };

const minutes = { title: 'Minutes', sha256: 'd'.repeat(64) };
const life = [started(), documentAttached({ document: minutes, section: 'S04' }), submitted()];
const finding = (...evidence: readonly Evidence[]) => findingPublished({ evidence }).data;

/** `after`: what happened to the report since. */
function audienceOf(data: ToldFinding['data'], before: readonly Event[], after: readonly Event[] = []) {
  const told = [...before, ...after].map(({ type, data: said }, at) => ({ type, data: { ...said }, at }));
  const inOrder = audienceOfFindings(told);
  const isEarlier = ({ at }: { readonly at: number }) => at < before.length;
  return {
    published: inOrder({ type: 'FindingPublished', data }, isEarlier),
    shown: inOrder({ type: 'FindingShared', data }, isEarlier),
  };
}

describe('A finding that is published', () => {
  it('is for everybody once the version is that it quotes', () => {
    const about = finding({ section: 'S04' });
    expect(audienceOf(about, life).published).toBe('organization');
    expect(audienceOf(about, [...life, published({ version: 2 })]).published).toBe('organization');
    expect(audienceOf(about, [...life, published()])).toEqual({ published: 'public', shown: 'organization' });
  });

  it.each(['document 1', 'S04', 'S04/en'])('but not where it names the document that is withheld as %s', (part) => {
    const record = [...life, published(), partWithheld({ part })];
    const called = { title: minutes.title, confidence: 'found' } as const;
    const evidence: Evidence[] = [{ document: { title: 'Renamed', sha256: minutes.sha256 } }, { source: called }];
    for (const each of evidence)
      expect(audienceOf(finding({ section: 'S01' }, each), record).published).toBe('organization');
    const another = finding({ document: { title: 'Another', sha256: 'e'.repeat(64) } });
    expect(audienceOf(another, record).published).toBe('public');
  });

  it('nor where the action is withheld that it rests on', () => {
    const record = [...life, published(), partWithheld({ part: 'action ACT-0001' })];
    expect(audienceOf(finding({ action: 'ACT-0001' }), record).published).toBe('organization');
    expect(audienceOf(finding({ action: 'ACT-0002' }), record).published).toBe('public');
  });
});

describe('A finding that names what came in a thread', () => {
  const list = { title: 'List', sha256: 'c'.repeat(64) };
  const about = finding({ document: { ...list, title: 'Renamed' } });
  const asked = clarificationRequested({ clarification: 'Q1', visibility: 'public' });
  const said = (visibility: 'organization' | 'public', document = list) =>
    clarificationAnswered({ clarification: 'Q1', visibility, documents: [document] });
  const noted = clarificationFollowedUp({ clarification: 'Q1', visibility: 'internal', documents: [list] });
  const before = [...life, published(), asked];
  const withheld = partWithheld({ part: 'clarification Q1' });

  it('is for everybody where the message is', () => {
    expect(audienceOf(about, [...before, said('public')]).published).toBe('public');
    expect(audienceOf(about, [...before, said('organization'), said('public')]).published).toBe('public');
  });

  it('but not once the thread is withheld, whichever was first', () => {
    expect(audienceOf(about, [...before, said('public'), withheld]).published).toBe('organization');
    expect(audienceOf(about, before, [said('public'), withheld]).published).toBe('organization');
    const called = finding({ source: { title: list.title, confidence: 'found' } });
    expect(audienceOf(called, [...before, said('public')], [withheld]).published).toBe('organization');
  });

  it('nor where the message was for fewer, and for those alone', () => {
    expect(audienceOf(about, [...before, said('organization')])).toEqual({
      published: 'organization',
      shown: 'organization',
    });
    expect(audienceOf(about, [...before, noted])).toEqual({ published: 'reviewers', shown: 'reviewers' });
    expect(audienceOf(about, [...before, noted, said('organization')]).published).toBe('organization');
  });

  it('and stays for everybody where it said so before anybody kept it, or where the report says it', () => {
    expect(audienceOf(about, before, [said('organization')]).published).toBe('public');
    const attached = finding({ document: minutes });
    const record = [...before, said('organization', minutes)];
    expect(audienceOf(attached, record).published).toBe('public');
    expect(audienceOf(attached, [...before, said('public', minutes), withheld]).published).toBe('public');
    const kept = partWithheld({ part: 'document 1' });
    expect(audienceOf(attached, [...record, kept]).published).toBe('organization');
    const unpublished = [started(), documentAttached({ document: minutes }), submitted(), asked];
    expect(audienceOf(attached, [...unpublished, said('organization', minutes)], [published()]).published).toBe(
      'public',
    );
    const letter = [requested({ letter: list }), ...before, said('organization')];
    expect(audienceOf(about, letter).published).toBe('public');
  });
});
