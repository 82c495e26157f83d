import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleAction } from '../support/example-action.js';
import { type EventLine, expectProblem } from '../support/api.js';
import { exampleOrganization } from '../support/example-organization.js';
import { type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import {
  beginRound,
  REGISTRY,
  REPORT,
  type Round,
  sequenceNow,
  signReport,
  source,
  SUCCESSOR,
  writeReport,
} from '../support/signed-report.js';

const DAY = 86_400_000;

/** Days by which the product's clock is ahead. */
let ahead = 0;
let product: RunningProduct;
let round: Round;
/** Of the secretariat, and once of the organization. */
let formerly: Persona;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' }, options: { now: () => Date.now() + ahead * DAY } });
  round = await beginRound(product);
  formerly = await signedIn(product, 'formerly', {
    mandates: ['secretariat'],
    appointments: [{ organization: REGISTRY, role: 'contributor', ended: true }],
  });
}, 90_000);
afterAll(() => product.remove());

const secretary = (name: string) => signedIn(product, name, { mandates: ['secretariat'] }, ahead * 2_880);

const recordAt = async (sequence: number) =>
  JSON.parse((await round.by(undefined, 'GET', `/api/events/${sequence}`)).text) as EventLine;

describe('A request', () => {
  const request = {
    requester: SUCCESSOR,
    on: '2008-03-12',
    deadline: '2008-05-31',
    confidence: 'found',
    sources: [source],
  };

  it('is moved, or taken back, by nobody who ever acted for whom it was sent to', async () => {
    const { by, done, secretary } = round;
    await done(secretary, 'POST', `${REPORT}/request`, request);
    const later = { to: '2008-06-30', reason: 'Their council meets in June.' };
    expectProblem(await by(formerly, 'PUT', `${REPORT}/deadline`, later), 403, 'conflict-of-interest');
    expectProblem(await by(formerly, 'POST', `${REPORT}/exemption`, { reason: 'So.' }), 403, 'conflict-of-interest');
    await done(secretary, 'PUT', `${REPORT}/deadline`, later);
  });

  it('has its deadline moved as long as no answer has come', async () => {
    const { by, secretary } = round;
    await writeReport(round);
    await signReport(round);
    const later = { to: '2008-07-31', reason: 'They asked for it.' };
    expectProblem(await by(secretary, 'PUT', `${REPORT}/deadline`, later), 409, 'report-already-answered');
  });

  it('is not sent to an organization that was merged into another', async () => {
    const { by, done, secretary } = round;
    const gone = '/api/organizations/former-union';
    await done(secretary, 'PUT', gone, exampleOrganization('Former Union'));
    await done(secretary, 'PUT', `${gone}/successor`, { successor: SUCCESSOR, on: '2008-02-01', sources: [source] });
    const asked = await by(secretary, 'POST', '/api/reports/ec-performance/2008/former-union/request', request);
    expect(expectProblem(asked, 409, 'organization-merged')).toMatchObject({ facts: { into: SUCCESSOR } });
  });
});

describe('A note', () => {
  it('is pinned to what was there to be read', async () => {
    const { by, done, secretary } = round;
    const head = await sequenceNow(round);
    const note = (sequence: number, version = 1) => by(secretary, 'POST', `${REPORT}/notes`, { version, sequence });
    expectProblem(await note(head + 1_000), 422, 'sequence-unknown');
    expectProblem(await note(0), 422, 'sequence-before-version');
    expectProblem(await note(head, 2), 404, 'version-unknown');
    await done(secretary, 'POST', `${REPORT}/notes`, { version: 1, sequence: head });
  });
});

describe('What takes two persons', () => {
  it('waits fourteen days for the second one, and says so to whoever comes later', async () => {
    const { by, done, secretary: first } = round;
    const publish = (who: Persona, more = {}) => by(who, 'POST', `${REPORT}/publication`, { version: 1, ...more });
    const { body: proposed } = await done(first, 'POST', `${REPORT}/publication`, { version: 1 });
    const event = await by(first, 'GET', `/api/events/${proposed['sequence']}`);
    const { metadata } = event.body as unknown as EventLine;
    const until = new Date(Date.parse(metadata['recordedAt']!) + 14 * DAY).toISOString().slice(0, 10);
    ahead = 15;
    const [one, other] = [await secretary('one'), await secretary('other')];
    const problem = expectProblem(await publish(one), 409, 'proposal-lapsed');
    expect(problem).toMatchObject({ facts: { proposedBy: first.person, until } });
    expect(problem.detail).toContain('"anew": true');
    const waiting = async (who: Persona) => {
      const { body } = await by(who, 'GET', '/api/inbox');
      const { inboxes } = body as unknown as { inboxes: { waiting: { kind: string }[] }[] };
      return inboxes.flatMap((inbox) => inbox.waiting.map(({ kind }) => kind));
    };
    expect(await waiting(one)).toContain('version-to-publish');
    expect((await publish(one, { anew: true })).status).toBe(200);
    expect(await waiting(other)).toContain('publication-to-second');
    ahead = 28;
    const last = await secretary('last');
    expect((await publish(last)).status).toBe(200);
    expect((await by(undefined, 'GET', REPORT)).body).toMatchObject({ report: { published: 1 } });
  });
});

describe('A fact of an action', () => {
  it('that was stated wrongly is taken back, and the record says so', async () => {
    const { by, done } = round;
    const editor = await secretary('editor');
    const action = '/api/actions/EX-1';
    const facts = { lead: SUCCESSOR, partners: [], startedOn: { date: '2006' }, status: 'COMPLETED' };
    await done(editor, 'PUT', action, exampleAction({ ...facts, endedOn: { date: '2007' }, note: 'By letter.' }));
    const ended = async () => (await by(undefined, 'GET', `/api/organizations/${SUCCESSOR}/timeline`)).text;
    expect(await ended()).toContain('action-ended');
    const reason = 'The minutes name no end.';
    const revise = (changes: object) => by(editor, 'PUT', `${action}/facts`, { changes, reason });
    const { body } = await done(editor, 'PUT', `${action}/facts`, { changes: { endedOn: null }, reason });
    expect((await by(undefined, 'GET', action)).body).not.toHaveProperty('endedOn');
    expect(await ended()).not.toContain('action-ended');
    expect(await recordAt((body as unknown as { sequence: number }).sequence)).toMatchObject({
      type: 'ActionRevised',
      data: { changes: {}, removed: ['endedOn'], reason },
    });
    expectProblem(await revise({ endedOn: null }), 409, 'nothing-changed');
    // What every action has is not taken back.
    expectProblem(await revise({ title: null }), 400, 'command-invalid');
    expect((await revise({ endedOn: { date: '2008' }, note: null })).status).toBe(200);
    const { body: stands } = await by(undefined, 'GET', action);
    expect(stands).toMatchObject({ endedOn: { date: '2008' } });
    expect(stands).not.toHaveProperty('note');
  });

  it('is given up before it began, where it was a plan', async () => {
    const { by, done } = round;
    const editor = await secretary('planner');
    const facts = { lead: SUCCESSOR, partners: [], startedOn: { date: '2099' }, status: 'PLANNED' };
    await done(editor, 'PUT', '/api/actions/EX-2', exampleAction(facts));
    await done(editor, 'POST', '/api/actions/EX-2/discontinuation', { on: '2026-02', reason: 'No funds.' });
    expect((await by(undefined, 'GET', '/api/actions/EX-2')).body).toMatchObject({ status: 'DISCONTINUED' });
  });
});
