import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventLine } from '../support/api.js';
import { expectProblem } from '../support/api.js';
import { exampleAction } from '../support/example-action.js';
import { type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import {
  assignReviewer,
  beginRound,
  publishReport,
  REGISTRY,
  REPORT,
  type Round,
  signReport,
  SUCCESSOR,
  writeReport,
} from '../support/signed-report.js';

const APPOINTMENTS = `/api/organizations/${REGISTRY}/appointments`;
const THREADS = `${REPORT}/clarifications`;
const question = (clarification: string, visibility = 'public') => ({
  clarification,
  section: 'S04',
  question: 'Where?',
  visibility,
});

let product: RunningProduct;
let round: Round;
let focalPoint: Persona;
/** Of the secretariat, and recorded as somebody who acts for the organization. */
let involved: Persona;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  round = await beginRound(product);
  const appointments = [{ organization: REGISTRY, role: 'focal-point' }] as const;
  focalPoint = await signedIn(product, 'focal-point', { appointments });
  involved = await signedIn(product, 'involved', { mandates: ['secretariat'] });
});
afterAll(() => product.remove());

describe('Whoever acts for an organization', () => {
  const appoint = (who: Persona, { person }: Persona, more = {}) =>
    round.by(who, 'POST', APPOINTMENTS, { personId: person, role: 'contributor', from: '2008', ...more });

  it('appoints nobody who publishes or reviews, and so keeps nobody from it', async () => {
    const { secretary, reviewer, done } = round;
    await writeReport(round);
    for (const [who, more] of [[secretary], [reviewer], [secretary, { from: '2099' }]] as const) {
      const problem = expectProblem(await appoint(focalPoint, who, more), 403, 'appointee-has-mandate');
      expect(problem.detail).toContain('ask the secretariat to record that');
    }
    expectProblem(await round.by(secretary, 'GET', `${REPORT}?version=draft`), 404, 'report-unknown');
    await signReport(round);
    await publishReport(round);
    await done(secretary, 'POST', `${REPORT}/withheld-parts`, { version: 1, part: 'S05', reason: 'Names a person' });
    await assignReviewer(round);
  });

  it('does it with a mandate only where the secretariat has recorded it, and then stands aside', async () => {
    const { secretary } = round;
    expectProblem(await appoint(involved, involved), 409, 'second-person-needed');
    expect((await appoint(secretary, involved)).status).toBe(200);
    const noting = { version: 1, sequence: 1 };
    expectProblem(await round.by(involved, 'POST', `${REPORT}/notes`, noting), 403, 'conflict-of-interest');
  });

  it('does so until a day that has come', async () => {
    const { contributor, by, secretary } = round;
    const end = { personId: contributor.person, role: 'contributor', on: '2999-01-01' };
    expectProblem(await by(secretary, 'POST', `${APPOINTMENTS}/end`, end), 422, 'date-in-future');
    expect((await by(contributor, 'GET', `${REPORT}/receipts/1`)).status).toBe(200);
  });

  it('cites what the organization led or took part in', async () => {
    const { contributor, signatory, secretary, by, done } = round;
    const theirs = exampleAction({ lead: SUCCESSOR, partners: [] });
    await done(secretary, 'PUT', '/api/actions/EX-2', theirs);
    await done(signatory, 'POST', `${REPORT}/amendment`, {
      reason: 'One is missing',
      material: true,
      sections: ['S04'],
    });
    const cite = () =>
      by(contributor, 'PUT', `${REPORT}/citations/EX-2`, { claims: [{ criterion: 'C71-PACE', text: 'In time.' }] });
    expect(expectProblem(await cite(), 409, 'action-of-others').detail).toContain('record it as a partner');
    const joined = { changes: { partners: [REGISTRY] }, reason: 'It took part' };
    await done(secretary, 'PUT', '/api/actions/EX-2/facts', joined);
    expect((await cite()).status).toBe(200);
  });

  it('judges in no name but their own', async () => {
    const { contributor, by } = round;
    const recording = (told: object) => by(contributor, 'PUT', '/api/actions/EX-3', exampleAction(told));
    const forged = { test: 'POLICY', by: 'The secretariat' };
    const problem = expectProblem(await recording({ scope: forged }), 400, 'command-invalid');
    expect(problem.errors).toMatchObject([{ field: 'scope.by' }]);
    expect((await recording({})).status).toBe(201);
    const { data } = JSON.parse((await by(undefined, 'GET', '/api/events?stream=action-ex-3')).text) as EventLine;
    expect(data).toMatchObject({ scope: { test: 'POLICY', by: contributor.person } });
  });
});

describe('A reviewer', () => {
  let unassigned: Persona;
  let undeclared: Persona;
  const assessment = ({ person }: Persona) => `${REPORT}/assessments/${person}`;

  beforeAll(async () => {
    unassigned = await signedIn(product, 'unassigned', { mandates: ['reviewer'] });
    undeclared = await signedIn(product, 'undeclared', { mandates: ['reviewer'] });
    await round.done(round.secretary, 'PUT', assessment(undeclared), { from: '2008-06-01' });
  });

  it('asks back about a report that they are assigned to, once they have declared; the secretariat about any', async () => {
    const { by, done, reviewer, secretary } = round;
    for (const who of [unassigned, undeclared])
      expectProblem(await by(who, 'POST', THREADS, question('Q1')), 403, 'not-reviewing');
    await done(undeclared, 'POST', `${assessment(undeclared)}/no-conflict`, {});
    await done(undeclared, 'POST', THREADS, question('Q1'));
    await done(reviewer, 'POST', THREADS, question('Q2', 'internal'));
    await done(secretary, 'POST', THREADS, question('Q3', 'internal'));
  });

  it('who does not review the report is told the same under a name that is taken as under one that is free', async () => {
    const { by } = round;
    const told = async (id: string) => {
      const [path, body] = [`${THREADS}/${id}/follow-up`, { text: 'And?', visibility: 'internal' }];
      const answers = [await by(unassigned, 'POST', THREADS, question(id)), await by(unassigned, 'POST', path, body)];
      return answers.map(({ status, text }) => [
        status,
        text.replaceAll(id, '').replace(/"correlationId":"[^"]*"/, ''),
      ]);
    };
    expect(await told('Q2')).toEqual(await told('Q9'));
  });

  it('shows a finding before the organization can say anything of it: until then it knows of none', async () => {
    const { by, done, reviewer, signatory } = round;
    const sequence = (await done(reviewer, 'POST', THREADS, question('Q4'))).body['sequence'];
    const written = {
      criterion: 'C71-PACE',
      statement: 'In time.',
      evidence: [{ section: 'S04' }],
      version: 1,
      sequence,
    };
    await done(reviewer, 'PUT', `${assessment(reviewer)}/findings/F-DRAFT`, written);
    const told = async (finding: string) => {
      const path = `${assessment(reviewer)}/findings/${finding}/comments`;
      const answer = await by(signatory, 'POST', path, { text: 'So.' });
      expectProblem(answer, 404, 'finding-unknown');
      return answer.text.replaceAll(finding, '').replace(/"correlationId":"[^"]*"/, '');
    };
    expect(await told('F-DRAFT')).toBe(await told('F-NONE'));
    // Nor is somebody of the secretariat told who acts for the organization.
    const inbox = async (who: Persona) => (await by(who, 'GET', `/api/reviewers/${reviewer.person}/inbox`)).text;
    expect(await inbox(round.secretary)).toContain('F-DRAFT');
    expect(await inbox(involved)).not.toContain('F-DRAFT');
  });
});
