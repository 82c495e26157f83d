import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/api.js';
import { keepFile } from '../support/kept-file.js';
import { expectNotFor, type Persona } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import {
  assignReviewer,
  beginRound,
  publishReport,
  readingsOfReport,
  readingsOfVersion,
  REGISTRY,
  REPORT,
  type Round,
  sequenceNow,
  signReport,
  source,
  SUCCESSOR,
  writeReport,
} from '../support/signed-report.js';
import { found, telling, untilFound } from '../support/words-told.js';

const SECRET = 'Zanzibar';
const LETTER = `/api/reports/ec-performance/2008/${SUCCESSOR}`;
const REASON = 'A person.';
const FOUND = 'Four groups were in the room.';

let product: RunningProduct;
let round: Round;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  round = await beginRound(product);
}, 90_000);
afterAll(() => product.remove());

/** A file whose title tells what is to be withheld, and is that of no other file: what is called alike is withheld alike. */
const fileOf = (who: Persona, content: string) => keepFile(product, who, `${content} Minutes of ${SECRET}`, content);

/** Shown to the organization, which comments on it, and then to everybody. */
async function publishFinding(name: string, evidence: readonly object[]): Promise<void> {
  const { done, signatory, reviewer } = round;
  const finding = `${REPORT}/assessments/${reviewer.person}/findings/${name}`;
  const seen = { version: 1, sequence: await sequenceNow(round) };
  await done(reviewer, 'PUT', finding, { criterion: 'C71-PACE', statement: FOUND, evidence, ...seen });
  await done(reviewer, 'POST', `${finding}/showing`, { until: '2100-01-01' });
  await done(signatory, 'POST', `${finding}/comments`, { text: 'It is so.' });
  await done(reviewer, 'POST', `${finding}/publication`, {});
}

const tellingSecrets = (paths: readonly string[]) => telling(round, undefined, SECRET, paths);

describe('A document of no section, the reservation and a public thread', () => {
  let published: number;
  let bytes: readonly string[];
  const pagesAt = (asOf: string) => [
    ...readingsOfReport(asOf),
    ...readingsOfVersion(1, asOf),
    `${REPORT}/clarifications/Q1?${asOf}`,
  ];
  const always = ['/api/events', `/api/events?stream=report-ec-performance-2008-${REGISTRY}`, `${REPORT}/receipts/1`];
  const paths = () => [...pagesAt(`asOf=${published}`), ...pagesAt(''), ...always, `/api/events?stream=${findings()}`];
  const findings = () => `assessment-ec-performance-2008-${REGISTRY}--${round.reviewer.person}`;

  beforeAll(async () => {
    const { by, done, contributor, reviewer } = round;
    const [loose, inThread] = [await fileOf(contributor, 'Of no section.'), await fileOf(contributor, 'Asked for.')];
    bytes = [loose.address, inThread.address];
    await writeReport(round);
    const attached = await by(contributor, 'POST', `${REPORT}/documents`, { document: loose.document }, loose.token);
    expect(attached.status).toBe(200);
    await signReport(round, { reservation: `We have no duty to report on ${SECRET}.` });
    await assignReviewer(round);
    const question = { clarification: 'Q1', section: 'S04', question: `Who went to ${SECRET}?`, visibility: 'public' };
    await done(reviewer, 'POST', `${REPORT}/clarifications`, question);
    const answer = { text: `To ${SECRET} went one.`, visibility: 'public', documents: [inThread.document] };
    const said = await by(contributor, 'POST', `${REPORT}/clarifications/Q1/answer`, answer, inThread.token);
    expect(said.status).toBe(200);
    await publishReport(round);
    await publishFinding('F-1', [{ document: loose.document }, { section: 'S04' }]);
    await publishFinding('F-2', [{ document: inThread.document }, { section: 'S04' }]);
    published = await sequenceNow(round);
  }, 90_000);

  it('are read by everybody, wherever they stand', async () => {
    expect((await tellingSecrets(paths())).length).toBeGreaterThan(25);
    for (const file of bytes) expect((await round.by(undefined, 'GET', file)).status).toBe(200);
    await untilFound(round, SECRET, (total) => total >= 4);
  });

  it('are read by nobody else once they are withheld, also as they stood before, and each place says why', async () => {
    const { by, done, secretary } = round;
    for (const part of ['document 1', 'reservation', 'clarification Q1'])
      await done(secretary, 'POST', `${REPORT}/withheld-parts`, { version: 1, part, reason: REASON });
    expect(await tellingSecrets(paths())).toEqual([]);
    for (const file of bytes) expectNotFor(undefined, await by(undefined, 'GET', file), 'attachment-unknown');
    await untilFound(round, SECRET, (total) => total === 0);
    for (const asOf of [`asOf=${published}`, '']) {
      expect((await by(undefined, 'GET', `${REPORT}/clarifications/Q1?${asOf}`)).body).toMatchObject({
        withheld: REASON,
        messages: [],
        ...(asOf && { withheldLater: true }),
      });
      const { report } = (await by(undefined, 'GET', `${REPORT}?${asOf}`)).body as unknown as { report: object };
      expect(report).toMatchObject({ reservationWithheld: REASON, status: 'ANSWERED_WITH_RESERVATION' });
      expect(report).not.toHaveProperty('documents');
      const page = await by(undefined, 'GET', `/reports/ec-performance/2008/${REGISTRY}?${asOf}`);
      expect(page.text).toContain('Attached document 1 is withheld.');
      expect(page.text.match(/<strong>Withheld\.<\/strong>/g)).toHaveLength(4);
    }
    const { text } = await by(undefined, 'GET', `/organizations/${REGISTRY}`);
    expect(text.match(/<strong>Withheld\.<\/strong>/g)).toHaveLength(2);
  });

  it('are not told either by a finding that rests on one of them, which says why', async () => {
    const { by, contributor, secretary, reviewer } = round;
    const one = `${REPORT}/assessments/${reviewer.person}`;
    for (const asOf of [`asOf=${published}`, '']) {
      const { body } = await by(undefined, 'GET', `${one}?${asOf}`);
      const kept = { withheld: REASON, ...(asOf && { withheldLater: true }) };
      const told = { statement: FOUND, evidence: [kept, { section: 'S04' }] };
      expect(body).toMatchObject({ findings: [told, told] });
    }
    const { text } = await by(undefined, 'GET', `/api/events?stream=${findings()}`);
    expect(text).not.toContain(FOUND);
    for (const who of [contributor, secretary, reviewer])
      for (const path of [one, `/api/events?stream=${findings()}`])
        expect((await by(who, 'GET', path)).text).toContain(SECRET);
  });

  it('stay with those who read what was submitted', async () => {
    const { by, contributor, secretary, reviewer } = round;
    for (const who of [contributor, secretary, reviewer]) {
      const paths = ['', '/versions', '/clarifications/Q1', '/versions/1/difference/1'].map((path) => REPORT + path);
      for (const path of paths) expect((await by(who, 'GET', path)).text).toContain(SECRET);
      for (const file of bytes) expect((await by(who, 'GET', file)).status).toBe(200);
    }
    expect((await found(round, secretary, SECRET)).total).toBeGreaterThanOrEqual(4);
  });

  it('are named by what they are, and a thread that is not public not at all', async () => {
    const { by, done, secretary, reviewer } = round;
    const internal = { clarification: 'Q2', section: 'S04', question: 'Why?', visibility: 'internal' };
    await done(reviewer, 'POST', `${REPORT}/clarifications`, internal);
    const withhold = (part: string) =>
      by(secretary, 'POST', `${REPORT}/withheld-parts`, { version: 1, part, reason: REASON });
    expectProblem(await withhold('document 2'), 422, 'part-unknown');
    expectProblem(await withhold('letter'), 422, 'part-unknown');
    const mistyped = await withhold('figure fellow');
    expectProblem(mistyped, 422, 'part-unknown');
    expect(mistyped.body['facts']).toEqual({ part: 'figure fellow', known: [] });
    expectProblem(await withhold('clarification Q2'), 409, 'part-not-public');
    expectProblem(await withhold('document 1'), 409, 'part-already-withheld');
  });
});

describe('An answer by letter', () => {
  it('comes with the letter, is withheld whole, and stays on record as an answer', async () => {
    const { by, done, secretary } = round;
    const { document, token, address } = await fileOf(secretary, 'Dear Sirs.');
    const answer = {
      on: '2008-05-28',
      document,
      reservation: `${SECRET} is not for us to say.`,
      cites: [],
      note: `Sent from ${SECRET}.`,
      confidence: 'found',
      sources: [source, { title: document.title, confidence: 'found' }],
    };
    const elsewhere = { ...answer, document: { title: document.title, address: 'https://example.org/letter' } };
    const refused = expectProblem(
      await by(secretary, 'POST', `${LETTER}/letter`, elsewhere),
      422,
      'letter-not-attached',
    );
    expect(refused.detail).toContain('POST /api/attachments');
    expectProblem(await by(secretary, 'POST', `${LETTER}/letter`, answer), 422, 'document-not-stored');
    const recorded = await by(secretary, 'POST', `${LETTER}/letter`, answer, token);
    expect(recorded.status).toBe(200);
    const then = await sequenceNow(round);
    const stream = `report-ec-performance-2008-${SUCCESSOR}`;
    const paths = ['', `asOf=${then}`].flatMap((asOf) => [
      `${LETTER}?${asOf}`,
      `/api/reports?${asOf}`,
      `/api/cycles/ec-performance/2008?${asOf}`,
      `/api/organizations/${SUCCESSOR}/timeline?${asOf}`,
      `/api/changes?report=ec-performance/2008/${SUCCESSOR}&${asOf}`,
      `/organizations/${SUCCESSOR}?${asOf}`,
      `/reports/ec-performance/2008/${SUCCESSOR}?${asOf}`,
      `/reports/ec-performance/2008/${SUCCESSOR}/history?${asOf}`,
      `/api/events?stream=${stream}`,
    ]);
    expect(await tellingSecrets(paths)).toEqual(paths);
    expect((await by(undefined, 'GET', address)).status).toBe(200);
    await untilFound(round, SECRET, (total) => total > 0);

    await done(secretary, 'POST', `${LETTER}/withheld-parts`, { version: 0, part: 'letter', reason: REASON });
    expect(await tellingSecrets(paths)).toEqual([]);
    expectNotFor(undefined, await by(undefined, 'GET', address), 'attachment-unknown');
    await untilFound(round, SECRET, (total) => total === 0);
    const page = await by(undefined, 'GET', `/reports/ec-performance/2008/${SUCCESSOR}`);
    expect(page.text).toContain('The letter is withheld.');
    const { text } = await by(undefined, 'GET', `/reports/ec-performance/2008/${SUCCESSOR}/history`);
    expect(text).toContain('answered by a letter');
    expect((await by(secretary, 'GET', LETTER)).text).toContain(SECRET);
    expect((await by(secretary, 'GET', address)).status).toBe(200);
  });
});
