import { describe, expect, it } from '@jest/globals';
import { edtf } from '#reporting';
import type { OptionReceived } from '#views';
import { receivedPage } from './received-page.js';

const shown = { sequence: 9, recordedAt: '2026-11-22T09:30:00.000Z', isPast: false };
const organization = { organization: 'example-registry', name: 'Example Registry', acronym: 'ER' };
const names = new Map([['sample-network', { name: 'Sample Network' }]]);

const option: OptionReceived = {
  option: 'open-list',
  issue: 'INF-05',
  title: 'An open list',
  description: 'Every registry publishes its delegations.',
  by: { group: 'CS', organization: 'sample-network' },
  tabledOn: edtf('2008-03'),
  state: 'taken-up',
  confidence: 'recalled',
  sources: [{ title: 'Programme of the Example Forum', confidence: 'found' }],
  debates: [
    {
      forum: 'Example Forum',
      session: 'Workshop 7',
      on: edtf('2008-12-03'),
      outcome: 'Try it.',
      sources: [],
      why: [4],
    },
  ],
  handover: {
    organization: 'example-registry',
    on: edtf('2009-01'),
    reason: 'It keeps the list.',
    handedBy: { actor: 'person-2', role: 'secretariat' },
    why: [5],
  },
  actions: [],
  outcome: 'no-action-on-record',
  why: [3, 4, 5],
};
const action = { action: 'EX-1', title: 'Example memorandum', role: 'lead', counted: true, why: [6, 2] } as const;

/** What a reader reads, without the marks around it. */
function wordsOf(options: readonly OptionReceived[], at = shown): string {
  const { body } = receivedPage({ shown: at, organization, options, names });
  return body.markup.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
}

describe('The page of what reached an organization from the forum', () => {
  it('says of an option what was tabled, where it was debated, when and by whom it was handed over', () => {
    const words = wordsOf([option]);
    expect(words).toContain('An open list Taken up Issue: ');
    expect(words).toMatch(/Tabled March 2008 by Sample Network \(.+\) .+ Event 3 Source: Programme/);
    expect(words).toContain('Debated 3 December 2008: Example Forum, Workshop 7. Try it. Event 4');
    expect(words).toMatch(/Handed to ER January 2009, recorded by person-2 \(.+\): It keeps the list\. Event 5/);
  });

  it('says that no action is on record, also where somebody else took it up', () =>
    expect(wordsOf([option])).toContain(
      'No action of ER that takes it up is on record. That says what the record holds, and nothing about the organization.',
    ));

  it('names the action that took it up, and says that one of the forum is not counted for paragraph 71', () => {
    const words = wordsOf([
      {
        ...option,
        outcome: 'taken-up',
        actions: [
          { ...action, track: 'EC', note: 'Its second part.' },
          { ...action, action: 'EX-2', role: 'partner', track: 'IGF', counted: false, why: [7] },
        ],
      },
    ]);
    expect(words).toMatch(/EX-1, which it leads\): Its second part\. · May count for paragraph 71 Events 6, 2/);
    expect(words).toMatch(/EX-2, as a partner\) · Not counted: .*(IGF|Internet Governance Forum).* Event 7/);
    expect(words).not.toContain('No action of ER');
  });

  it('says where it was handed over without a debate', () => {
    const words = wordsOf([{ ...option, debates: [], handover: { ...option.handover, undebated: true } }]);
    expect(words).toContain('No debate in a forum is on record.');
    expect(words).toContain('January 2009, before any debate on record');
  });

  it('says that nothing reached an organization that was handed nothing', () =>
    expect(wordsOf([])).toContain('Nothing on record reached ER from a forum: no policy option was handed to it.'));

  it('of the past leads to pages of the same moment, and back', () => {
    const { markup } = receivedPage({ shown: { ...shown, isPast: true }, organization, options: [option], names }).body;
    const links = [...markup.matchAll(/href="(\/(?:organizations|options|api\/organizations)[^"]*)"/g)].map(
      ([, to]) => to!,
    );
    expect(links).toContain('/options?asOf=9#open-list');
    expect(links.filter((to) => !to.includes('asOf=9'))).toEqual(['/organizations/example-registry/options']);
  });
});
