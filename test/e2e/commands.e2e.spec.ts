import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ActionDocument, CycleBoard, OrganizationDocument, ReportAnswer, TimelineEntry } from '#views';
import { expectProblem, type ListOf } from '../support/api.js';
import { exampleAction } from '../support/example-action.js';
import { type RunningProduct, runProduct } from '../support/product.js';

let product: RunningProduct;

beforeAll(async () => {
  product = await runProduct();
});

afterAll(() => product.remove());

const source = { title: 'Minutes of the example council', confidence: 'found' };
const named = (name: string) => ({
  name,
  profile: { kind: 'ACADEMIC', stakeholderGroup: 'ACAD', description: 'An example.' },
  sources: [source],
});
const action = (title: string, more: object = {}) =>
  exampleAction({
    lead: 'sample-union',
    partners: ['sample-council'],
    title,
    cooperation: 'TECH_TECH',
    startedOn: { date: '2007' },
    ...more,
  });

const register = (organization: string, headers = {}) =>
  product.api.record('PUT', `/api/organizations/${organization}`, named(organization), headers);
const rename = (organization: string, name: string, headers = {}) =>
  product.api.command('PUT', `/api/organizations/${organization}/name`, { name, reason: 'A vote.' }, headers);

describe('a year, told by what the API answers', () => {
  const REPORT = '/api/reports/ec-performance/2009/sample-union';
  const CYCLE = '/api/cycles/ec-performance/2009';
  const statusOf = async (asOf?: number) => {
    const { cells } = await product.api.read<CycleBoard>(asOf === undefined ? CYCLE : `${CYCLE}?asOf=${asOf}`);
    return Object.fromEntries(
      cells.map(({ organization, status, punctuality }) => [organization, `${status} ${punctuality}`]),
    );
  };
  /** By somebody who has read all that was written before. */
  const answer = async (section: string, text: string) => {
    const { revision: seen } = await product.api.read<{ revision: number }>(REPORT);
    return product.api.record('PUT', `${REPORT}/sections/${section}`, { lang: 'en', text, origin: 'written', seen });
  };

  it('begins with who is asked, by whom, and until when', async () => {
    for (const organization of ['sample-secretariat', 'sample-union', 'sample-council']) await register(organization);
    await product.api.record('PUT', '/api/organizations/sample-council/relevance', {
      from: '2005',
      ground: 'Holds essential tasks.',
      sources: [source],
    });
    const opened = await product.api.record('PUT', CYCLE, {
      title: 'Round of 2009',
      requester: 'sample-secretariat',
      opensOn: '2009-03-01',
      sources: [source],
    });
    expect(opened.status).toBe(201);
    expect(opened.headers.get('Location')).toBe(CYCLE);
    expect(opened.body).toMatchObject({ stream: 'cycle-ec-performance-2009', revision: 0 });
    await product.api.record('POST', `${REPORT}/request`, {
      requester: 'sample-secretariat',
      on: '2009-03-02',
      deadline: '2009-06-30',
      confidence: 'found',
      sources: [source],
    });
    expect(await statusOf()).toEqual({
      'sample-council': 'NO_EVIDENCE not-applicable',
      'sample-union': 'REQUESTED no-evidence',
    });
  });

  it('goes on with what the organization did and writes', async () => {
    await product.api.record('PUT', '/api/actions/SU-1', action('First agreement'));
    await product.api.record(
      'PUT',
      '/api/actions/SU-2',
      action('Second agreement', { startedOn: { date: '2009-02-10' } }),
    );
    await product.api.record('POST', `${REPORT}/draft`, { on: '2009-04' });
    await answer('S04', 'Two agreements.');
    await product.api.record('PUT', `${REPORT}/citations/SU-1`, {
      claims: [{ criterion: 'C71-PACE', text: 'In time.' }],
    });
    await product.api.record('PUT', `${REPORT}/figures/meetings`, { value: 4, unit: 'meetings' });
    const draft = await product.api.read<ReportAnswer>(REPORT);
    expect(draft).toMatchObject({
      report: { phase: 'draft', status: 'IN_PREPARATION' },
      sections: [{ section: 'S04', lang: 'en', text: 'Two agreements.', by: 'secretariat' }],
      citations: { 'SU-1': { claims: [{ criterion: 'C71-PACE', text: 'In time.' }] } },
      figures: { meetings: { value: 4, unit: 'meetings' } },
    });
    expect(draft).not.toHaveProperty('version');
  });

  it('is not submitted half', async () => {
    const refused = await product.api.command('POST', `${REPORT}/submission`, signature());
    const { facts } = expectProblem(refused, 422, 'sections-missing');
    const missing = facts!['missing'] as string[];
    expect(missing).not.toContain('S04');
    for (const section of missing) await answer(section, `About ${section}.`);
    const submitted = await product.api.record('POST', `${REPORT}/submission`, signature());
    expect(await statusOf()).toMatchObject({ 'sample-union': 'ANSWERED on-time' });
    expect(await statusOf(submitted.body.sequence - 1)).toMatchObject({ 'sample-union': 'IN_PREPARATION no-evidence' });
  });

  it('keeps each version as it was signed', async () => {
    const amendment = { reason: 'A third agreement.', material: true, sections: ['S04'] };
    expectProblem(
      await product.api.command('PUT', `${REPORT}/sections/S04`, { lang: 'en', text: 'Three.', origin: 'written' }),
      409,
      'report-locked',
    );
    await product.api.record('POST', `${REPORT}/amendment`, amendment);
    await answer('S04', 'Three agreements.');
    await product.api.record('PUT', `${REPORT}/citations/SU-2`, { claims: [] });
    await product.api.record('POST', `${REPORT}/submission`, signature());
    const words = async (query: string) => {
      const { sections, citations, version } = await product.api.read<ReportAnswer>(REPORT + query);
      return [version, sections.find(({ section }) => section === 'S04')?.text, Object.keys(citations)];
    };
    expect(await words('?version=1')).toEqual([1, 'Two agreements.', ['SU-1']]);
    expect(await words('?version=2')).toEqual([2, 'Three agreements.', ['SU-1', 'SU-2']]);
    expect(await words('')).toEqual(await words('?version=2'));
    expectProblem(await product.api.get(`${REPORT}?version=3`), 404, 'version-unknown');
    expectProblem(
      await product.api.get(`${CYCLE.replace('cycles', 'reports')}/nobody?version=1`),
      404,
      'report-unknown',
    );
  });

  it('tells by its ETag what a next writer has seen, also in words, and shows what is being written', async () => {
    await product.api.record('POST', `${REPORT}/amendment`, { reason: 'A slip.', material: false, sections: ['S04'] });
    const seen = async () => (await product.api.get(REPORT)).headers.get('ETag')!;
    const stale = await seen();
    const correction = { lang: 'en', text: 'Three agreements, all in force.', origin: 'written' };
    const correct = (etag: string) =>
      product.api.command('PUT', `${REPORT}/sections/S04`, correction, { 'If-Match': etag });
    await answer('S04', 'Three agreements, two in force.');
    expectProblem(await correct(stale), 412, 'revision-stale');
    expect((await correct(await seen())).status).toBe(200);
    const { sections } = await product.api.read<ReportAnswer>(`${REPORT}?version=draft`);
    expect(sections.find(({ section }) => section === 'S04')?.text).toBe(correction.text);
    const { version, sections: signed } = await product.api.read<ReportAnswer>(REPORT);
    expect([version, signed.find(({ section }) => section === 'S04')?.text]).toEqual([2, 'Three agreements.']);
  });

  it('stands in the timelines of all who took part, and is found in lists', async () => {
    const timeline = await product.api.read<{ entries: TimelineEntry[] }>('/api/organizations/sample-council/timeline');
    expect(timeline.entries.map(({ kind, date, title }) => [date, kind, title])).toEqual([
      ['2005', 'marked-relevant', 'Relevant organization'],
      ['2007', 'action-started', 'First agreement'],
      ['2009-02-10', 'action-started', 'Second agreement'],
    ]);
    const ids = async (query: Record<string, string>) =>
      (await product.api.all<ActionDocument>('/api/actions', query)).map((each) => each.action);
    expect(await ids({ organization: 'sample-council', issue: 'INF-05', status: 'ONGOING' })).toEqual(['SU-1', 'SU-2']);
    expect(await ids({ organization: 'sample-council', track: 'IGF' })).toEqual([]);
    const reports = (query: string) => product.api.read<ListOf<object>>(`/api/reports?${query}`);
    const one = { items: [{ organization: 'sample-union', year: 2009 }] };
    expect(await reports('series=ec-performance&year=2009')).toMatchObject(one);
    expect(await reports('organization=sample-union&status=ANSWERED')).toMatchObject(one);
    expect(await reports('organization=sample-union&series=wsis-annual')).toMatchObject({ items: [] });
    expect(await product.api.read('/api/cycles?series=ec-performance&phase=open')).toMatchObject({
      items: [{ series: 'ec-performance', year: 2009 }],
    });
  });

  const signature = () => ({
    signatory: 'E. Xample',
    on: '2009-05-29',
    declaration: 'So it was.',
    consentToBeCited: 'by-name',
  });
});

describe('a command that is given again', () => {
  it('fifty times at once is one event and one answer', async () => {
    const headers = { 'Idempotency-Key': 'once' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => register('once-union', headers)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await product.api.events('?stream=organization-once-union')).toHaveLength(1);
  });

  it('says something else under the same key, and is refused', async () => {
    const headers = { 'Idempotency-Key': 'twice' };
    expect((await rename('once-union', 'A', headers)).status).toBe(200);
    expectProblem(await rename('once-union', 'B', headers), 422, 'command-id-reused');
    expect((await rename('once-union', 'A', headers)).body.revision).toBe(1);
  });
});

describe('writers at the same time', () => {
  it('take turns, and who has not seen the last word is told', async () => {
    await register('race-union');
    const seen = (await product.api.get('/api/organizations/race-union')).headers.get('ETag')!;
    const both = await Promise.all([
      rename('race-union', 'First', { 'If-Match': seen }),
      rename('race-union', 'Second', { 'If-Match': seen }),
    ]);
    const [won, lost] = both.sort((a, b) => a.status - b.status);
    expect(won.status).toBe(200);
    const { facts } = expectProblem(lost, 412, 'revision-stale');
    expect(facts).toEqual({ expected: 0, actual: 1 });
  });

  it('leave no gap between the revisions', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `Name ${n}`);
    const answers = await Promise.all(names.map((name) => rename('race-union', name)));
    expect(answers.map(({ body }) => body.revision).sort((a, b) => a - b)).toEqual(names.map((_, n) => n + 2));
    const events = await product.api.events('?stream=organization-race-union');
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, n) => n));
  });

  it('may insist that nothing is there yet', async () => {
    const headers = { 'If-None-Match': '*' };
    const again = await product.api.command('PUT', '/api/organizations/race-union', named('Race'), headers);
    expectProblem(again, 409, 'organization-already-registered');
  });
});

describe('a read', () => {
  it('is not sent again to whoever has it', async () => {
    for (const path of ['/api/organizations/race-union', '/api/organizations', '/api/cycles/ec-performance/2009']) {
      const first = await product.api.get(path);
      const again = await product.api.get(path, { 'If-None-Match': first.headers.get('ETag')! });
      expect([again.status, again.text]).toEqual([304, '']);
      expect(again.headers.get('Sequence')).toBe(first.headers.get('Sequence'));
    }
  });

  it('of an earlier moment answers as it would have then', async () => {
    const { revision, sequence } = (await rename('race-union', 'Before')).body;
    await rename('race-union', 'After');
    const path = `/api/organizations/race-union?asOf=${sequence}`;
    expect(await product.api.read<OrganizationDocument>(path)).toMatchObject({ name: 'Before', revision });
    const [first] = await product.api.events('?limit=1');
    const beginning = encodeURIComponent(first!.metadata['recordedAt']!);
    expect(await product.api.read<ListOf<object>>(`/api/actions?asOf=${beginning}`)).toMatchObject({ items: [] });
    expectProblem(await product.api.get('/api/actions?asOf=100000000'), 503, 'sequence-not-reached');
  });

  it('of many pages is of one moment', async () => {
    const first = await product.api.read<ListOf<OrganizationDocument>>('/api/organizations?limit=2');
    await register('aaa-union');
    await register('zzz-union');
    const names: string[] = first.items.map(({ organization }) => organization);
    for (let next = first.next; next;) {
      const path = `/api/organizations?limit=2&cursor=${encodeURIComponent(next)}`;
      const page = await product.api.read<ListOf<OrganizationDocument>>(path);
      expect(page.asOf).toBe(first.asOf);
      names.push(...page.items.map(({ organization }) => organization));
      next = page.next;
    }
    expect(names).not.toContain('zzz-union');
    expect(names).toEqual([...new Set(names)].sort());
    expectProblem(
      await product.api.get(`/api/actions?cursor=${encodeURIComponent(first.next!)}`),
      400,
      'cursor-malformed',
    );
  });

  it('waits for what the client has seen elsewhere, and not for ever', async () => {
    const { sequence } = (await rename('race-union', 'Seen')).body;
    const path = '/api/organizations/race-union';
    const seen = await product.api.get<OrganizationDocument>(path, { 'Min-Sequence': String(sequence) });
    expect(seen.body.name).toBe('Seen');
    const waiting = product.api.get<OrganizationDocument>(path, { 'Min-Sequence': String(sequence + 1) });
    await rename('race-union', 'Came');
    expect((await waiting).body.name).toBe('Came');
    const never = await product.api.get(path, { 'Min-Sequence': '100000000' });
    expectProblem(never, 503, 'sequence-not-reached');
    expect(never.headers.get('Retry-After')).toBe('1');
  });
});

describe('the events', () => {
  it('are resumed where a copy was cut off', async () => {
    const all = await product.api.events();
    const cut = await product.api.events('?limit=7');
    const rest = await product.api.events(`?after=${cut.at(-1)!.sequence}`);
    expect([...cut, ...rest]).toEqual(all);
    const { headers } = await product.api.get(`/api/events?after=${all.at(-1)!.sequence}`);
    expect(headers.get('Sequence')).toBe(String(all.at(-1)!.sequence));
    expect(headers.get('Content-Type')).toBe('application/jsonl');
    expectProblem(await product.api.get('/api/events?after=100000000'), 503, 'sequence-not-reached');
  });

  it('name who gave the command, and nothing of the store', async () => {
    const correlationId = randomUUID();
    const headers = { Actor: 'focal-point-7', 'Actor-Role': 'focal-point', 'Correlation-Id': correlationId };
    const { sequence } = (await rename('race-union', 'Named', headers)).body;
    const event = await product.api.read<Record<string, unknown>>(`/api/events/${sequence}`);
    expect(event).toMatchObject({ metadata: { actor: 'focal-point-7', role: 'focal-point', correlationId } });
    expect(Object.keys(event)).toEqual(['sequence', 'id', 'stream', 'revision', 'type', 'data', 'metadata']);
    expectProblem(await product.api.get('/api/events/last'), 404, 'resource-unknown');
    expectProblem(await product.api.get('/api/events?stream=person-1'), 404, 'stream-not-found');
  });
});
