import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openEventStore, type RecordedEvent } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';
import type { Api, EventLine, ListOf } from '../../../../test/support/api.js';
import { temporaryFolder } from '../../../../test/support/product.js';
import { compileProduct, ProductProcess } from '../../../../test/support/product-process.js';
import { RealOrganizations } from '../../../../test/support/real-organizations.js';
import { EXAMPLES } from './organizations.js';

// As `npm run demo` starts it: compiled, in a process of its own, with the real record beside what is played.

interface Printed {
  readonly who: string;
  readonly address: string;
  readonly password: string;
  readonly codes: readonly string[];
}
interface Me {
  readonly mandates: readonly string[];
  readonly appointments: readonly { readonly organization: string; readonly role: string }[];
}

const PRINTED = /^ {2}(.+): (\S+@\S+), password (\S+)\n.*key [A-Z2-7]+, or one of the codes (.+)$/gm;
const PATIENCE_MS = 300_000;

const folder = temporaryFolder();
let demonstration: ProductProcess & { readonly api: Api };
let api: Api;
let printed: readonly Printed[];
let cookieOfAuditor: Readonly<Record<string, string>>;
let events: readonly EventLine[];

const run = () => ProductProcess.start({ DATA_DIR: folder, PEOPLE: undefined }, 'demonstration');
const cookieIn = (headers: Headers) => ({ Cookie: headers.get('set-cookie')!.split(';')[0]! });

/** With what was printed, and nothing else. */
async function signIn({ address, password, codes }: Printed): Promise<Record<string, string>> {
  const begun = await api.send('POST', '/api/sign-in', { address, password });
  expect([address, begun.status]).toEqual([address, 200]);
  const proof = await api.send('POST', '/api/second-factor/proof', { code: codes[0] }, cookieIn(begun.headers));
  expect([address, proof.status]).toEqual([address, 200]);
  return cookieIn(proof.headers);
}

beforeAll(async () => {
  compileProduct();
  demonstration = await run();
  ({ api } = demonstration);
  printed = [...demonstration.output.matchAll(PRINTED)].map(([, who, address, password, codes]) => ({
    who: who!,
    address: address!,
    password: password!,
    codes: codes!.split(' '),
  }));
}, PATIENCE_MS);
afterAll(async () => {
  await demonstration.signal('SIGKILL');
  rmSync(folder, { recursive: true });
});

describe('The demonstration, started as one starts it', () => {
  it(
    'prints log-ins with which one comes in as what it says',
    async () => {
      expect(printed).toHaveLength(10);
      for (const each of printed) {
        const cookie = await signIn(each);
        const { mandates, appointments } = (await api.get<Me>('/api/me', cookie)).body;
        const held = [...mandates, ...appointments.map(({ role, organization }) => `${role} of ${organization}`)];
        expect(held).toEqual([each.who]);
        if (each.who === 'auditor') cookieOfAuditor = cookie;
      }
      expect(cookieOfAuditor).toBeDefined();
    },
    PATIENCE_MS,
  );

  it('lets nobody in without', async () => {
    const [{ address, password, codes }] = printed as [Printed];
    expect((await api.send('POST', '/api/sign-in', { address, password: `${password}x` })).status).toBe(401);
    const begun = await api.send('POST', '/api/sign-in', { address, password });
    const again = await api.send('POST', '/api/second-factor/proof', { code: codes[0] }, cookieIn(begun.headers));
    expect(again.status).toBe(401);
  });

  it('tells of the real record, and of what is played beside it, apart from each other', async () => {
    const { text } = await api.get('/api/events', cookieOfAuditor);
    events = text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as EventLine] : []));
    const [played, real] = [true, false].map((is) => events.filter((event) => isPlayed(event) === is)) as [
      EventLine[],
      EventLine[],
    ];
    expect(real.length).toBeGreaterThan(300);
    expect(played.length).toBeGreaterThan(300);
    expect(new Set(real.map(({ metadata }) => metadata['actor']))).toEqual(new Set(['record-import']));
    const streams = new Set(real.map(({ stream }) => stream));
    expect(played.filter(({ stream }) => streams.has(stream))).toEqual([]);
  });

  it(
    'attributes nothing that is invented to a real organization, in what is told of each',
    async () => {
      const played = new Set(events.filter(isPlayed).map(({ sequence }) => sequence));
      const { items } = (await api.get<ListOf<{ id: string; organization: string }>>('/api/organizations?limit=200'))
        .body;
      const real = items.map(({ organization }) => organization).filter((slug) => !(slug in EXAMPLES));
      expect(real.length).toBeGreaterThan(40);
      for (const organization of real) {
        const { text } = await api.get(`/api/organizations/${organization}/timeline`, cookieOfAuditor);
        const sequences = [...text.matchAll(/"why":\[([\d,]*)\]/g)].flatMap(([, list]) => list!.split(',').map(Number));
        expect([organization, sequences.length > 0]).toEqual([organization, true]);
        expect([organization, sequences.filter((sequence) => played.has(sequence))]).toEqual([organization, []]);
      }
    },
    PATIENCE_MS,
  );

  it(
    'prints no log-in a second time, and those of the first are still good',
    async () => {
      expect((await demonstration.signal('SIGTERM')).code).toBe(0);
      demonstration = await run();
      ({ api } = demonstration);
      expect(demonstration.output).toContain('Its log-ins were shown at its first start');
      expect([...demonstration.output.matchAll(PRINTED)]).toEqual([]);
      const [{ codes, ...first }] = printed as [Printed];
      await signIn({ ...first, codes: codes.slice(1) });
    },
    PATIENCE_MS,
  );
});

describe('The log of the demonstration', () => {
  let all: readonly RecordedEvent[];

  beforeAll(async () => {
    expect((await demonstration.signal('SIGTERM')).code).toBe(0);
    const store = await openEventStore(`sqlite:${join(folder, 'events.sqlite')}`);
    const read: RecordedEvent[] = [];
    for await (const event of store.readAll({ categories: PUBLIC_CATEGORIES })) read.push(event);
    await store.close();
    all = read;
  }, 60_000);

  it('attributes nothing that is invented to a real organization, in none of its events', () => {
    const real = new RealOrganizations();
    expect(real.ids.size).toBeGreaterThan(40);
    expect(all.length).toBeGreaterThanOrEqual(events.length);
    const namedBy = ({ stream, data, metadata: { actor, role, onBehalfOf } }: RecordedEvent) =>
      real.namedIn(stream.slice(stream.indexOf('-') + 1), data, actor, role, onBehalfOf);
    expect(all.filter(isPlayed).flatMap(namedBy)).toEqual([]);
    // So they are looked for in the right way.
    expect(all.filter((event) => !isPlayed(event)).flatMap(namedBy).length).toBeGreaterThan(100);
  });
});

/** Everything of the demonstration says so. */
function isPlayed({ metadata }: Pick<EventLine, 'metadata'>): boolean {
  return metadata['correlationId'] === 'demonstration';
}
