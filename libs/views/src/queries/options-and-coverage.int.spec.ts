import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import {
  optionHandedTo,
  optionTabled,
  optionTakenUp,
  RecordInFolder,
  recorded,
  recordedInError,
  registered,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { Views } from '../views.js';
import { CoverageAt, CoverageAtHandler } from './coverage.js';
import { OptionsOf, OptionsOfHandler } from './options-of.js';

const registry = { organization: 'example-registry' } as const;

let record: RecordInFolder;
let views: Views;

beforeEach(async () => {
  record = new RecordInFolder();
  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
  await record.tell('organization-example-registry', registered());
});
afterEach(async () => {
  await views.close();
  await record.close();
});

async function afterAll<T>(ask: () => Promise<T>): Promise<T> {
  const last = await record.tell('organization-of-the-end', registered());
  await views.passedPosition(last, 30_000);
  return ask();
}

describe('What reached an organization from the forum', () => {
  const received = (organization = 'example-registry') =>
    afterAll(() => new OptionsOfHandler(views).execute(new OptionsOf(organization)));

  it('is every option that it was handed, whether it did anything with it or not', async () => {
    await record.tell('option-open-list', optionTabled(), optionHandedTo(registry));
    await record.tell('option-other', optionTabled(), optionHandedTo({ mechanism: 'A working group' }));
    expect(await received()).toEqual([
      expect.objectContaining({
        option: 'open-list',
        debates: [],
        handover: { ...optionHandedTo(registry).data, handedBy: { actor: 'example-editor' }, why: [2] },
        actions: [],
        outcome: 'no-action-on-record',
      }),
    ]);
  });

  it('names the actions of the organization that take it up, and whose part in them it was', async () => {
    await record.tell('action-act-0001', recorded());
    await record.tell('action-act-0002', recorded({ lead: 'example-union', partners: ['example-registry'] }));
    await record.tell('action-act-0003', recorded({ lead: 'example-union', partners: [] }));
    await record.tell('action-act-0004', recorded(), recordedInError());
    const actions = ['ACT-0001', 'ACT-0002', 'ACT-0003', 'ACT-0004'];
    await record.tell(
      'option-open-list',
      optionTabled(),
      optionHandedTo(registry),
      ...actions.map((action) => optionTakenUp({ action })),
    );
    const [option] = (await received())!;
    expect(option!.outcome).toBe('taken-up');
    expect(option!.actions.map(({ action, role }) => [action, role])).toEqual([
      ['ACT-0001', 'lead'],
      ['ACT-0002', 'partner'],
    ]);
  });

  it('makes no action of the forum count for paragraph 71', async () => {
    await record.tell('action-act-0001', recorded({ track: 'IGF' }));
    await record.tell('option-open-list', optionTabled(), optionHandedTo(registry), optionTakenUp({ track: 'IGF' }));
    const [option] = (await received())!;
    expect(option!.actions).toEqual([expect.objectContaining({ track: 'IGF', counted: false })]);
    expect(await afterAll(() => new CoverageAtHandler(views).execute(new CoverageAt()))).toMatchObject({ actions: 0 });
  });

  it('is not known of an organization that is not on record', async () =>
    expect(await received('example-nobody')).toBeUndefined());
});

describe('Coverage', () => {
  const coverage = (asOf?: number) => afterAll(() => new CoverageAtHandler(views).execute(new CoverageAt(asOf)));

  it('counts a joint action once in the total, and shows it under each who took part', async () => {
    await record.tell('action-act-0001', recorded({ partners: ['example-union'], issues: ['DNS', 'SPAM'] }));
    await record.tell('action-act-0002', recorded({ partners: [], issues: ['DNS'] }));
    const { actions, issues, groups } = await coverage();
    expect(actions).toBe(2);
    expect(issues).toEqual([
      {
        code: 'DNS',
        actions: 2,
        organizations: [
          { organization: 'example-registry', actions: ['ACT-0001', 'ACT-0002'] },
          { organization: 'example-union', actions: ['ACT-0001'] },
        ],
        why: [1, 2],
      },
      expect.objectContaining({ code: 'SPAM', actions: 1, why: [1] }),
    ]);
    expect(groups.map(({ code, actions: of }) => [code, of])).toEqual([
      ['GOV', 2],
      ['TECH', 2],
    ]);
  });

  it('shows in each cell of groups and actions, and of issues and organizations, what is there and nothing else', async () => {
    const GROUPS = ['GOV', 'TECH', 'CS', 'PRIV'];
    const ISSUES = ['DNS', 'SPAM', 'SECURITY'];
    const ORGANIZATIONS = ['example-registry', 'example-union', 'sample-institute'];
    const chosen = (from: readonly string[], n: number) => from.filter((_, bit) => (n >> bit) % 2 === 1);
    // Every set of groups once, with issues and partners that go round beside them.
    const made = Array.from({ length: 2 ** GROUPS.length }, (_, n) => ({
      action: `ACT-${String(n + 1).padStart(4, '0')}`,
      groups: chosen(GROUPS, n),
      issues: chosen(ISSUES, n % 7),
      lead: ORGANIZATIONS[n % 3]!,
      partners: n % 4 ? [ORGANIZATIONS[(n + 1) % 3]!] : [],
      isCounted: n % 5 !== 0,
    }));
    for (const { action, groups, issues, lead, partners, isCounted } of made) {
      const stakeholders = groups.map((group) => ({ group }));
      const track = isCounted ? 'EC' : 'IGF';
      const facts = { lead, partners, issues, stakeholders, track } as const;
      await record.tell(`action-${action.toLowerCase()}`, recorded(facts));
    }
    const counted = made.filter(({ isCounted }) => isCounted);
    const told = await coverage();
    expect(told.actions).toBe(counted.length);
    const cells = { groups: 0, issues: 0 };
    for (const [list, codes] of [
      ['groups', GROUPS],
      ['issues', ISSUES],
    ] as const) {
      expect(told[list].map(({ code }) => code)).toEqual(codes.toSorted());
      for (const code of codes) {
        const column = told[list].find((each) => each.code === code)!;
        const named = counted.filter((each) => each[list].includes(code));
        expect([code, column.actions]).toEqual([code, named.length]);
        expect([...new Set(column.organizations.flatMap(({ actions }) => actions))].sort()).toEqual(
          named.map(({ action }) => action),
        );
        for (const organization of ORGANIZATIONS) {
          const cell = column.organizations.find((each) => each.organization === organization)?.actions ?? [];
          const theirs = named.filter(({ lead, partners }) => [lead, ...partners].includes(organization));
          expect([code, organization, cell]).toEqual([code, organization, theirs.map(({ action }) => action)]);
          cells[list] += cell.length;
        }
      }
    }
    // Looked at in places where there is something to be seen.
    expect(cells.groups).toBeGreaterThan(30);
    expect(cells.issues).toBeGreaterThan(20);
  });

  it('leaves out what an answer to paragraph 71 may not count', async () => {
    await record.tell('action-act-0001', recorded({ track: 'IGF' }));
    await record.tell(
      'action-act-0002',
      recorded({ scope: { test: 'OPERATIONAL', reason: 'No policy', by: 'editor' } }),
    );
    await record.tell('action-act-0003', recorded(), recordedInError());
    expect(await coverage()).toEqual({ actions: 0, issues: [], groups: [] });
  });

  it('is told as of any moment', async () => {
    await record.tell('action-act-0001', recorded());
    await record.tell('action-act-0002', recorded());
    expect(await coverage(1)).toMatchObject({ actions: 1 });
    expect(await coverage()).toMatchObject({ actions: 2 });
  });
});
