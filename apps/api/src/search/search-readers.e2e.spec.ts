import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { JsonObject } from '#event-store';
import type { ReportingEvent } from '#reporting';
import * as told from '#testing';
import { type Persona, signedIn } from '../../../../test/support/people.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

interface Answer {
  readonly total: number;
  readonly items: readonly {
    readonly kind: string;
    readonly href: string;
    readonly organizations: readonly string[];
  }[];
}
interface Tale {
  readonly report: readonly ReportingEvent[];
  readonly review: readonly ReportingEvent[];
}

const A = 'example-registry';
const READERS = [
  'nobody',
  'contributorA',
  'signatoryB',
  'reviewer',
  'otherReviewer',
  'formerlyA',
  'secretariat',
  'auditor',
  'administrator',
] as const;

let product: RunningProduct;
let personas: Readonly<Record<(typeof READERS)[number], Persona | undefined>>;
/** Reports that are made up in each run of this suite. */
const RUNS = 5;
let runs = 0;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required', ANONYMOUS_READS_PER_MINUTE: '0' } });
  for (const id of [A, 'sample-standards-body']) await append(`organization-${id}`, [told.registered({ name: id })]);
  const of = (organization: string, role: 'contributor' | 'signatory', ended?: true) => ({
    appointments: [{ organization, role, ...(ended && { ended }) }],
  });
  personas = {
    nobody: undefined,
    contributorA: await signedIn(product, 'contributor-a', of(A, 'contributor')),
    signatoryB: await signedIn(product, 'signatory-b', of('sample-standards-body', 'signatory')),
    reviewer: await signedIn(product, 'reviewer', { mandates: ['reviewer'] }),
    otherReviewer: await signedIn(product, 'other-reviewer', { mandates: ['reviewer'] }),
    formerlyA: await signedIn(product, 'formerly-a', { mandates: ['reviewer'], ...of(A, 'contributor', true) }),
    secretariat: await signedIn(product, 'secretary', { mandates: ['secretariat'] }),
    auditor: await signedIn(product, 'auditor', { mandates: ['auditor'] }),
    administrator: await signedIn(product, 'administrator', { mandates: ['administrator'] }),
  };
});
afterAll(() => product.remove());

async function append(stream: string, events: readonly ReportingEvent[]): Promise<void> {
  if (!events.length) return;
  const stored = events.map(({ type, data }) => {
    const metadata = { actor: 'example-editor', recordedAt: new Date().toISOString() };
    return { id: randomUUID(), type, data: data as unknown as JsonObject, metadata };
  });
  const { position } = await product.store.append(stream, 'no-stream', stored);
  await product.views.passedPosition(position, 30_000);
}

const read = (who: Persona | undefined, path: string) => product.api.get(path, who?.headers);

async function search(who: Persona | undefined, words: string): Promise<Answer> {
  const { status, body, text } = await product.api.get<Answer>(`/api/search?q=${words}&limit=200`, who?.headers);
  if (status !== 200) throw new Error(text);
  return body;
}

/** Stands for a word that is in one place only. */
const WORD = 'WORD';
let places = 0;
const withWords = (tale: Tale) => JSON.parse(JSON.stringify(tale).replaceAll(WORD, () => `canary${places++}`)) as Tale;
const wordsIn = (text: string) => new Set(text.match(/canary\d+/g) ?? []);

const sections = fc.constantFrom('S04', 'S05');
const languages = fc.constantFrom('en', 'fr');
const visibilities = fc.constantFrom('internal' as const, 'organization' as const, 'public' as const);
const step = (events: () => ReportingEvent) => fc.constant(null).map(events);

const writing = fc.oneof(
  fc.tuple(sections, languages).map(([section, lang]) => told.sectionAnswered({ section, lang, text: WORD })),
  fc.tuple(sections, languages).map(([section, lang]) => told.sectionDropped({ section, lang })),
  step(() => told.figureReported({ indicator: WORD, unit: WORD })),
  step(() => told.actionCited({ claims: [{ criterion: 'INCLUSIVE', text: WORD }] })),
  fc
    .option(sections, { nil: undefined })
    .map((section) =>
      told.documentAttached({ document: { title: WORD, name: `${WORD}.pdf` }, ...(section && { section }) }),
    ),
);
const clarifying = fc.oneof(
  visibilities.map((visibility) => told.clarificationAnswered({ text: WORD, visibility })),
  visibilities.map((visibility) => told.clarificationFollowedUp({ text: WORD, visibility })),
  step(() => told.clarificationWidened()),
);
const finding = { criterion: 'INCLUSIVE', evidence: [{ section: 'S04' }], version: 1, sequence: 3 };
const reviewing = fc.oneof(
  step(() => told.findingRecorded({ finding: 'F-2', statement: WORD, note: WORD })),
  step(() => told.findingRevised({ statement: WORD })),
  step(() => told.findingShared({ statement: WORD })),
  step(() => told.organizationCommented({ text: WORD })),
  step(() => told.findingPublished({ ...finding, statement: WORD, comments: [WORD] })),
  step(() => told.reviewerRecused({ reason: WORD })),
  step(() => told.conflictDeclared({ text: WORD })),
  step(() => told.assessmentConcluded({ summary: WORD })),
);

const tales: fc.Arbitrary<Tale> = fc
  .record({
    letter: fc.boolean(),
    first: fc.array(writing, { minLength: 1, maxLength: 5 }),
    reach: fc.integer({ min: 0, max: 5 }),
    /** Version 1 is amended before anybody else reads it. */
    amendedUnread: fc.boolean(),
    later: fc.array(writing, { maxLength: 3 }),
    withheld: fc.constantFrom(
      undefined,
      'S04',
      'S05/fr',
      'action ACT-0001',
      'document 1',
      'document 2',
      'clarification clarification-1',
    ),
    visibility: visibilities,
    thread: fc.array(clarifying, { maxLength: 3 }),
    findings: fc.array(reviewing, { maxLength: 5 }),
  })
  .map(({ letter, first, reach, amendedUnread, later, withheld, visibility, thread, findings }) => ({
    report: [
      told.requested({ letter: { title: WORD } }),
      // A letter is the whole answer: nothing is written in the form beside it.
      ...(letter
        ? [
            told.answeredByLetter({ document: { title: WORD } }),
            ...(withheld ? [told.partWithheld({ version: 0, part: 'letter' })] : []),
          ]
        : [
            told.started(),
            ...first,
            ...(reach > 0 ? [told.submitted()] : []),
            ...(reach > 1 && !amendedUnread ? [told.published()] : []),
            ...(reach > 0 ? [told.clarificationRequested({ question: WORD, visibility }), ...thread] : []),
            ...(reach > 2 ? [told.amendmentOpened(), ...later] : []),
            ...(reach > 3 ? [told.resubmitted()] : []),
            ...(reach > 4 ? [told.published({ version: 2 })] : []),
            ...(withheld ? [told.partWithheld({ part: withheld })] : []),
          ]),
    ],
    review: [
      told.reviewerAssigned(),
      told.noConflictDeclared(),
      told.findingRecorded({ finding: 'F-1', statement: WORD, note: WORD }),
      ...findings,
    ],
  }));

const signed = [told.started(), told.sectionAnswered({ text: WORD }), told.submitted()];
const amended = [told.amendmentOpened(), told.sectionAnswered({ text: WORD })];
/** What was found wrong once, and would seldom be made up. */
const REMEMBERED: readonly Tale[] = [
  {
    report: [...signed, told.published(), ...amended, told.documentAttached({ document: { title: WORD } })],
    review: [],
  },
  { report: [...signed, ...amended, told.resubmitted(), told.published({ version: 2 })], review: [] },
];

/** Every address at which something of a report is read that can be found. */
function addressesOf(year: number): string[] {
  const report = `/api/reports/ec-performance/${year}/${A}`;
  const words = ['', '?version=1', '?version=2', '?version=draft'].map((version) => report + version);
  const { person } = personas.reviewer!;
  return [...words, `${report}/clarifications`, `${report}/assessments/${person}`];
}

/** What is written where nobody looks for it: why something was withheld or given up is read, and not found. */
const NOT_FOUND = new Set(['reason', 'conflict', 'recusal', 'indicator']);

function searchable(body: unknown): string {
  return JSON.stringify(body, (name, value: unknown) => (NOT_FOUND.has(name) ? undefined : value));
}

describe('Searching', () => {
  it('finds what its reader reads in the ordinary way, and nothing else', async () => {
    const check = async (name: string, year: number, all: ReadonlySet<string>) => {
      const who = personas[name as keyof typeof personas];
      const answers = await Promise.all(addressesOf(year).map((address) => read(who, address)));
      const readable = wordsIn(answers.map(({ status, body }) => (status === 200 ? searchable(body) : '')).join('\n'));
      for (const word of all) {
        const { total, items } = await search(who, word);
        if (readable.has(word) !== total > 0)
          throw new Error(`${name}: ${word} is read: ${readable.has(word)}; found: ${total}`);
        expect(items).toHaveLength(total);
        for (const { href } of items) {
          const { status, text } = await read(who, href);
          if (status !== 200 || !text.includes(word))
            throw new Error(`${name} finds ${word}, and does not read it at ${href}`);
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(tales, async (tale) => {
        const { report, review } = withWords(tale);
        const year = 1000 + runs++;
        await append(`report-ec-performance-${year}-${A}`, report);
        await append(`assessment-ec-performance-${year}-${A}--${personas.reviewer!.person}`, review);
        const all = wordsIn(JSON.stringify([report, review]));
        await Promise.all(READERS.map((name) => check(name, year, all)));
      }),
      { numRuns: RUNS + REMEMBERED.length, examples: REMEMBERED.map((tale): [Tale] => [tale]) },
    );
  });

  it('answers each reader as if nothing were there that they may not read', async () => {
    const ask = async (who: Persona | undefined) =>
      Promise.all(
        ['registry', 'open*', 'open registry', 'hidden', 'hidden open', '"open to all"'].map(async (q) => {
          const { asOf: _, ...answer } = (await search(who, encodeURIComponent(q))) as Answer & { asOf: number };
          return answer;
        }),
      );
    const others = [personas.nobody, personas.signatoryB, personas.administrator];
    await append(`report-ec-performance-0900-sample-standards-body`, [
      told.started(),
      told.sectionAnswered({ text: 'Open to all, and open again: our own registry.' }),
      told.sectionAnswered({ section: 'S05', text: 'Open, by a registry.' }),
    ]);
    const before = await Promise.all(others.map(ask));
    expect(before[1]![1]!.total).toBe(before[0]![1]!.total + 2);
    const texts = ['Hidden, open: a registry.', 'Hidden registry registry registry', 'open open hidden to all'];
    await append(`report-ec-performance-0901-${A}`, [
      told.requested(),
      told.started(),
      ...texts.flatMap((text, n) => [
        told.sectionAnswered({ section: `S0${n + 1}`, text }),
        told.documentAttached({ document: { title: text } }),
      ]),
      told.submitted(),
      told.clarificationRequested({ question: texts[0]!, visibility: 'internal' }),
      told.clarificationFollowedUp({ text: texts[1]!, visibility: 'internal' }),
    ]);
    await append(`assessment-ec-performance-0901-${A}--${personas.reviewer!.person}`, [
      told.reviewerAssigned(),
      told.noConflictDeclared(),
      told.findingRecorded({ statement: texts[1]!, note: texts[2]! }),
    ]);
    expect(await Promise.all(others.map(ask))).toEqual(before);
    expect((await search(personas.secretariat, 'hidden')).total).toBeGreaterThan(0);
  });

  const organization = (...words: ReportingEvent[]) => ({ stream: `report-ec-performance-YEAR-${A}`, words });
  const secrets: readonly [
    string,
    () => { stream: string; words: ReportingEvent[] },
    readonly (typeof READERS)[number][],
  ][] = [
    [
      'a draft that is not submitted',
      () => organization(told.started(), told.sectionAnswered({ text: WORD })),
      ['contributorA'],
    ],
    [
      'a report that is not published',
      () => organization(told.started(), told.sectionAnswered({ text: WORD }), told.submitted()),
      ['contributorA', 'reviewer', 'otherReviewer', 'secretariat', 'auditor'],
    ],
    [
      'a part that is withheld',
      () =>
        organization(
          told.started(),
          told.sectionAnswered({ section: 'S04', text: WORD }),
          told.submitted(),
          told.published(),
          told.partWithheld({ part: 'S04' }),
        ),
      ['contributorA', 'reviewer', 'otherReviewer', 'secretariat', 'auditor'],
    ],
    [
      'an internal clarification',
      () =>
        organization(
          told.started(),
          told.submitted(),
          told.clarificationRequested({ question: WORD, visibility: 'internal' }),
        ),
      ['secretariat', 'auditor'],
    ],
    [
      'a draft finding',
      () => ({
        stream: `assessment-ec-performance-YEAR-${A}--${personas.reviewer!.person}`,
        words: [told.reviewerAssigned(), told.noConflictDeclared(), told.findingRecorded({ statement: WORD })],
      }),
      ['reviewer', 'secretariat', 'auditor'],
    ],
  ];
  it.each(secrets)(
    'finds %s for those only who may read it, and counts it for nobody else',
    async (_, tell, readers) => {
      const { stream, words } = tell();
      const { report } = withWords({ report: words, review: [] });
      await append(stream.replace('YEAR', String(1000 + runs++)), report);
      const [word] = wordsIn(JSON.stringify(report));
      for (const name of READERS) {
        const { total, items } = await search(personas[name], word!);
        const count = readers.includes(name) ? 1 : 0;
        expect({ name, total, items: items.length }).toEqual({ name, total: count, items: count });
      }
    },
  );

  it('finds nobody: who a person is stands in no index', async () => {
    await search(personas.secretariat, 'registry');
    const files = readdirSync(join(product.dataDir, 'views')).filter((name) => name.startsWith('search-'));
    const bytes = files.map((name) => readFileSync(join(product.dataDir, 'views', name), 'latin1')).join('\n');
    expect(bytes).toContain('registry');
    expect(bytes).not.toContain('people.example');
    for (const name of ['contributor-a', 'other-reviewer', 'example-editor']) expect(bytes).not.toContain(name);
    const { person } = personas.contributorA!;
    expect(bytes).not.toContain(person);
    for (const q of [person, personas.reviewer!.person, 'people.example']) {
      expect((await search(personas.secretariat, encodeURIComponent(`"${q}"`))).total).toBe(0);
    }
  });
});
