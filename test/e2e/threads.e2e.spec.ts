import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClarificationAsRead } from '#views';
import { expectProblem } from '../support/api.js';
import { expectNotFor, type Persona, signedIn } from '../support/people.js';
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
  written,
} from '../support/signed-report.js';

const THREADS = `${REPORT}/clarifications`;
const DOUBT = 'I doubt that they met twice';
const ANSWER = 'In the halls of two universities';

let product: RunningProduct;
let round: Round;
let stranger: Persona;
let colleague: Persona;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  round = await beginRound(product);
  stranger = await signedIn(product, 'stranger', { appointments: [{ organization: SUCCESSOR, role: 'signatory' }] });
  colleague = await signedIn(product, 'colleague', { mandates: ['reviewer'] });
  await writeReport(round);
  await signReport(round);
  await publishReport(round);
  await assignReviewer(round);
});
afterAll(() => product.remove());

const threads = async (who: Persona | undefined) => {
  const { body, status } = await round.by(who, 'GET', THREADS);
  expect(status).toBe(200);
  return body['clarifications'] as unknown as ClarificationAsRead[];
};
const openFor = async (who: Persona | undefined) => {
  const { body } = await round.by(who, 'GET', REPORT);
  return (body as unknown as { report: { openClarifications?: number } }).report.openClarifications;
};
/** All that somebody can read of the report, as one text. */
const readingOf = async (who: Persona | undefined) => {
  const paths = [REPORT, '/api/reports', THREADS, `${REPORT}/changes?since=0`, '/api/events', `${REPORT}/assessments`];
  const answers = await Promise.all(paths.map((path) => round.by(who, 'GET', path)));
  return answers.map(({ text }) => text).join('\n');
};

describe('A thread over HTTP', () => {
  it('goes to and fro between who asked and the organization, until it is closed', async () => {
    const { done, reviewer, contributor } = round;
    const question = { clarification: 'Q1', section: 'S04', question: 'Where?', visibility: 'organization' };
    await done(reviewer, 'POST', THREADS, { ...question, dueOn: '2008-07-01' });
    expect(await openFor(contributor)).toBe(1);
    await done(contributor, 'POST', `${THREADS}/Q1/answer`, { text: ANSWER, visibility: 'organization' });
    expect(await openFor(contributor)).toBe(0);
    await done(reviewer, 'POST', `${THREADS}/Q1/follow-up`, { text: 'Which?', visibility: 'organization' });
    const later = { to: '2008-08-01', reason: 'They asked for it' };
    await done(reviewer, 'PUT', `${THREADS}/Q1/due-date`, later);
    await done(contributor, 'POST', `${THREADS}/Q1/answer`, { text: 'Both.', visibility: 'organization' });
    await done(reviewer, 'POST', `${THREADS}/Q1/closing`, { outcome: 'answered' });
    const late = await round.by(contributor, 'POST', `${THREADS}/Q1/answer`, {
      text: 'And',
      visibility: 'organization',
    });
    expectProblem(late, 409, 'clarification-closed');
    const [thread] = await threads(contributor);
    expect(thread).toMatchObject({ state: 'closed', outcome: 'answered', dueOn: '2008-08-01', version: 1 });
    expect(thread!.messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['answer', ANSWER],
      ['follow-up', 'Which?'],
      ['answer', 'Both.'],
    ]);
  });

  it('is not for another organization, nor for the public, and they cannot tell that it is there', async () => {
    for (const who of [undefined, stranger]) {
      expect(await readingOf(who)).not.toContain(ANSWER);
      expectNotFor(who, await round.by(who, 'GET', `${THREADS}/Q1`), 'clarification-unknown');
    }
    expect(await threads(undefined)).toEqual([]);
    expect(await openFor(undefined)).toBeUndefined();
  });

  it('is gone on with by who asked, and by the secretariat, not by another reviewer', async () => {
    const { by, done, secretary } = round;
    await assignReviewer({ ...round, reviewer: colleague });
    const reopening = { reason: 'One of them has no hall' };
    expectProblem(await by(colleague, 'POST', `${THREADS}/Q1/reopening`, reopening), 403, 'not-the-asker');
    await done(secretary, 'POST', `${THREADS}/Q1/reopening`, reopening);
  });

  it('Trap (SERIMA#791): a note among reviewers reaches reviewers, in no way the organization', async () => {
    const { by, done, reviewer, secretary, contributor, signatory } = round;
    const before = await threads(contributor);
    const openBefore = await openFor(contributor);
    await done(reviewer, 'POST', `${THREADS}/Q1/follow-up`, { text: DOUBT, visibility: 'internal' });
    const among = { clarification: 'Q2', section: 'S05', question: `${DOUBT}, do you?`, visibility: 'internal' };
    await done(reviewer, 'POST', THREADS, among);
    await done(secretary, 'POST', `${THREADS}/Q2/follow-up`, { text: DOUBT, visibility: 'internal' });
    for (const who of [reviewer, secretary]) expect(await readingOf(who)).toContain(DOUBT);
    for (const who of [undefined, contributor, signatory, stranger]) expect(await readingOf(who)).not.toContain(DOUBT);
    expect(await threads(contributor)).toEqual(before);
    expect(await openFor(contributor)).toBe(openBefore);
    // Nor those of its people who are something else besides.
    for (const mandate of ['secretariat', 'auditor'] as const) {
      const both = await signedIn(product, `both-${mandate}`, {
        mandates: [mandate],
        appointments: [{ organization: REGISTRY, role: 'contributor' }],
      });
      expect(await readingOf(both)).not.toContain(DOUBT);
      expectProblem(await by(both, 'GET', `${THREADS}/Q2`), 404, 'clarification-unknown');
    }
    const answer = { text: 'To what?', visibility: 'organization' };
    expectProblem(await by(contributor, 'POST', `${THREADS}/Q2/answer`, answer), 404, 'clarification-unknown');
    expectProblem(await by(contributor, 'GET', `${THREADS}/Q2`), 404, 'clarification-unknown');
  });

  it('becomes readable for more by a step with a reason, and what was said in it does not', async () => {
    const { done, reviewer } = round;
    await done(reviewer, 'PUT', `${THREADS}/Q1/visibility`, { to: 'public', reason: 'Others have asked the same' });
    const [thread] = await threads(undefined);
    expect(thread).toMatchObject({ question: 'Where?', messages: [], steps: [{ kind: 'widened' }] });
    const text = await readingOf(undefined);
    for (const said of [ANSWER, DOUBT, 'One of them has no hall']) expect(text).not.toContain(said);
  });

  it('takes a document for those who may read the message', async () => {
    const { by, done, contributor, reviewer, secretary } = round;
    const upload = async (who: Persona, content: string) => {
      const answer = await fetch(`${product.api.address}/api/attachments`, {
        method: 'POST',
        headers: {
          ...who.headers,
          'Content-Type': 'text/plain',
          'Content-Disposition': "attachment; filename*=UTF-8''list.txt",
        },
        body: content,
      });
      return (await answer.json()) as { sha256: string; token: string };
    };
    const list = await upload(contributor, 'Forty names.');
    const naming = { text: 'Here.', documents: [{ title: 'List', sha256: list.sha256 }], visibility: 'organization' };
    const answered = await by(contributor, 'POST', `${THREADS}/Q1/answer`, naming, { 'Upload-Token': list.token });
    expect(answered.status).toBe(200);
    await done(reviewer, 'POST', `${THREADS}/Q1/follow-up`, { text: 'Thank you.', visibility: 'organization' });
    for (const who of [contributor, reviewer, secretary])
      expect((await by(who, 'GET', `/api/attachments/${list.sha256}`)).text).toBe('Forty names.');
    for (const who of [undefined, stranger])
      expectNotFor(who, await by(who, 'GET', `/api/attachments/${list.sha256}`), 'attachment-unknown');

    const doubts = await upload(secretary, 'Thirty of them do not exist.');
    const noting = { text: DOUBT, documents: [{ title: 'Doubts', sha256: doubts.sha256 }], visibility: 'internal' };
    const noted = await by(secretary, 'POST', `${THREADS}/Q1/follow-up`, noting, { 'Upload-Token': doubts.token });
    expect(noted.status).toBe(200);
    for (const who of [reviewer, secretary])
      expect((await by(who, 'GET', `/api/attachments/${doubts.sha256}`)).status).toBe(200);
    for (const who of [undefined, contributor, stranger])
      expectNotFor(who, await by(who, 'GET', `/api/attachments/${doubts.sha256}`), 'attachment-unknown');
  });

  it('stays, with what reviewers noted, when a new version is submitted', async () => {
    const { by, done, contributor, signatory, reviewer } = round;
    const before = (await threads(reviewer))[0]!;
    await done(signatory, 'POST', `${REPORT}/amendment`, { reason: 'A hall.', material: true, sections: ['S04'] });
    const { body } = await by(contributor, 'GET', `${REPORT}?version=draft`);
    await done(contributor, 'PUT', `${REPORT}/sections/S04`, written('Two halls.', { seen: body['revision'] }));
    await signReport(round);
    const [after] = await threads(reviewer);
    expect(after).toEqual({ ...before, laterVersion: 2 });
    expect(after!.messages.map(({ text }) => text)).toContain(DOUBT);
  });
});
