import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokenLog, importLog } from '#commands';
import { SqliteEventStore } from '#event-store';
import { exampleAction } from '../support/example-action.js';
import { type EventLine, expectProblem } from '../support/api.js';
import { type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import {
  assignReviewer,
  beginRound,
  publishReport,
  REGISTRY,
  REPORT,
  type Round,
  sequenceNow,
  signReport,
  source,
  SUCCESSOR,
  writeReport,
  written,
} from '../support/signed-report.js';

const SECRET = 'Ms. Example told us';

let product: RunningProduct;
let round: Round;
let heir: Persona;
/** Sequence at which everybody could read it. */
let published: number;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  round = await beginRound(product);
  heir = await signedIn(product, 'heir', { appointments: [{ organization: SUCCESSOR, role: 'focal-point' }] });
});
afterAll(() => product.remove());

describe('Where an organization has each edit only what was delegated to them', () => {
  const section = (n: string) => `${REPORT}/sections/${n}`;

  it('a contributor writes those, who answers for it writes any, and all read all', async () => {
    const { by, done, contributor, signatory } = round;
    await writeReport(round, { S13: SECRET });
    await done(signatory, 'PUT', `/api/organizations/${REGISTRY}/editing-rule`, {
      sections: 'delegated',
      reason: 'Each writes of its own work.',
    });
    const { body } = await by(contributor, 'GET', `${REPORT}?version=draft`);
    const anew = written('Anew.', { seen: body['revision'] });
    expectProblem(await by(contributor, 'PUT', section('S01'), anew), 403, 'section-not-delegated');
    const note = { to: contributor.person, note: 'You were there.' };
    await done(signatory, 'POST', `${section('S01')}/delegation`, note);
    await done(contributor, 'PUT', section('S01'), anew);
    await done(signatory, 'PUT', section('S02'), anew);
  });

  it('whoever leaves hands over: what they were asked to write is named, and stays to be delegated anew', async () => {
    const { by, done, secretary, signatory } = round;
    const appointments = `/api/organizations/${REGISTRY}/appointments`;
    const leaving = await signedIn(product, 'leaving', {
      appointments: [
        { organization: REGISTRY, role: 'contributor' },
        { organization: REGISTRY, role: 'focal-point' },
      ],
    });
    for (const each of ['S05', 'S04'])
      await done(signatory, 'POST', `${section(each)}/delegation`, { to: leaving.person });
    const end = (role: string) => ({ personId: leaving.person, role, on: '2008-05-01' });
    // Still there in another role.
    const first = await done(leaving, 'POST', `${appointments}/end`, end('contributor'));
    expect(first.body).not.toHaveProperty('orphaned');
    const left = await done(secretary, 'POST', `${appointments}/end`, end('focal-point'));
    // Whose draft it is not learns nothing of it.
    expect(left.body).not.toHaveProperty('orphaned');
    const warned = async () => {
      const { warnings } = (await by(signatory, 'GET', `${REPORT}/readiness`)).body as unknown as {
        warnings: { code: string; section?: string }[];
      };
      return warnings.filter(({ code }) => code === 'delegate-left').map((warning) => warning.section);
    };
    expect(await warned()).toEqual(['S04', 'S05']);
    expect((await by(secretary, 'GET', `${REPORT}/readiness`)).text).not.toContain(leaving.person);
    await done(signatory, 'POST', `${section('S05')}/delegation`, { to: signatory.person });
    expect(await warned()).toEqual(['S04']);
  });

  it('and who ends the appointment for the organization is told at once', async () => {
    const { done, signatory } = round;
    const [focal, gone] = [
      await signedIn(product, 'focal', { appointments: [{ organization: REGISTRY, role: 'focal-point' }] }),
      await signedIn(product, 'gone', { appointments: [{ organization: REGISTRY, role: 'contributor' }] }),
    ];
    await done(signatory, 'POST', `${section('S06')}/delegation`, { to: gone.person });
    const end = { personId: gone.person, role: 'contributor', on: '2008-05-01' };
    const { body } = await done(focal, 'POST', `/api/organizations/${REGISTRY}/appointments/end`, end);
    expect(body).toMatchObject({ orphaned: [{ series: 'ec-performance', year: 2008, section: 'S06' }] });
  });
});

describe('What is withheld after it was published', () => {
  it('is withheld in every view of the time before, from those who may not read it', async () => {
    const { by, done, secretary } = round;
    await signReport(round);
    await publishReport(round);
    published = await sequenceNow(round);
    const stream = `/api/events?stream=report-ec-performance-2008-${REGISTRY}`;
    const comparison = `/api/organizations/${REGISTRY}/comparison?years=2007,2008`;
    const page = `/organizations/${REGISTRY}/compare?years=2007,2008`;
    const past = [
      REPORT,
      `${REPORT}?version=1`,
      `${REPORT}?asOf=${published}`,
      `${REPORT}?version=1&asOf=${published}`,
      `/api/reports?asOf=${published}`,
      `${REPORT}/changes?since=0`,
      `${REPORT}/changes?since=${published}`,
      `${REPORT}/changes?since=0&asOf=${published}`,
      `${REPORT}/assessments?asOf=${published}`,
      `${comparison}&asOf=${published}`,
      comparison,
      `${page}&asOf=${published}`,
      page,
      `/organizations/${REGISTRY}?asOf=${published}`,
      `/api/organizations/${REGISTRY}/timeline?asOf=${published}`,
      stream,
      '/api/events',
    ];
    const read = async () => Promise.all(past.map(async (path) => [path, (await by(undefined, 'GET', path)).text]));
    // Also so that each of them may have been kept, ready to be sent again.
    const before = await read();
    expect(before.filter(([, text]) => text!.includes(SECRET)).length).toBeGreaterThan(8);
    await done(secretary, 'POST', `${REPORT}/withheld-parts`, { version: 1, part: 'S13', reason: 'A person.' });
    const leaks = (await read()).filter(([, text]) => text!.includes(SECRET)).map(([path]) => path);
    expect(leaks).toEqual([]);
    const then = await by(undefined, 'GET', `${REPORT}?asOf=${published}`);
    const { sections } = then.body as unknown as { sections: { section: string }[] };
    expect(sections.find((each) => each.section === 'S13')).toMatchObject({
      withheld: 'A person.',
      withheldLater: true,
    });
  });

  it('is still read by those who read what was submitted, and by nobody else', async () => {
    const { by, contributor, secretary, reviewer } = round;
    for (const who of [contributor, secretary, reviewer])
      for (const query of ['', `?asOf=${published}`])
        expect((await by(who, 'GET', `${REPORT}${query}`)).text).toContain(SECRET);
    expect((await by(heir, 'GET', REPORT)).text).not.toContain(SECRET);
  });

  it('makes a copy of the record that is refused with words, not another record', async () => {
    const { text } = await round.by(undefined, 'GET', '/api/events');
    const lines = text.trimEnd().split('\n');
    const firstWithheld = lines.findIndex((line) => (JSON.parse(line) as EventLine & { withheld?: true }).withheld);
    const folder = mkdtempSync(join(tmpdir(), 'para71-'));
    const store = SqliteEventStore.open(join(folder, 'events.sqlite'));
    const each = async function* () {
      for (const line of lines) yield await Promise.resolve(line);
    };
    const error: unknown = await importLog(store, each()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BrokenLog);
    expect(error).toMatchObject({ line: firstWithheld + 1, reason: expect.stringMatching(/withheld.*may read all/) });
    await store.close();
    rmSync(folder, { recursive: true });
  });
});

describe('An organization that was merged into another', () => {
  const question = { clarification: 'Q1', section: 'S04', question: 'When?', visibility: 'organization' };
  const answer = { text: 'In May.', visibility: 'organization' };

  it('has its reports read by those who act for that one, who answer what is asked, and write nothing of it', async () => {
    const { by, done, secretary, reviewer, contributor } = round;
    await assignReviewer(round);
    await done(reviewer, 'POST', `${REPORT}/clarifications`, question);
    const finding = `${REPORT}/assessments/${reviewer.person}/findings/F-1`;
    const found = { criterion: 'C71-PACE', statement: 'There were two.', evidence: [{ section: 'S04' }], version: 1 };
    await done(reviewer, 'PUT', finding, { ...found, sequence: published });
    await done(reviewer, 'POST', `${finding}/showing`, { until: '2099-01-01' });
    expectProblem(await by(heir, 'POST', `${finding}/comments`, { text: 'So?' }), 404, 'resource-unknown');
    const path = `${REPORT}/clarifications/Q1/answer`;
    expectProblem(await by(heir, 'POST', path, answer), 404, 'resource-unknown');
    const merger = { successor: SUCCESSOR, on: '2008-06-01', sources: [source] };
    await done(secretary, 'PUT', `/api/organizations/${REGISTRY}/successor`, merger);
    await done(heir, 'POST', path, answer);
    await done(heir, 'POST', `${finding}/comments`, { text: 'There were three.' });
    expect((await by(heir, 'GET', `${REPORT}/clarifications`)).text).toContain('In May.');
    expect((await by(heir, 'GET', REPORT)).text).toContain(SECRET);
    const { text } = await by(heir, 'GET', `/api/events?stream=report-ec-performance-2008-${REGISTRY}`);
    const last = JSON.parse(text.trimEnd().split('\n').at(-1)!) as EventLine;
    expect(last).toMatchObject({
      type: 'ClarificationAnswered',
      metadata: { actor: heir.person, onBehalfOf: SUCCESSOR },
    });
    for (const [method, at] of [
      ['PUT', `${REPORT}/sections/S04`],
      ['POST', `${REPORT}/draft`],
      ['POST', `${REPORT}/withdrawal`],
    ] as const)
      expectProblem(await by(heir, method, at, {}), 403, 'forbidden');
    // Those of the one that was merged go on as they were.
    await done(contributor, 'POST', path, { ...answer, text: 'On the second of May.' });
  });

  it('is not read by them the other way round', async () => {
    const { by, contributor } = round;
    const other = `/api/reports/ec-performance/2008/${SUCCESSOR}`;
    await round.done(heir, 'POST', `${other}/draft`, { on: '2008-06-02' });
    expectProblem(await by(contributor, 'GET', `${other}?version=draft`), 404, 'report-unknown');
  });

  it('loses its people as they leave, and is not reviewed by those who joined the other one', async () => {
    const { by, done, secretary, contributor, reviewer } = round;
    const appointment = { personId: reviewer.person, role: 'contributor', from: '2008-06-01' };
    const joining = await by(secretary, 'POST', `/api/organizations/${SUCCESSOR}/appointments`, appointment);
    expectProblem(joining, 403, 'conflict-of-interest');
    const end = { personId: contributor.person, role: 'contributor', on: '2008-06-01' };
    await done(secretary, 'POST', `/api/organizations/${REGISTRY}/appointments/end`, end);
    const path = `${REPORT}/clarifications/Q1/answer`;
    expectProblem(await by(contributor, 'POST', path, answer), 404, 'resource-unknown');
    expect((await by(contributor, 'GET', REPORT)).text).not.toContain(SECRET);
  });
});

describe('On whose behalf something is recorded', () => {
  const on = (organization: string) => ({ 'On-Behalf-Of': organization });
  const own = exampleAction({ lead: SUCCESSOR, partners: [] });

  it('the secretariat says where the permission table has it so, for the organization that it is about', async () => {
    const { by, secretary } = round;
    const recorded = await by(secretary, 'PUT', '/api/actions/EX-1', own, on(SUCCESSOR));
    expect(recorded.status).toBe(201);
    const { text } = await by(undefined, 'GET', '/api/events?stream=action-ex-1');
    expect(JSON.parse(text)).toMatchObject({ metadata: { role: 'secretariat', onBehalfOf: SUCCESSOR } });
    const other = await by(secretary, 'PUT', '/api/actions/EX-2', own, on(REGISTRY));
    expectProblem(other, 403, 'on-behalf-not-taken');
    const noting = await by(secretary, 'POST', `${REPORT}/notes`, { version: 1, sequence: published }, on(REGISTRY));
    expectProblem(noting, 403, 'on-behalf-not-taken');
  });

  it('nobody else says but of the organization that appointed them', async () => {
    const { by, reviewer } = round;
    const asking = { clarification: 'Q9', section: 'S04', question: 'Why?', visibility: 'internal' };
    const asked = await by(reviewer, 'POST', `${REPORT}/clarifications`, asking, on(REGISTRY));
    expectProblem(asked, 403, 'on-behalf-not-taken');
    expectProblem(await by(heir, 'PUT', '/api/actions/EX-3', own, on(REGISTRY)), 403, 'on-behalf-not-taken');
    expect((await by(heir, 'PUT', '/api/actions/EX-3', own, on(SUCCESSOR))).status).toBe(201);
  });
});
