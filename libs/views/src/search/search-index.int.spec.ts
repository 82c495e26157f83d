import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  optionArgued,
  optionTabled,
  partWithheld,
  published,
  RecordInFolder,
  recorded,
  registered,
  renamed,
  sectionAnswered,
  sectionDropped,
  started,
  submitted,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { Views } from '../views.js';
import { askedWords } from './asked-words.js';
import type { Circle, EntryKind } from './entry.js';
import { SearchFile } from './search-file.js';
import { SearchIndex } from './search-index.js';

const REPORT = 'report-ec-performance-2008-example-registry';

let record: RecordInFolder;
let views: Views;
let index: SearchIndex;
let faults: Error[];

const folder = () => join(record.folder, 'views');
const files = () => readdirSync(folder()).filter((name) => /^search-.*\.sqlite$/.test(name));
const fileOf = () => join(folder(), files()[0]!);

async function open(): Promise<void> {
  views = new Views({ folder: folder(), store: record.store, views: ALL_VIEWS });
  await views.start();
  index = new SearchIndex({
    folder: folder(),
    store: record.store,
    views,
    editions: ALL_VIEWS,
    onFault: (error) => faults.push(error),
  });
  index.start();
}

async function close(): Promise<void> {
  await index.close();
  await views.close();
}

beforeEach(async () => {
  record = new RecordInFolder();
  faults = [];
  await open();
});
afterEach(async () => {
  await close();
  await record.close();
  expect(faults).toEqual([]);
});

async function tell(...args: Parameters<RecordInFolder['tell']>): Promise<void> {
  await views.passedPosition(await record.tell(...args), 30_000);
}

interface Asked {
  readonly circles?: readonly Circle[];
  readonly kind?: EntryKind;
}

/** Stream and part of what is found now. */
async function found(words: string, asked: Asked = {}): Promise<string[]> {
  const wanted = { phrases: askedWords(words), circles: [], limit: 1_000, ...asked };
  const { total, found: all, sequence } = await index.find(wanted, 30_000);
  expect(sequence).toBe(views.head.sequence);
  expect(all).toHaveLength(total);
  return all.map(({ at }) => (JSON.parse(at) as [number, string, string]).slice(1).join(' '));
}

/** All that is in a file, but for the numbers of its rows. */
function contentOf(path: string): unknown[] {
  using database = new DatabaseSync(path, { readOnly: true });
  return database
    .prepare('SELECT stream, part, readers, json FROM entry JOIN body USING (id) ORDER BY stream, part')
    .all();
}

describe('The search index', () => {
  it('tells what the views tell, as soon as somebody asks', async () => {
    expect(await found('numbers')).toEqual([]);
    await tell('organization-example-registry', registered());
    expect(await found('registry')).toEqual(['organization-example-registry organization']);
    await tell('organization-example-registry', renamed());
    await tell('option-open-list', optionTabled(), optionArgued({ text: 'Numbers can be checked by anybody.' }));
    expect(await found('numbers')).toEqual([
      'organization-example-registry organization',
      'option-open-list argument A-1',
    ]);
    // By its earlier name.
    expect(await found('"example registry"', { kind: 'organization' })).toHaveLength(1);
  });

  it('forgets what was taken out, also from its pages', async () => {
    await tell(REPORT, started(), sectionAnswered({ text: 'Canaryword is here.' }));
    const circles = [
      { report: { series: 'ec-performance', year: 2008, organization: 'example-registry' }, readers: ['writers'] },
    ];
    expect(await found('canaryword', { circles: circles as Circle[] })).toEqual([`${REPORT} S01/en in draft`]);
    await tell(REPORT, sectionDropped());
    expect(await found('canaryword', { circles: circles as Circle[] })).toEqual([]);
    await index.close();
    expect(readFileSync(fileOf()).includes('anaryword')).toBe(false);
  });

  it('has nothing withheld in the index that answers everybody', async () => {
    await tell(REPORT, started(), sectionAnswered({ text: 'Canaryword is here.' }), submitted());
    expect(await found('canaryword')).toEqual([]);
    await tell(REPORT, published());
    expect(await found('canaryword')).toEqual([`${REPORT} S01/en in 1`]);
    await tell(REPORT, partWithheld({ part: 'S01/en' }));
    expect(await found('canaryword')).toEqual([]);
    await index.close();
    using database = new DatabaseSync(fileOf(), { readOnly: true });
    expect(
      database.prepare(`SELECT count(*) AS n FROM public_words WHERE public_words MATCH 'canaryword'`).get(),
    ).toEqual({ n: 0 });
  });

  it('goes on after an end, from where it was, with what was told meanwhile', async () => {
    await tell('organization-example-registry', registered());
    await index.current(30_000);
    await close();
    const [before] = files();
    await record.tell('action-act-0001', recorded({ title: 'Two meetings' }));
    await open();
    expect(await found('meetings')).toEqual(['action-act-0001 action']);
    expect(files()).toEqual([before]);
  });

  it('tells the same whether it was kept up or built at once', async () => {
    await tell('organization-example-registry', registered());
    await index.current(30_000);
    await tell(REPORT, started(), sectionAnswered(), submitted());
    await index.current(30_000);
    await tell('organization-example-registry', renamed());
    await tell(REPORT, published());
    await index.current(30_000);
    await close();
    const kept = contentOf(fileOf());
    rmSync(fileOf());
    await open();
    await index.current(30_000);
    await index.close();
    expect(contentOf(fileOf())).toEqual(kept);
    expect(kept.length).toBeGreaterThan(1);
  });

  it('changes nothing in the digest of the views', async () => {
    await tell('organization-example-registry', registered());
    const before = views.digest();
    expect(await found('registry')).toHaveLength(1);
    expect(views.digest()).toBe(before);
  });

  it('is built anew beside the one that answers, and takes its place', async () => {
    for (let n = 0; n < 100; n++) await record.tell(`action-act-${n}`, recorded({ title: `Meeting ${n}` }));
    await tell('organization-example-registry', registered());
    await index.current(30_000);
    const [before] = files();
    await views.rebuild();
    const rebuilding = index.rebuild();
    await tell('organization-example-registry', renamed());
    expect(await found('numbers registry')).toHaveLength(1);
    expect(files()).toContain(before);
    await rebuilding;
    expect(files()).not.toContain(before);
    expect(await found('meeting')).toHaveLength(100);
    expect(await found('numbers registry')).toHaveLength(1);
    await tell('organization-sample-union', registered({ name: 'Sample Union' }));
    expect(await found('sample')).toHaveLength(1);
  });

  it('is built anew where the log is another one than it was made of', async () => {
    await tell('organization-example-registry', registered());
    await index.current(30_000);
    await close();
    const content = readFileSync(fileOf());
    await record.close();
    record = new RecordInFolder();
    record.setClock('2027-01-01T00:00:00.000Z');
    await record.tell('organization-sample-union', registered({ name: 'Sample Union' }));
    await open();
    await close();
    writeFileSync(fileOf(), content);
    await open();
    expect(await found('registry')).toEqual([]);
    expect(await found('union')).toHaveLength(1);
  });

  it('is built anew where its file is damaged, or of other views', async () => {
    await tell('organization-example-registry', registered());
    await index.current(30_000);
    await close();
    const [name] = files();
    writeFileSync(fileOf(), 'no database');
    appendFileSync(join(folder(), 'search-0123456789abcdef-1.sqlite'), 'of other views');
    await open();
    expect(await found('registry')).toHaveLength(1);
    expect(files()).toEqual([name]);
  });

  it('mends itself once where its file breaks under it', async () => {
    await tell('organization-example-registry', registered());
    await index.current(30_000);
    {
      using database = new DatabaseSync(fileOf());
      database.exec('DROP TABLE body');
    }
    await tell('organization-example-registry', renamed());
    expect(await found('registry')).toHaveLength(1);
    expect(faults.splice(0)).toHaveLength(1);
  });

  it('says that it cannot be kept up, and follows the record again once it was built anew', async () => {
    await tell('organization-example-registry', registered());
    await index.current(30_000);
    const document = views.document.bind(views);
    views.document = () => {
      throw new Error('A document that no entry can be made of');
    };
    await tell('organization-example-registry', renamed());
    await expect(found('registry')).rejects.toThrow('no entry');
    expect(faults.splice(0)).toHaveLength(2);
    expect(index.trouble).toContain('no entry');

    views.document = document;
    await index.rebuild();
    expect(index.trouble).toBeUndefined();
    expect(await found('registry')).toHaveLength(1);
    await tell('organization-sample-union', registered({ name: 'Sample Union' }));
    // By itself, though nobody asks.
    const isInFile = () => JSON.stringify(contentOf(fileOf())).includes('Sample Union');
    const until = performance.now() + 25_000;
    while (!isInFile() && performance.now() < until) await sleep(20);
    expect(isInFile()).toBe(true);
  });

  it('begins anew where its file is found to be damaged by a question, and says so until it is there', async () => {
    for (let n = 0; n < 40; n++) await record.tell(`action-act-${n}`, recorded({ title: `Meeting ${n}` }));
    await tell('organization-example-registry', registered());
    await index.current(30_000);
    await close();
    const bytes = readFileSync(fileOf());
    // Behind the tables that are looked into when it is opened.
    bytes.fill(0xa5, bytes.length / 2);
    writeFileSync(fileOf(), bytes);
    await open();
    for (let tries = 0; faults.length === 0 && tries < 3; tries++) await found('meeting').catch(() => []);
    expect(await found('meeting')).toHaveLength(40);
    expect(faults.splice(0)).toHaveLength(1);
  });

  it('gives page after page what it gives at once, whatever is equally good', async () => {
    for (let n = 0; n < 25; n++) await record.tell(`action-act-${100 + n}`, recorded({ title: 'Two meetings' }));
    await tell('action-act-99', recorded({ title: 'Meetings, and meetings again' }));
    const all = await found('meetings');
    const pages: string[] = [];
    for (let after: string | undefined; ;) {
      const wanted = { phrases: askedWords('meetings'), circles: [], limit: 4, ...(after !== undefined && { after }) };
      const page = await index.find(wanted, 30_000);
      expect(page.total).toBe(26);
      if (!page.found.length) break;
      after = page.found.at(-1)!.at;
      pages.push(...page.found.map(({ at }) => (JSON.parse(at) as string[]).slice(1).join(' ')));
    }
    expect(pages).toEqual(all);
    expect(all.slice(1)).toEqual(all.slice(1).sort());
  });
});

describe('a file of what can be found', () => {
  it.each(['building', 'serving'] as const)('can be closed in the midst of what it is told, while %s', (mode) => {
    const path = join(record.folder, 'another.sqlite');
    new SearchFile(path, 'building').close();
    const file = new SearchFile(mode === 'building' ? `${path}-new` : path, mode);
    file.replace(REPORT, []);
    expect(() => file.close()).not.toThrow();
  });
});
