import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem, type ListOf } from '../../../../test/support/api.js';
import { exampleAction } from '../../../../test/support/example-action.js';
import { exampleOrganization } from '../../../../test/support/example-organization.js';
import { expectNotFor, type Persona, signedIn } from '../../../../test/support/people.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';
import { encodeCursor } from '../http/paging.js';

interface Change {
  readonly sequence: number;
  readonly recordedAt: string;
  readonly type: string;
  readonly did: string;
  readonly sentence: string;
  readonly event: string;
  readonly withheld?: true;
}

const PAGE = '/reports/ec-performance/2008/example-registry';
const REPORT = `/api${PAGE}`;
const OF_REPORT = 'report=ec-performance/2008/example-registry';
const BROWSER = { Accept: 'text/html' };
const SECRET = 'A supplier of ours, Example Person, kept the key.';
const source = { title: 'Example minutes', address: 'https://example.org/minutes', confidence: 'found' };
const REQUIRED = ['S01', 'S02', 'S04', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17'];
const WORDS: Readonly<Record<string, string>> = { S01: 'We met twice.', S13: SECRET };

let product: RunningProduct;
let secretary: Persona;
let second: Persona;
let contributor: Persona;
let signatory: Persona;
let reviewer: Persona;
const nobody: Persona = { person: '', headers: {} };
/** The head of the record at a step of the story. */
const at = { submitted: 0, published: 0, amended: 0 };

async function done(who: Persona, method: string, path: string, body: object = {}) {
  const answer = await product.api.send<{ sequence: number; revision: number }>(method, path, body, who.headers);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer.body;
}
const read = <Body>(who: Persona, path: string) => product.api.send<Body>('GET', path, undefined, who.headers);
const browse = (who: Persona, path: string) => product.api.send('GET', path, undefined, { ...who.headers, ...BROWSER });
const changes = async (who: Persona, query = OF_REPORT) =>
  (await read<ListOf<Change>>(who, `/api/changes?${query}&limit=200`)).body.items;

const submission = (on: string) => ({
  signatory: signatory.person,
  on,
  declaration: 'Complete and correct.',
  consentToBeCited: 'by-name',
});

async function write(section: string, lang: string, text: string, seen?: number) {
  const body = { lang, text, origin: 'written', ...(seen !== undefined && { seen }) };
  return done(contributor, 'PUT', `${REPORT}/sections/${section}`, body);
}

async function publish(version: number) {
  await done(secretary, 'POST', `${REPORT}/publication`, { version });
  return done(second, 'POST', `${REPORT}/publication`, { version });
}

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  secretary = await signedIn(product, 'secretary', { mandates: ['secretariat'] });
  second = await signedIn(product, 'second', { mandates: ['secretariat'] });
  reviewer = await signedIn(product, 'reviewer', { mandates: ['reviewer'] });
  const registration = exampleOrganization('Example Registry', { acronym: 'ER' });
  await done(secretary, 'PUT', '/api/organizations/example-registry', registration);
  for (const role of ['contributor', 'signatory'] as const) {
    const roles = { appointments: [{ organization: 'example-registry', role }] };
    const person = await signedIn(product, role, roles);
    if (role === 'contributor') contributor = person;
    else signatory = person;
  }
  const cycle = { title: 'Example cycle', opensOn: '2008-01-15', dueOn: '2008-10-31', sources: [source] };
  await done(secretary, 'PUT', '/api/cycles/ec-performance/2008', cycle);
  await done(
    contributor,
    'PUT',
    '/api/actions/EX-1',
    exampleAction({ lead: 'example-registry', title: 'Example memorandum' }),
  );
  await done(contributor, 'POST', `${REPORT}/draft`, { on: '2008-04-02' });
  for (const section of REQUIRED) await write(section, 'en', WORDS[section] ?? 'As before.');
  await write('S04', 'ar', 'عقدنا اجتماعين.');
  await done(contributor, 'PUT', `${REPORT}/figures/meetings-held`, { value: 1_214, unit: 'people' });
  const claims = [{ criterion: 'C71-PACE', text: 'Agreed within four months.' }];
  await done(contributor, 'PUT', `${REPORT}/citations/EX-1`, { claims });
  const names = { title: 'List of keepers', address: 'https://example.org/keepers' };
  await done(contributor, 'POST', `${REPORT}/documents`, { document: names, section: 'S13' });
  at.submitted = (await done(signatory, 'POST', `${REPORT}/submission`, submission('2008-05-20'))).sequence;
}, 90_000);
afterAll(() => product.remove());

describe('Before a report is published', () => {
  it('its writers are told each step, others that there is a version', async () => {
    const own = await changes(contributor);
    expect(own[0]!.sentence).toBe(
      `${signatory.person} (signatory), on behalf of Example Registry, submitted version 1 of the annual report of ` +
        `Example Registry for 2008, signed by ${signatory.person} on 20 May 2008 (Example Registry may be cited by name).`,
    );
    expect(own.map(({ type }) => type)).toContain('SectionAnswered');

    const all = await changes(nobody);
    expect(all.map(({ type, withheld }) => `${type}${withheld ? ' withheld' : ''}`)).toEqual([
      'ReportSubmitted withheld',
      'ReportStarted',
    ]);
    expect(all[0]!.did).toContain('submitted version 1');
    expect(all[0]!.did).not.toContain(signatory.person);
  });

  it('each entry leads to its event', async () => {
    const [newest] = await changes(nobody);
    const event = await read<{ sequence: number; type: string }>(nobody, newest!.event);
    expect(event.body).toMatchObject({ sequence: newest!.sequence, type: newest!.type });
  });

  it('its page shows the public neither a word nor a version of it', async () => {
    const { status, text } = await browse(nobody, PAGE);
    expect(status).toBe(200);
    expect(text).toContain('Version 1 has been submitted and is not published yet');
    expect(text).not.toMatch(/We met twice|Agreed within|1\u202f214|Complete and correct/);
    expect((await read<{ versions: unknown[] }>(nobody, `${REPORT}/versions`)).body.versions).toEqual([]);
    expect((await browse(nobody, `${PAGE}?version=1`)).status).toBe(404);
    expectNotFor(undefined, await read(nobody, `${REPORT}/versions/1/difference/1`), 'report-unknown');
  });

  it('its page shows the version to who reads what is submitted', async () => {
    expect((await browse(secretary, PAGE)).text).toContain('We met twice.');
    expect((await browse(reviewer, PAGE)).text).toContain('We met twice.');
  });
});

describe('A published report', () => {
  beforeAll(async () => {
    at.published = (await publish(1)).sequence;
    const withholding = { version: 1, part: 'S13', reason: 'Names a private person' };
    await done(secretary, 'POST', `${REPORT}/withheld-parts`, withholding);
  });

  it('says its words, each in its language, its claims, its figures with their units, and its receipt', async () => {
    const { text } = await browse(nobody, PAGE);
    expect(text).toContain('<p class="words" lang="en" dir="auto"><span>We met twice.</span></p>');
    expect(text).toContain('<p class="words" lang="ar" dir="auto"><span>عقدنا اجتماعين.</span></p>');
    expect(text).toContain('Example memorandum');
    expect(text).toContain('Agreed within four months.');
    expect(text).toMatch(/1\u202f214 <bdi>people<\/bdi>/);
    expect(text).toContain('Receipt of version 1');
    const { body } = await read<{ sha256: string }>(secretary, `${REPORT}/receipts/1`);
    expect((await browse(secretary, PAGE)).text).toContain(body.sha256);
    expect(text).not.toContain(body.sha256);
  });

  // FAC#5928, FAC#3878: outsiders took what was withheld for a leak, and the declaration contradicted it.
  it('Trap (FAC#5928, FAC#3878): explains what is withheld, in its place and at the hash, and says it nowhere', async () => {
    const { text } = await browse(nobody, PAGE);
    expect(text).toMatch(/These words are withheld\.<\/strong> Reason:\s*<span dir="auto">Names a private person/);
    const running = text.replaceAll(/\s+/g, ' ');
    expect(running).toContain('what stands here is not all of it');
    expect(running).toContain('it covers section S13 (Obstacles and gaps), too, which is withheld, and would betray');
    expect(text).not.toContain('List of keepers');
    for (const path of [PAGE, `${PAGE}?asOf=${at.published}`, `${PAGE}/history`, `/api/changes?${OF_REPORT}&limit=200`])
      expect((await browse(nobody, path)).text).not.toContain('Example Person');
    const log = await changes(nobody);
    expect(log[0]!.sentence).toContain('withheld section S13 (Obstacles and gaps) of version 1');
  });

  it('shows insiders what is withheld, and says that it is', async () => {
    const { text } = await browse(secretary, PAGE);
    expect(text).toContain(SECRET);
    expect(text).toContain('List of keepers');
    expect(text).toContain('Withheld from the public');
  });

  it('is told to everybody word by word in the log, but for what is withheld', async () => {
    const written = (await changes(nobody)).filter(({ type }) => type === 'SectionAnswered');
    expect(written).toHaveLength(REQUIRED.length);
    expect(written.map(({ did }) => did).join()).not.toContain('S13');
  });
});

describe('An amended report', () => {
  beforeAll(async () => {
    const amendment = { reason: 'Two meetings were left out', material: true, sections: ['S01'] };
    const { revision } = await done(signatory, 'POST', `${REPORT}/amendment`, amendment);
    await write('S01', 'en', 'We met four times.', revision);
    const document = { title: 'Minutes of all four', address: 'https://example.org/four' };
    await done(contributor, 'POST', `${REPORT}/documents`, { document });
    for (const who of [secretary, contributor])
      expect((await browse(who, PAGE)).text).not.toContain('Minutes of all four');
    at.amended = (await done(signatory, 'POST', `${REPORT}/submission`, submission('2008-06-10'))).sequence;
  });

  it('has one clear current version, for each reader the last that they may read', async () => {
    const currents = async (who: Persona) => {
      const { body } = await read<{ versions: { version: number; current: boolean }[] }>(who, `${REPORT}/versions`);
      return body.versions.map(({ version, current }) => `${version}${current ? ' current' : ''}`);
    };
    expect(await currents(nobody)).toEqual(['1 current']);
    expect(await currents(signatory)).toEqual(['1', '2 current']);
    expectNotFor(undefined, await read(nobody, `${REPORT}/versions/1/difference/2`), 'report-unknown');
    await publish(2);
    expect(await currents(nobody)).toEqual(['1', '2 current']);
  });

  it('says on the earlier version that it was corrected, when and why, and leads to the current one', async () => {
    const { text } = await browse(nobody, `${PAGE}?version=1`);
    expect(text).toMatch(/This is version 1\. Version 2 has taken its place<\/strong>, submitted\s+10 June 2008/);
    expect(text).toContain('Two meetings were left out');
    expect(text).toContain('We met twice.');
    expect(text).not.toContain('Minutes of all four');
    expect((await browse(nobody, PAGE)).text).toContain('Minutes of all four');
    expect(text).toContain(`href="${PAGE}/difference?versions=1,2"`);
    expect((await browse(nobody, PAGE)).text).not.toContain('has taken its place');
  });

  it('is compared with the version before word by word', async () => {
    const { body } = await read<{ sections: { changed: unknown[] }; withheld: unknown }>(
      nobody,
      `${REPORT}/versions/1/difference/2`,
    );
    expect(body.sections.changed).toMatchObject([
      { section: 'S01', parts: expect.arrayContaining([{ kind: 'removed', text: 'twice' }]) },
    ]);
    expect(body.withheld).toEqual([{ part: 'S13', reason: 'Names a private person' }]);
    const { text } = await browse(nobody, `${PAGE}/difference?versions=1,2`);
    expect(text).toContain('<del>twice</del>');
    expect(text).not.toContain('Example Person');
    expect((await browse(nobody, `${PAGE}/difference?versions=1`)).status).toBe(400);
  });

  it('says what has changed since the reader last looked, in plain words', async () => {
    const { text } = await browse(nobody, `${PAGE}?since=${at.published}`);
    const ribbon = /<section class="ribbon"[\s\S]*?<\/section>/.exec(text)![0];
    expect(ribbon).toContain(`Changed since event ${at.published}`);
    expect(ribbon).toContain('submitted the amended version 2');
    expect(ribbon).not.toContain('submitted version 1');
    const same = await changes(nobody, `${OF_REPORT}&afterSequence=${at.published}`);
    expect(same.every(({ sequence }) => sequence > at.published)).toBe(true);
    const head = (await read(nobody, '/api/changes')).headers.get('Sequence')!;
    expect((await browse(nobody, `${PAGE}?since=${head}`)).text).toContain('has changed in this report since then');
  });
});

describe('Reviewers', () => {
  beforeAll(async () => {
    const review = `${REPORT}/assessments/${reviewer.person}`;
    await done(secretary, 'PUT', review, { from: '2008-07-01' });
    await done(reviewer, 'POST', `${review}/no-conflict`);
    const question = { section: 'S01', question: 'Where did you meet?', visibility: 'public' };
    await done(reviewer, 'POST', `${REPORT}/clarifications`, { clarification: 'q-1', ...question });
    const inside = { section: 'S01', question: 'Is that so?', visibility: 'internal' };
    await done(reviewer, 'POST', `${REPORT}/clarifications`, { clarification: 'q-2', ...inside });
    await done(reviewer, 'POST', `${review}/recusal`, { reason: 'A private matter' });
  });

  it('ask the organization in public on its page, and each other where nobody else reads it', async () => {
    const { text } = await browse(nobody, PAGE);
    expect(text).toContain('Where did you meet?');
    expect(text).not.toContain('Is that so?');
    expect((await browse(secretary, PAGE)).text).toContain('Is that so?');
    expect(JSON.stringify(await changes(nobody))).not.toMatch(/Is that so|A private matter/);
  });

  it('step back, as everybody is told, for a reason that is not', async () => {
    const [newest] = await changes(nobody);
    expect(newest).toMatchObject({ type: 'ReviewerRecused', withheld: true });
    expect((await changes(secretary))[0]!.sentence).toContain('A private matter');
  });
});

describe('The change log', () => {
  it.each(['x', '-5', '1e3', '999999999999999', ''])('refuses a cursor that somebody made up: %j', async (after) => {
    const cursor = encodeCursor({ after }, JSON.stringify(['/api/changes']));
    expectProblem(await product.api.get(`/api/changes?cursor=${cursor}`), 400, 'cursor-malformed');
  });

  it('is read to its end by cursors, though others write meanwhile', async () => {
    const told: number[] = [];
    let path: string | undefined = '/api/changes?limit=7&order=oldest';
    while (path !== undefined) {
      const { body }: { body: ListOf<Change> } = await read<ListOf<Change>>(secretary, path);
      told.push(...body.items.map(({ sequence }) => sequence));
      if (told.length === 7)
        await done(secretary, 'PUT', '/api/cycles/ec-performance/2008/due-date', { to: '2008-11-30', reason: 'x' });
      path = body.next === undefined ? undefined : `/api/changes?limit=7&order=oldest&cursor=${body.next}`;
    }
    expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
    expect((await changes(secretary, 'order=newest'))[0]!.type).toBe('CycleDueDateMoved');
  });

  it('is of a time in which it was recorded', async () => {
    const day = (await changes(nobody, 'order=newest'))[0]!.recordedAt.slice(0, 10);
    expect(await changes(nobody, `from=${day}`)).not.toEqual([]);
    expect(await changes(nobody, `to=${day.slice(0, 4)}`)).not.toEqual([]);
    expect(await changes(nobody, 'to=2020')).toEqual([]);
    expect(await changes(nobody, 'from=2999-01')).toEqual([]);
  });

  it.each([
    'order=oldest-first',
    'report=2008',
    'cycle=ec-performance',
    'from=yesterday',
    'afterSequence=-1',
    'action=ex-1',
  ])('refuses %s, and says how to write it', async (query) =>
    expectProblem(await read(nobody, `/api/changes?${query}`), 400, 'query-parameter-malformed'),
  );

  it('refuses to tell what came after a moment up to an earlier one', async () => {
    const answer = await read(nobody, '/api/changes?afterSequence=7&asOf=5');
    expectProblem(answer, 400, 'query-parameter-malformed');
    expect(answer.text).toContain('must not be later than asOf, which is the sequence 5');
    expect((await read(nobody, '/api/changes?afterSequence=5&asOf=5')).status).toBe(200);
  });

  it('knows nothing that comes after the present', async () =>
    expectProblem(await read(nobody, '/api/changes?afterSequence=999999'), 503, 'sequence-not-reached'));

  it('has a page for an organization, with what others did to it, and leads from page to page', async () => {
    const { status, text } = await browse(nobody, '/organizations/example-registry/history');
    expect(status).toBe(200);
    expect(text).toMatch(/History of\s+<bdi>ER<\/bdi>/);
    expect(text).toMatch(/put Example Registry \(ER\) on the register|Older entries/);
    expect((await browse(nobody, '/organizations/nobody/history')).status).toBe(404);
    expect((await browse(nobody, '/reports/ec-performance/1999/example-registry/history')).status).toBe(404);
  });
});
