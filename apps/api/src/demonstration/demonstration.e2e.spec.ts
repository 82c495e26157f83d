import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '#operation';
import { Api, type EventLine } from '../../../../test/support/api.js';
import { runProduct, temporaryFolder } from '../../../../test/support/product.js';
import { RealOrganizations } from '../../../../test/support/real-organizations.js';
import { environmentOf, loseLog, removeData } from '../../../../test/support/setup.js';
import { logInsInWords } from './log-ins-in-words.js';
import { EXAMPLES } from './organizations.js';
import { PERSONS } from './stage.js';
import { type Demonstration, startDemonstration } from './start-demonstration.js';

/** Enough for two records to be loaded over the network on a busy machine. */
const PATIENCE_MS = 300_000;

interface Report {
  readonly report: Record<string, unknown>;
  readonly sections: readonly { readonly section: string; readonly withheld?: string; readonly origin?: string }[];
  readonly punctuality: string;
}
interface Found {
  readonly criteria: readonly { readonly findings: readonly { readonly standing: string; readonly comments?: [] }[] }[];
  readonly reviewers: readonly { readonly reviewer: string; readonly phase: string }[];
}

const DAY_MS = 86_400_000;
const SECRETARIAT = { Actor: PERSONS.secretary, 'Actor-Role': 'secretariat' };

/** Those that a process adds by itself, as days go by. */
const isPlayed = ({ stream }: Pick<EventLine, 'stream'>) => !stream.startsWith('reminder-');

const dataDir = temporaryFolder();
let demonstration: Demonstration | undefined;
let api: Api;
let year: number;

/** Without people, so that all that was played can be read; who may do what is looked at elsewhere. */
const configurationFor = async (folder: string, env: NodeJS.ProcessEnv = {}) =>
  readConfiguration({ PORT: '0', ...(await environmentOf(folder)), RECORD: 'none', PEOPLE: 'off', ...env });

async function start(days = 0): Promise<Demonstration> {
  demonstration = await startDemonstration(await configurationFor(dataDir), {
    today: () => Date.now() + days * DAY_MS,
  });
  api = new Api(demonstration.address);
  return demonstration;
}

async function end(): Promise<void> {
  await demonstration?.close();
  demonstration = undefined;
}

const read = async <Body>(path: string, headers = SECRETARIAT): Promise<Body> => {
  const { status, text, body } = await api.get<Body>(path, headers);
  if (status !== 200) throw new Error(`GET ${path}: ${text}`);
  return body;
};
const addressOf = (organization: string) => `/api/reports/ec-performance/${year}/${organization}`;
const reportOf = (organization: string) => read<Report>(addressOf(organization));

beforeAll(async () => {
  const { playedOn } = await start();
  year = Number(new Date(Date.parse(playedOn) - 100 * DAY_MS).toISOString().slice(0, 4));
}, PATIENCE_MS);

afterAll(async () => {
  await end();
  await removeData(dataDir);
});

describe('The demonstration shows a report that', () => {
  const near = { report: { phase: 'requested' }, punctuality: 'not-due' };
  it.each<[string, string, object]>([
    ['is asked for and due soon', 'sample-network', near],
    ['is overdue', 'example-exchange', { report: { phase: 'requested' }, punctuality: 'overdue' }],
    [
      'was acknowledged, and given more time',
      'sample-alliance',
      { report: { phase: 'acknowledged', extensions: [{ reason: expect.any(String) }] }, punctuality: 'not-due' },
    ],
    ['was declined', 'example-forum', { report: { status: 'DECLINED', decline: { reason: expect.any(String) } } }],
    ['was exempted', 'example-newcomer', { report: { status: 'EXEMPTED' } }],
    [
      'was answered by a letter, with a reservation',
      'example-union',
      { report: { phase: 'answered-by-letter', status: 'ANSWERED_WITH_RESERVATION' }, punctuality: 'on-time' },
    ],
    ['was never answered', 'sample-observatory', { report: { phase: 'no-response' }, punctuality: 'overdue' }],
    [
      'is signed by one of two',
      'sample-commission',
      { report: { phase: 'draft', awaitsSecond: { signature: { version: 1 } } } },
    ],
    [
      'was submitted and asked back about',
      'example-council',
      { report: { phase: 'submitted', openClarifications: 1 }, punctuality: 'on-time' },
    ],
    [
      'was amended',
      'sample-institute',
      { report: { phase: 'submitted', versions: [{ version: 1 }, { version: 2 }] }, punctuality: 'on-time' },
    ],
    ['is being amended', 'sample-academy', { report: { phase: 'amending', versions: [{ version: 1 }] } }],
    ['was taken note of', 'example-society', { report: { noted: [{ version: 1 }] } }],
    [
      'waits for a second person to publish it',
      'example-league',
      { report: { awaitsSecond: { publication: { version: 1 } } } },
    ],
    ['is published', 'example-registry', { report: { published: 1, openClarifications: 0 } }],
    ['was withdrawn', 'example-bureau', { report: { phase: 'withdrawn', status: 'WITHDRAWN' } }],
    ['nobody asked for', 'example-volunteers', { report: { status: 'VOLUNTARY' }, punctuality: 'not-applicable' }],
  ])('%s', async (_, organization, expected) => {
    expect(await reportOf(organization)).toMatchObject(expected);
  });

  it('is published with a part withheld, and the reason in its place', async () => {
    const { report, sections } = await reportOf('sample-chamber');
    expect(report).toMatchObject({ published: 1, withheld: [{ part: 'S13' }] });
    expect(sections.find(({ section }) => section === 'S13')).toMatchObject({ withheld: expect.any(String) });
  });

  it("is prefilled from last year's, and not yet decided on", async () => {
    const { sections, blockers } = await read<{ sections: { state: string }[]; blockers: { code: string }[] }>(
      `${addressOf('sample-standards-body')}/readiness`,
    );
    expect(sections.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['undecided', 'carried-over', 'missing']),
    );
    expect(blockers.map(({ code }) => code)).toContain('carried-over-undecided');
  });

  it('can be compared with the one of the year before', async () => {
    const { figures, sections } = await read<{
      figures: { items: object[] };
      sections: { section: string; parts: { kind: string }[] }[];
    }>(`/api/organizations/example-registry/comparison?years=${year - 1},${year}`);
    expect(figures.items).toMatchObject([{ indicator: 'participants', change: 34 }]);
    const { parts } = sections.find(({ section }) => section === 'S09')!;
    expect(parts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['kept', 'added', 'removed']));
  });
});

describe('The demonstration shows what reviewers find', () => {
  it('as a draft, shown, commented on and published, and one who stepped back', async () => {
    const { criteria, reviewers } = await read<Found>(`${addressOf('example-registry')}/assessments`);
    const standings = criteria.flatMap(({ findings }) => findings);
    const told = standings.map(({ standing, comments = [] }) => `${standing}, ${comments.length} comments`);
    expect(told.sort()).toEqual([
      'draft, 0 comments',
      'published, 1 comments',
      'shown, 0 comments',
      'shown, 1 comments',
    ]);
    expect(reviewers).toHaveLength(2);
    const recused = await read<Found>(`${addressOf('sample-chamber')}/assessments`);
    expect(recused.reviewers).toMatchObject([{ phase: 'recused' }]);
  });

  it('and to the public only what is published', async () => {
    const { body } = await api.get<Found>(`${addressOf('example-registry')}/assessments`);
    const findings = body.criteria.flatMap((criterion) => criterion.findings);
    expect(findings.map(({ standing }) => standing)).toEqual(['published']);
  });
});

describe('The demonstration shows policy options', () => {
  it('in each state that there is', async () => {
    const { items } = await read<{ items: { option: string; state: string; arguments?: [] }[] }>('/api/options');
    const states = Object.fromEntries(items.map(({ option, state }) => [option, state]));
    expect(states).toEqual({
      'demo-tabled': 'tabled',
      'demo-argued': 'tabled',
      'demo-debated': 'debated',
      'demo-handed': 'handed-over',
      'demo-taken-up': 'taken-up',
      'demo-closed': 'closed',
    });
    expect(items.find(({ option }) => option === 'demo-argued')?.arguments).toHaveLength(2);
  });
});

describe('What is invented', () => {
  it('names no real organization of the record, in whatever part it plays', async () => {
    const real = new RealOrganizations();
    expect(Object.keys(EXAMPLES).filter((slug) => real.ids.has(slug))).toEqual([]);
    const events = await api.events();
    expect(events).toHaveLength(demonstration!.views.head.sequence + 1);
    const named = events.flatMap(({ stream, data }) => real.namedIn(stream.slice(stream.indexOf('-') + 1), data));
    expect(named).toEqual([]);
    const streams = events.filter(({ stream }) => /^(report|assessment|organization)-/.test(stream));
    const others = streams.filter(({ stream }) => !Object.keys(EXAMPLES).some((slug) => stream.includes(`-${slug}`)));
    expect(others).toEqual([]);
  });

  it('says so in every name', async () => {
    const { items } = await read<{ items: { name: string }[] }>('/api/organizations?limit=100');
    expect(items).toHaveLength(Object.keys(EXAMPLES).length);
    for (const { name } of items) expect(name).toMatch(/^(Example|Sample) .*\(demonstration\)$/);
  });

  it(
    'is not added to a log that was not begun as a demonstration',
    async () => {
      const product = await runProduct();
      try {
        await product.api.record('PUT', '/api/organizations/example-of-one', {
          name: 'Example of One',
          profile: { kind: 'ACADEMIC', description: 'An example.' },
          sources: [{ title: 'Example minutes', confidence: 'found' }],
        });
        await product.close();
        const there = await configurationFor(product.dataDir);
        await expect(startDemonstration(there)).rejects.toThrow(/nothing invented is added/);
      } finally {
        await product.remove();
      }
    },
    PATIENCE_MS,
  );
});

describe('The real record', () => {
  it(
    'is beside it what it is without it',
    async () => {
      const product = await runProduct({ record: 'wsis' });
      const folder = temporaryFolder();
      const beside = await startDemonstration(await configurationFor(folder, { RECORD: 'wsis' }));
      try {
        expect(beside.loaded?.refused).toEqual(product.loaded?.refused);
        const facts = (events: readonly EventLine[]) =>
          events.map(({ id, stream, type, data }) => ({ id, stream, type, data }));
        const alone = await product.api.events();
        expect(alone.length).toBeGreaterThan(300);
        const all = await new Api(beside.address).events();
        expect(facts(all.slice(0, alone.length))).toEqual(facts(alone));
      } finally {
        await beside.close();
        await removeData(folder);
        await product.remove();
      }
    },
    PATIENCE_MS,
  );
});

describe('A second start', () => {
  const mark = join(dataDir, 'demonstration.json');

  it.each<[string, () => void]>([
    ['adds nothing, a day later', () => undefined],
    [
      'adds nothing where the first one ended before it had noted that it was through',
      () => writeFileSync(mark, readFileSync(mark, 'utf8').replace('true', 'false')),
    ],
  ])(
    '%s',
    async (_, between) => {
      const before = (await api.events()).filter(isPlayed);
      await end();
      between();
      expect((await start(1)).added).toBe(0);
      expect((await api.events()).filter(isPlayed)).toEqual(before);
    },
    PATIENCE_MS,
  );

  it(
    'plays it anew where the log is gone',
    async () => {
      await end();
      await loseLog(dataDir);
      const dayAfterNext = () => new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10);
      const before = dayAfterNext();
      const { added, playedOn } = await start(2);
      expect(added).toBeGreaterThan(300);
      // Midnight in UTC may have passed in between.
      expect([before, dayAfterNext()]).toContain(playedOn);
    },
    PATIENCE_MS,
  );
});

describe('Where people sign in', () => {
  it(
    'the demonstration lets some in, and shows what they sign in with this one time',
    async () => {
      const folder = temporaryFolder();
      const configuration = await configurationFor(folder, { PEOPLE: 'required' });
      const first = await startDemonstration(configuration);
      try {
        expect(first.setUpLink).toBeUndefined();
        expect(first.logIns).toHaveLength(10);
        expect(new Set(first.logIns.map(({ password }) => password)).size).toBe(10);
        const told = logInsInWords(first, folder);
        for (const { address, password } of first.logIns) expect(told).toContain(`${address}, password ${password}\n`);
        expect(told).toContain(`Sign in at ${first.address}/sign-in `);
        const site = new Api(first.address);
        const held: string[] = [];
        for (const { address, password, recoveryCodes } of first.logIns) {
          const cookieOf = (headers: Headers) => ({ Cookie: headers.get('set-cookie')!.split(';')[0]! });
          const begun = await site.send('POST', '/api/sign-in', { address, password });
          const half = cookieOf(begun.headers);
          const proof = await site.send('POST', '/api/second-factor/proof', { code: recoveryCodes[0] }, half);
          const { body } = await site.get<{ mandates: string[]; appointments: object[] }>(
            '/api/me',
            cookieOf(proof.headers),
          );
          held.push(...body.mandates, ...body.appointments.map((each) => JSON.stringify(each)));
        }
        expect(held.filter((role) => !role.startsWith('{')).sort()).toEqual([
          'administrator',
          'administrator',
          'auditor',
          'reviewer',
          'secretariat',
          'secretariat',
        ]);
        expect(held.filter((role) => /contributor|signatory/.test(role))).toHaveLength(4);
      } finally {
        await first.close();
      }
      const second = await startDemonstration(configuration);
      expect({ logIns: second.logIns, added: second.added, setUpLink: second.setUpLink }).toEqual({
        logIns: [],
        added: 0,
      });
      expect(logInsInWords(second, folder)).toMatch(/shown at its first start.* give another DATA_DIR/);
      await second.close();
      await removeData(folder);
    },
    PATIENCE_MS,
  );
});
