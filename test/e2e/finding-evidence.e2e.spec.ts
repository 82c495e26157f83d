import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/api.js';
import { keepFile } from '../support/kept-file.js';
import { expectNotFor, type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import {
  publishedRound,
  readingsOfReport,
  REGISTRY,
  REPORT,
  type Round,
  sequenceNow,
  SUCCESSOR,
} from '../support/signed-report.js';
import { telling } from '../support/words-told.js';

type File = Awaited<ReturnType<typeof keepFile>>;

let product: RunningProduct;
let round: Round;
let auditor: Persona;
/** Acts for another organization. */
let stranger: Persona;
/** Assigned as well, and has not said yet whether there is a conflict. */
let undeclared: Persona;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  round = await publishedRound(product);
  auditor = await signedIn(product, 'auditor', { mandates: ['auditor'] });
  const elsewhere = [{ organization: SUCCESSOR, role: 'contributor' as const }];
  stranger = await signedIn(product, 'stranger', { appointments: elsewhere });
  undeclared = await signedIn(product, 'undeclared', { mandates: ['reviewer'] });
  await round.done(round.secretary, 'PUT', `${REPORT}/assessments/${undeclared.person}`, { from: '2008-06-01' });
}, 90_000);
afterAll(() => product.remove());

const addressOf = (finding: string) => `${REPORT}/assessments/${round.reviewer.person}/findings/${finding}`;

async function write(finding: string, evidence: object, headers: object = {}) {
  const words = { criterion: 'C71-PACE', statement: 'Four groups were there.', evidence: [evidence] };
  const seen = { version: 1, sequence: await sequenceNow(round) };
  const written = await round.by(round.reviewer, 'PUT', addressOf(finding), { ...words, ...seen }, headers);
  expect(written).toMatchObject({ status: 201 });
}

async function revise(finding: string, evidence: object) {
  const words = { statement: 'Five groups were there.', evidence: [evidence], reason: 'Miscounted.' };
  const seen = { version: 1, sequence: await sequenceNow(round) };
  await round.done(round.reviewer, 'POST', `${addressOf(finding)}/revision`, { ...words, ...seen });
}

const show = (finding: string) =>
  round.done(round.reviewer, 'POST', `${addressOf(finding)}/showing`, { until: '2100-01-01' });

async function publish(finding: string) {
  await round.done(round.signatory, 'POST', `${addressOf(finding)}/comments`, { text: 'It is so.' });
  await round.done(round.reviewer, 'POST', `${addressOf(finding)}/publication`, {});
}

async function expectReadBy(file: File, readers: readonly (Persona | undefined)[]): Promise<void> {
  const { contributor, secretary, reviewer } = round;
  for (const who of [contributor, secretary, reviewer, auditor, stranger, undeclared, undefined]) {
    const answer = await round.by(who, 'GET', file.address);
    if (readers.includes(who)) expect([who?.person, answer.status]).toEqual([who?.person, 200]);
    else expectNotFor(who, answer, 'attachment-unknown');
  }
}

describe('A file that nothing but a finding names', () => {
  it('is for those who may read the finding, and for nobody else: a draft, as it was shown, and as it is public', async () => {
    const { contributor, secretary, reviewer } = round;
    const file = await keepFile(product, reviewer, 'Minutes', 'Four groups were there.');
    await expectReadBy(file, []);
    await write('F-1', { document: file.document }, file.token);
    const insiders = [secretary, reviewer, auditor];
    await expectReadBy(file, insiders);
    const named = { text: 'See there.', visibility: 'organization', documents: [file.document] };
    const taken = await round.by(contributor, 'POST', `${REPORT}/clarifications/Q0/answer`, named);
    expectProblem(taken, 422, 'document-not-stored');
    await revise('F-1', { document: file.document });
    await show('F-1');
    const submittedToo = [...insiders, contributor, undeclared];
    await expectReadBy(file, submittedToo);
    await publish('F-1');
    await expectReadBy(file, [...submittedToo, stranger, undefined]);
  });

  it('stays with those who were shown it when the finding is written anew', async () => {
    const { contributor, secretary, reviewer } = round;
    const file = await keepFile(product, secretary, 'First minutes', 'Three groups were there.');
    await write('F-2', { document: file.document }, file.token);
    await show('F-2');
    await revise('F-2', { section: 'S04' });
    await expectReadBy(file, [secretary, reviewer, auditor, contributor, undeclared]);
  });
});

describe('A file of a thread that was not for everybody', () => {
  const SECRET = 'Zanzibar';
  const stream = () => `/api/events?stream=assessment-ec-performance-2008-${REGISTRY}--${round.reviewer.person}`;
  const one = () => `${REPORT}/assessments/${round.reviewer.person}`;
  const paths = (asOf: string) => [...readingsOfReport(asOf), `${one()}?${asOf}`, stream(), '/api/events'];
  const evidenceTold = async (who: Persona | undefined, finding: string, asOf = '') => {
    const { body } = await round.by(who, 'GET', `${one()}?${asOf}`);
    const { findings } = body as unknown as { findings: readonly { finding: string; evidence: readonly object[] }[] };
    return findings.find((each) => each.finding === finding)?.evidence;
  };

  it.each([
    ['organization', 'Q1', 'Visits', ['contributor', 'secretary', 'reviewer']],
    ['internal', 'Q2', 'Doubts', ['secretary', 'reviewer']],
  ] as const)('(%s) is told to no more by a finding that is published, which says so', async (...given) => {
    const [visibility, clarification, title, readers] = given;
    const { by, done, reviewer, contributor, secretary } = round;
    const file = await keepFile(product, secretary, `${title} to ${SECRET}`, title);
    const asked = { clarification, section: 'S04', question: 'Who?', visibility };
    await done(reviewer, 'POST', `${REPORT}/clarifications`, asked);
    const said = { text: 'See there.', visibility, documents: [file.document] };
    const answer = await by(reviewer, 'POST', `${REPORT}/clarifications/${clarification}/follow-up`, said, file.token);
    expect(answer).toMatchObject({ status: 200 });
    const finding = `F-${clarification}`;
    await write(finding, { document: file.document }, file.token);
    await show(finding);
    await publish(finding);
    const then = `asOf=${await sequenceNow(round)}`;
    const personas = { contributor, secretary, reviewer, stranger, nobody: undefined };
    for (const [name, who] of Object.entries(personas)) {
      const isReader = (readers as readonly string[]).includes(name);
      for (const asOf of ['', then]) {
        const told = await telling(round, who, `${title} to ${SECRET}`, paths(asOf));
        expect([name, told.includes(stream()), told.length > 0]).toEqual([name, isReader, isReader]);
        const why = name === 'contributor' ? 'It is for reviewers and the secretariat.' : 'It is not public.';
        const evidence = isReader ? { document: file.document } : { withheld: why };
        expect([name, await evidenceTold(who, finding, asOf)]).toEqual([name, [evidence]]);
      }
      const sent = await by(who, 'GET', file.address);
      if (isReader) expect(sent.status).toBe(200);
      else expectNotFor(who, sent, 'attachment-unknown');
    }
    const page = await by(undefined, 'GET', `/reports/ec-performance/2008/${REGISTRY}`);
    expect(page.text).toContain('Reason: <span dir="auto">It is not public.</span>');
  });
});
