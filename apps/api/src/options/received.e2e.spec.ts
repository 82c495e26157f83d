import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../../../../test/support/api.js';
import { exampleAction } from '../../../../test/support/example-action.js';
import { EXAMPLE_DEBATE, exampleHandover, exampleOption } from '../../../../test/support/example-option.js';
import { exampleOrganization } from '../../../../test/support/example-organization.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

const HTML = { Accept: 'text/html' };
const FROM_FORUM = 'What reached it from the forum, and what it did with it';

interface Received {
  readonly asOf: number;
  readonly options: readonly {
    readonly option: string;
    readonly state: string;
    readonly outcome: string;
    readonly actions: readonly { readonly action: string; readonly track: string; readonly counted: boolean }[];
  }[];
}

let product: RunningProduct;
/** Sequence of each step of the option, by what was done. */
const at: Record<string, number> = {};

const pathOf = (organization: string) => `/organizations/${organization}/options`;
const asked = (organization: string, asOf?: number) =>
  product.api.read<Received>(`/api${pathOf(organization)}${asOf === undefined ? '' : `?asOf=${asOf}`}`);

async function shown(path: string): Promise<string> {
  const { status, text } = await product.api.get(path, HTML);
  expect(status).toBe(200);
  return text;
}

/** What a reader reads, without the marks around it. */
async function wordsOn(path: string): Promise<string> {
  return (await shown(path)).replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
}

async function told(step: string, method: string, path: string, body: object): Promise<void> {
  at[step] = (await product.api.record(method, path, body)).body.sequence;
}

beforeAll(async () => {
  product = await runProduct();
  const { api } = product;
  for (const [id, name] of Object.entries({
    'example-registry': 'Example Registry',
    'example-union': 'Example Union',
    'sample-network': 'Sample Network',
  })) {
    await api.record('PUT', `/api/organizations/${id}`, exampleOrganization(name));
  }
  await api.record('PUT', '/api/actions/EX-1', exampleAction({ title: 'Example archive' }));
  await api.record('PUT', '/api/actions/EX-2', exampleAction({ title: 'Example workshop', track: 'IGF' }));
  const others = exampleAction({ title: 'Action of the union', lead: 'example-union' });
  await api.record('PUT', '/api/actions/EX-3', others);

  const option = '/api/options/open-list';
  const by = { group: 'CS', organization: 'sample-network' };
  await told('tabled', 'PUT', option, exampleOption({ by }));
  await told('debated', 'POST', `${option}/debates`, EXAMPLE_DEBATE);
  await told('handed over', 'POST', `${option}/handovers`, exampleHandover('example-registry'));
  await told('handed to another', 'POST', `${option}/handovers`, exampleHandover('example-union'));
  await told('taken up in the forum', 'POST', `${option}/actions`, { action: 'EX-2' });
  await told('taken up', 'POST', `${option}/actions`, { action: 'EX-1', note: 'Its second part.' });
});

afterAll(() => product.remove());

describe('What reached an organization from the forum, and what it did with it,', () => {
  it('is told on a page of its own: tabled, debated, handed over, taken up', async () => {
    const words = await wordsOn(pathOf('example-registry'));
    expect(words).toContain('What reached Example Registry from the forum, and what it did with it');
    expect(words).toContain('An open list of delegations Taken up');
    expect(words).toMatch(new RegExp(`Tabled March 2008 by Sample Network \\(.+?\\).+?Event ${at['tabled']} `));
    expect(words).toContain(
      `Debated 3 December 2008: Example Forum, Workshop 7. Nobody spoke against it. Event ${at['debated']}`,
    );
    expect(words).toMatch(
      new RegExp(
        `Handed to Example Registry January 2009, recorded by secretariat \\(.+?\\): It keeps the list\\. Event ${at['handed over']} `,
      ),
    );
    expect(words).toMatch(/Taken up by Example archive \(EX-1, which it leads\): Its second part\. · May count/);
    expect(words).not.toContain('Action of the union');
  });

  it('is told to programs likewise', async () => {
    const { options } = await asked('example-registry');
    expect(options).toEqual([
      expect.objectContaining({
        option: 'open-list',
        issue: 'INF-05',
        by: { group: 'CS', organization: 'sample-network' },
        tabledOn: '2008-03',
        debates: [expect.objectContaining({ forum: 'Example Forum', session: 'Workshop 7', why: [at['debated']] })],
        handover: {
          organization: 'example-registry',
          on: '2009-01',
          reason: 'It keeps the list.',
          handedBy: { actor: 'secretariat', role: 'secretariat' },
          why: [at['handed over']],
        },
        outcome: 'taken-up',
        actions: [
          expect.objectContaining({ action: 'EX-2' }),
          expect.objectContaining({ action: 'EX-1', role: 'lead', note: 'Its second part.' }),
        ],
      }),
    ]);
  });

  it('names for each statement the event behind it', async () => {
    const text = await shown(pathOf('example-registry'));
    const types = ['tabled', 'debated', 'handed over', 'taken up'].map(async (step) => {
      expect(text).toContain(`href="/api/events/${at[step]}"`);
      return (await product.api.read<{ type: string }>(`/api/events/${at[step]}`)).type;
    });
    expect(await Promise.all(types)).toEqual(['OptionTabled', 'OptionDebated', 'OptionHandedTo', 'OptionTakenUp']);
  });

  it('says of whom it reached without an action that none is on record, though others took it up', async () => {
    expect(await wordsOn(pathOf('example-union'))).toContain(
      'No action of Example Union that takes it up is on record.',
    );
    expect((await asked('example-union')).options).toMatchObject([
      { option: 'open-list', state: 'taken-up', outcome: 'no-action-on-record', actions: [] },
    ]);
  });

  it('says of whom nothing reached that nothing did, also where it tabled the option itself', async () => {
    expect(await wordsOn(pathOf('sample-network'))).toContain('Nothing on record reached Sample Network from a forum');
    expect((await asked('sample-network')).options).toEqual([]);
    expectProblem(await product.api.get(`/api${pathOf('nobody')}`), 404, 'organization-unknown');
    expect((await product.api.get(pathOf('nobody'), HTML)).status).toBe(404);
  });

  it('is told as of each earlier moment', async () => {
    const before = (step: string) => `${pathOf('example-registry')}?asOf=${at[step]! - 1}`;
    expect(await wordsOn(before('handed over'))).toContain('Nothing on record reached Example Registry');
    const handed = await wordsOn(before('taken up in the forum'));
    expect(handed).toContain('An open list of delegations Handed over');
    expect(handed).toContain('No action of Example Registry that takes it up is on record.');
    expect((await asked('example-registry', at['handed over'])).options).toMatchObject([
      { state: 'handed-over', outcome: 'no-action-on-record' },
    ]);
  });

  it('is led to from the page of the organization and from the map of options, of the same moment', async () => {
    const moment = `?asOf=${at['handed over']}`;
    for (const query of ['', moment]) {
      const link = `href="${pathOf('example-registry')}${query}"`;
      const ofOrganization = await shown(`/organizations/example-registry${query}`);
      expect(ofOrganization).toContain(link);
      expect(ofOrganization).toContain(FROM_FORUM);
      expect(await shown(`/options${query}`)).toContain(link);
    }
  });
});

describe('Tracks stay apart: an action of the forum', () => {
  const countedIn = (actions: Received['options'][number]['actions']) =>
    actions.map(({ action, track, counted }) => [action, track, counted]);

  it('never counts for paragraph 71, though it took an option up beside one that does', async () => {
    const { options } = await asked('example-registry');
    expect(countedIn(options[0]!.actions)).toEqual([
      ['EX-2', 'IGF', false],
      ['EX-1', 'EC', true],
    ]);
    expect(await wordsOn(pathOf('example-registry'))).toMatch(
      /Example workshop \(EX-2, which it leads\) · Not counted: [^.]+? Events? .+?Example archive \(EX-1, which it leads\): Its second part\. · May count for paragraph 71/,
    );
  });

  it('is in none of the counts that paragraph 71 is answered by', async () => {
    const coverage = await product.api.read<{ issues: { code: string; organizations: unknown }[] }>('/api/coverage');
    expect(coverage.issues.map(({ code, organizations }) => [code, organizations])).toEqual([
      [
        'INF-05',
        [
          { organization: 'example-registry', actions: ['EX-1'] },
          { organization: 'example-union', actions: ['EX-3'] },
        ],
      ],
    ]);
    const comparison = await product.api.read<{ started: object; continued: object; otherTracks: object }>(
      '/api/organizations/example-registry/comparison?years=2007,2008',
    );
    expect(JSON.stringify(comparison.otherTracks)).toContain('"EX-2"');
    const { otherTracks: _, ...counting } = comparison;
    expect(JSON.stringify(counting)).not.toContain('"EX-2"');
    expect(JSON.stringify(comparison.started)).toContain('"EX-1"');
  });

  it('counts from when it is moved to the other track, and not before', async () => {
    const move = { to: 'EC', reason: 'It was an agreement after all.' };
    const { sequence } = (await product.api.record('PUT', '/api/actions/EX-2/track', move)).body;
    const ofMoment = async (asOf: number) => countedIn((await asked('example-registry', asOf)).options[0]!.actions)[0];
    expect(await ofMoment(sequence - 1)).toEqual(['EX-2', 'IGF', false]);
    expect(await ofMoment(sequence)).toEqual(['EX-2', 'EC', true]);
  });
});

describe('The map of options', () => {
  it('is told issue by issue, and by whom an option reached, what takes it up, and how it stands', async () => {
    const other = exampleOption({ issue: 'INF-01', title: 'A second root in the example', by: { group: 'TECH' } });
    await product.api.record('PUT', '/api/options/second-root', other);
    const found = async (filter: string) => {
      const { items } = await product.api.read<{ items: { option: string }[] }>(`/api/options?${filter}`);
      return items.map(({ option }) => option);
    };
    expect(await found('')).toEqual(['open-list', 'second-root']);
    expect(await found('issue=INF-05')).toEqual(['open-list']);
    expect(await found('issue=INF-01')).toEqual(['second-root']);
    expect(await found('issue=INF-02')).toEqual([]);
    expect(await found('organization=example-registry&action=EX-1')).toEqual(['open-list']);
    expect(await found('organization=sample-network')).toEqual([]);
    expect(await found('state=tabled')).toEqual(['second-root']);
    const words = await wordsOn('/options');
    expect(words).toMatch(
      /Communications infrastructure A second root in the example.+Domain name system An open list of delegations/,
    );
  });
});
