import { expect } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { JobStatus } from '#jobs';
import type { Api } from './api.js';

const CYCLE = '/api/cycles/ec-performance/2026';
const sources = [{ title: 'Minutes of the example council', confidence: 'found' }];
const profile = { kind: 'ACADEMIC', description: 'An example.' };

/** So many that asking them is a job. */
export const organizationsNamed = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => `example-${name}-${n}`);

export const officeOf = (organization: string) => `office@${organization}.example`;

/** What `MAIL_CONTACTS` holds for them. */
export const contactsOf = (organizations: readonly string[]) =>
  JSON.stringify(Object.fromEntries(organizations.map((organization) => [organization, [officeOf(organization)]])));

/** A round, and who asks in it. */
export async function openRound(api: Api): Promise<void> {
  await register(api, 'example-secretariat');
  const round = { title: 'Example round', requester: 'example-secretariat', sources };
  await api.record('PUT', CYCLE, { ...round, opensOn: dayIn(-1), dueOn: dayIn(60) });
}

async function register(api: Api, organization: string): Promise<void> {
  const at = `/api/organizations/${organization}`;
  await api.record('PUT', at, { name: organization, profile, sources });
  await api.record('PUT', `${at}/relevance`, { from: '2005', ground: 'An example.', sources });
}

/** Gives the order to ask them all, as it was previewed; the answer says where its job is. */
export async function orderRequests(api: Api, organizations: readonly string[]): Promise<string> {
  for (const organization of organizations) await register(api, organization);
  const fields = { on: dayIn(0), confidence: 'found', sources, to: { organizations } };
  const { digest, asOf } = (await api.record('POST', `${CYCLE}/requests/preview`, fields)).body as unknown as {
    digest: string;
    asOf: number;
  };
  const order = { ...fields, previewed: { digest, sequence: asOf } };
  return jobAt(await api.command('POST', `${CYCLE}/requests`, order));
}

export const orderImport = async (api: Api) => jobAt(await api.command('POST', '/api/jobs/import'));

/** Each of them, and nothing else is on record of their reports. */
export async function expectAskedOnce(api: Api, organizations: readonly string[]): Promise<void> {
  for (const organization of organizations) {
    const events = await api.events(`?stream=report-ec-performance-2026-${organization}`);
    expect([organization, events.map(({ type }) => type)]).toEqual([organization, ['ReportRequested']]);
  }
}

/** Resolves once it has got so far; it must not have ended by then. */
export async function underWay(api: Api, job: string, done = 10): Promise<void> {
  const far = (status: JobStatus) => (status.progress?.done ?? 0) >= done || isEnded(status);
  const status = await jobOnce(api, job, far, 30_000);
  if (isEnded(status)) throw new Error(`It ended before anything could happen to it: ${JSON.stringify(status)}`);
}

/** As it is told at its end. What asks meanwhile may be refused, as long as the queue is away. */
export const ended = (api: Api, job: string, withinMs: number) => jobOnce(api, job, isEnded, withinMs);

const isEnded = ({ state }: JobStatus) => state === 'completed' || state === 'failed';

async function jobOnce(
  api: Api,
  job: string,
  holds: (status: JobStatus) => boolean,
  withinMs: number,
): Promise<JobStatus> {
  for (const end = Date.now() + withinMs; ; await delay(2)) {
    const { status, body, text } = await api.get<JobStatus>(job);
    if (status === 200 && holds(body)) return body;
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${text}`);
  }
}

function jobAt({ status, text, headers }: { status: number; text: string; headers: Headers }): string {
  const at = headers.get('Location');
  if (status !== 202 || at === null) throw new Error(`No job was begun: ${text}`);
  return at;
}

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
