import { join } from 'node:path';
import { alternating, median } from './measuring/alternating.js';
import { type Asked, CONNECTIONS, Load } from './measuring/load.js';
import { type Bench, compared, type Row } from './measuring/rows.js';
import { type Questions, Side } from './measuring/side.js';

interface Serving extends Questions {
  port(): number;
}
interface Product extends Serving {
  watchDelay(): void;
  delay(): number;
}

export const LEAD = 'example-registry';

const REGISTRATION = {
  name: 'Example Registry',
  profile: { kind: 'STANDARDS_BODY', stakeholderGroup: 'TECH', description: 'An example.' },
  sources: [{ title: 'Example minutes', address: 'https://example.org/minutes', confidence: 'found' }],
};

/** About 600 bytes. */
export const ACTION = {
  lead: LEAD,
  partners: [],
  partnersOther: [],
  title: 'Example agreement on the exchange of routing data',
  description: 'The example registry agreed with its members to publish the minutes of each meeting within a month.',
  kind: 'AGREEMENT',
  cooperation: 'IGO_TECH',
  track: 'EC',
  scope: { test: 'POLICY' },
  startedOn: { date: '2008-10' },
  status: 'ONGOING',
  issues: ['INF-05'],
  stakeholders: [{ group: 'GOV', role: 'consulted' }, { group: 'TECH' }],
  confidence: 'found',
  sources: [{ title: 'Example minutes', address: 'https://example.org/minutes', confidence: 'found' }],
};

/** A command that is checked, decided, durable and shown by the views before it is answered. */
export async function* httpCommands({ folder, rounds, loadSeconds, warmUpSeconds, cores }: Bench): AsyncGenerator<Row> {
  const load = await Load.start(folder, cores?.load);
  const core = cores?.server;
  const args = [join(folder, 'data'), 'none'];
  const product = await Side.start<Product>(new URL('sides/product.ts', import.meta.url), { args, core });
  const bare = await Side.start<Serving>(new URL('sides/bare-fastify.ts', import.meta.url), { core });
  const [port, barePort] = [await product.ask('port'), await bare.ask('port')];
  await register(port);

  const body = JSON.stringify(ACTION);
  let slices = 0;
  const asked = (of: number): Asked => ({ port: of, path: `/api/actions/EX-${++slices}-`, body });
  const waits: number[] = [];
  const delays: number[] = [];
  const ours = async () => {
    await product.ask('watchDelay');
    const { perSecond, p99 } = await load.ask(asked(port), loadSeconds);
    waits.push(p99);
    delays.push(await product.ask('delay'));
    return perSecond;
  };
  const theirs = async () => (await load.ask(asked(barePort), loadSeconds)).perSecond;
  await load.ask(asked(port), warmUpSeconds);
  await load.ask(asked(barePort), warmUpSeconds);
  const result = await alternating(rounds, ours, theirs);
  const note = `RecordAction, ${Buffer.byteLength(body)} bytes, each of another action; ${CONNECTIONS} connections of ${load.name}`;
  yield compared('PUT action, durable : Fastify + ajv, no store', result, { atLeast: 0.25 }, note);
  yield milliseconds('PUT action, 99th percentile', waits, 50, note);
  yield milliseconds('delay of the event loop then, 99th percentile', delays, 20, note);
  for (const side of [product, bare, load]) await side.end();
}

function milliseconds(name: string, values: readonly number[], atMost: number, note: string): Row {
  const value = median(values);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return {
    name,
    ours: `${value.toFixed(1)} ms`,
    reference: '-',
    value,
    low,
    high,
    unit: 'ms',
    target: { atMost },
    note,
  };
}

/** Whoever is there already, as on a server that has seen this before, stays. */
export async function register(port: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/organizations/${LEAD}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Actor: 'example-secretariat' },
    body: JSON.stringify(REGISTRATION),
  });
  if (!answer.ok && answer.status !== 409) throw new Error(await answer.text());
}
