import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/api.js';
import { giveRoles, type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import {
  assignReviewer,
  beginRound,
  REGISTRY,
  REPORT,
  type Round,
  signReport,
  writeReport,
} from '../support/signed-report.js';

/** Stands in every text, name and file that reviewers and the secretariat keep from the organization, and nowhere else. */
const INTERNAL = /kestrel/i;
const THREADS = `${REPORT}/clarifications`;
const PAGE = REPORT.replace('/api', '');

let product: RunningProduct;
let round: Round;
/** Assigned, and has not said yet whether there is a conflict. */
let undeclared: Persona;
/** Reviews as well, and stepped back. */
let recused: Persona;
let file: string;
let last: number;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  round = await beginRound(product);
  const { by, done, secretary, reviewer } = round;
  await writeReport(round);
  await signReport(round);
  await assignReviewer(round);
  undeclared = await signedIn(product, 'undeclared', { mandates: ['reviewer'] });
  recused = await signedIn(product, 'recused', { mandates: ['reviewer'] });
  const assessmentOf = (who: Persona) => `${REPORT}/assessments/${who.person}`;
  for (const who of [undeclared, recused]) await done(secretary, 'PUT', assessmentOf(who), { from: '2008-06-01' });
  await done(recused, 'POST', `${assessmentOf(recused)}/conflict`, { kind: 'personal', text: 'Kestrel: a cousin.' });
  await done(recused, 'POST', `${assessmentOf(recused)}/recusal`, { reason: 'Kestrel: a cousin of mine.' });
  const question = { section: 'S04', question: 'Doubtful, kestrel?', visibility: 'internal', dueOn: '2099-01-01' };
  await done(reviewer, 'POST', THREADS, { clarification: 'KESTREL-1', ...question });
  const open = { clarification: 'Q1', section: 'S05', question: 'Where?', visibility: 'organization' };
  await done(secretary, 'POST', THREADS, open);
  const upload = await fetch(`${product.api.address}/api/attachments`, {
    method: 'POST',
    headers: {
      ...secretary.headers,
      'Content-Type': 'text/plain',
      'Content-Disposition': "attachment; filename*=UTF-8''kestrel.txt",
    },
    body: 'A kestrel was seen.',
  });
  const { sha256, token } = (await upload.json()) as { sha256: string; token: string };
  file = sha256;
  const note = {
    text: 'Doubtful, says the kestrel.',
    visibility: 'internal',
    documents: [{ title: 'Kestrel', sha256 }],
  };
  const noted = await by(secretary, 'POST', `${THREADS}/Q1/follow-up`, note, { 'Upload-Token': token });
  expect(noted.status).toBe(200);
  const finding = { criterion: 'C71-PACE', statement: 'Doubtful: one kestrel.', note: 'Kestrel.', version: 1 };
  const pinned = { evidence: [{ section: 'S04' }], sequence: noted.body['sequence'] };
  const found = await done(reviewer, 'PUT', `${assessmentOf(reviewer)}/findings/KESTREL-2`, { ...finding, ...pinned });
  last = found.body['sequence']!;
});
afterAll(() => product.remove());

/** Every address at which something internal of the report could show. */
const places = () => [
  REPORT,
  `${REPORT}?version=1`,
  `${REPORT}?asOf=${last}`,
  '/api/reports',
  `/api/reports?organization=${REGISTRY}`,
  `${REPORT}/versions`,
  `${REPORT}/readiness`,
  `${REPORT}/receipts/1`,
  `${REPORT}/changes?since=0`,
  THREADS,
  `${THREADS}?asOf=${last}`,
  `${THREADS}/KESTREL-1`,
  `${THREADS}/Q1`,
  `${REPORT}/assessments`,
  `${REPORT}/assessments?asOf=${last}`,
  `${REPORT}/assessments/${round.reviewer.person}`,
  `${REPORT}/assessments/${recused.person}`,
  '/api/events',
  `/api/events/${last}`,
  `/api/events?stream=report-ec-performance-2008-${REGISTRY}`,
  `/api/events?stream=assessment-ec-performance-2008-${REGISTRY}--${round.reviewer.person}`,
  '/api/changes?limit=200',
  `/api/changes?organization=${REGISTRY}&limit=200`,
  '/api/changes?report=ec-performance/2008/example-registry&limit=200',
  '/api/search?q=doubtful',
  `/api/organizations/${REGISTRY}/timeline`,
  `/api/organizations/${REGISTRY}/comparison?years=2007,2008`,
  '/api/deadlines',
  '/api/deadlines.ics',
  '/api/inbox',
  `/api/reviewers/${round.reviewer.person}/inbox`,
  `/api/attachments/${file}`,
  PAGE,
  `${PAGE}/history`,
  `/organizations/${REGISTRY}/history`,
  '/search?q=doubtful',
  '/inbox',
  '/deadlines',
];

/** Where a persona is told something internal. */
async function toldTo(who: Persona): Promise<string[]> {
  const told: string[] = [];
  for (const place of places()) {
    const { text, status } = await round.by(who, 'GET', place, undefined, { Accept: 'text/html, */*' });
    expect([place, [200, 403, 404].includes(status) || `${status} ${text}`]).toEqual([place, true]);
    // A refusal repeats what was asked for, and nothing else.
    if (status === 200 && INTERNAL.test(text)) told.push(place);
  }
  return told;
}

describe('What reviewers and the secretariat keep from an organization', () => {
  it('is told to who of the secretariat never acted for it, at each of these addresses', async () => {
    const told = await toldTo(round.secretary);
    const silent = places().filter((place) => !told.includes(place));
    // These never have anything internal: they are looked at for others.
    expect(silent).toEqual([
      `${REPORT}/versions`,
      `${REPORT}/readiness`,
      `${REPORT}/receipts/1`,
      `/api/organizations/${REGISTRY}/timeline`,
      `/api/organizations/${REGISTRY}/comparison?years=2007,2008`,
      '/api/inbox',
      '/inbox',
      '/deadlines',
    ]);
  });

  it.each(['secretariat', 'auditor'] as const)(
    'is not told to somebody of the %s who ever acted for it',
    async (role) => {
      const appointment = { organization: REGISTRY, role: 'contributor' } as const;
      const acted = await signedIn(product, `acted-${role}`, {
        mandates: [role],
        appointments: [{ ...appointment, ended: true }],
      });
      expect(await toldTo(acted)).toEqual([]);
      expectProblem(await round.by(acted, 'GET', `${THREADS}/KESTREL-1`), 404, 'clarification-unknown');
      expectProblem(await round.by(acted, 'GET', `/api/attachments/${file}`), 404, 'attachment-unknown');
      // What was submitted is still theirs to read: they look after all reports.
      expect((await round.by(acted, 'GET', REPORT)).text).toContain('About S04.');
      const acting = await signedIn(product, `acting-${role}`, { mandates: [role], appointments: [appointment] });
      expect(await toldTo(acting)).toEqual([]);
    },
  );

  it('is not told any more to who begins to act for it', async () => {
    const later = await signedIn(product, 'later', { mandates: ['secretariat'] });
    expect(await toldTo(later)).not.toEqual([]);
    await giveRoles(product, later.person, {
      appointments: [{ organization: REGISTRY, role: 'contributor', ended: true }],
    });
    expect(await toldTo(later)).toEqual([]);
  });

  it('is told to a reviewer once they have declared that there is no conflict, and not before', async () => {
    expect(await toldTo(undeclared)).toEqual([]);
    expectProblem(await round.by(undeclared, 'GET', `${THREADS}/KESTREL-1`), 404, 'clarification-unknown');
    const noting = { text: 'Is it?', visibility: 'internal' };
    const note = () => round.by(undeclared, 'POST', `${THREADS}/KESTREL-1/follow-up`, noting);
    expectProblem(await note(), 403, 'not-reviewing');
    // What the organization submitted they read, in order to be able to say so.
    expect((await round.by(undeclared, 'GET', REPORT)).text).toContain('About S04.');
    await round.done(undeclared, 'POST', `${REPORT}/assessments/${undeclared.person}/no-conflict`, {});
    expect((await note()).status).toBe(200);
    expect(await toldTo(undeclared)).toEqual(
      expect.arrayContaining([
        THREADS,
        `${REPORT}/assessments`,
        '/api/events',
        '/api/search?q=doubtful',
        `/api/attachments/${file}`,
      ]),
    );
  });

  it('is not told to a reviewer who stepped back', async () => expect(await toldTo(recused)).toEqual([]));
});
