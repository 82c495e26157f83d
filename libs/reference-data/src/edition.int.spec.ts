import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ACTION_STATUSES, CONFIDENCES, LINK_KINDS, SCOPE_TESTS, TRACKS } from '#reporting';
import { dataFolder } from './datasets.js';
import { readEdition } from './edition.js';
import { series } from './series.js';
import { readVocabularies } from './vocabularies.js';

/** A row as it stands in a file. */
type Row = Record<string, unknown>;

describe('the edition that is shipped', () => {
  const edition = readEdition();

  it('has no defect', () => expect(edition.defects).toEqual([]));

  it('is complete', () => {
    const { organizations, actions, reports, requests } = edition;
    expect([organizations.length, actions.length, reports.length, requests.length]).toEqual([43, 135, 27, 13]);
    expect(edition.vocabularies.lists.policyIssues.filter(({ scheme }) => scheme === 'CSTD-2015')).toHaveLength(40);
  });

  it('keeps found and recalled apart', () => {
    const found = edition.actions.filter(({ confidence }) => confidence === 'found');
    expect([found.length, edition.actions.length - found.length]).toEqual([115, 20]);
  });

  it('names only sources of the record for what was drawn out of it', () => {
    const cited = [...edition.reports, ...edition.organizations].flatMap((row) => row.sources);
    for (const row of [...edition.requests, ...edition.rounds]) {
      for (const source of row.sources) expect(cited).toContainEqual(source);
    }
  });

  it('has in its lists the codes that the rules decide by', () => {
    const { lists } = edition.vocabularies;
    const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
    expect(codes(lists.tracks)).toEqual(TRACKS);
    expect(codes(lists.scopeTests)).toEqual(SCOPE_TESTS);
    expect(codes(lists.actionStatuses)).toEqual(ACTION_STATUSES);
    expect(codes(lists.confidence)).toEqual(CONFIDENCES);
    expect(['RELATED', ...codes(lists.trackLinkKinds)]).toEqual(LINK_KINDS);
    expect(codes(lists.reportStreams).sort()).toEqual(series.map(({ code }) => code).sort());
  });
});

describe('a broken edition', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'edition-'));
    cpSync(dataFolder(), folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const change = (dataset: string, edit: (body: Record<string, Row[]>) => void) => {
    const file = join(folder, `${dataset}.json`);
    const body = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Row[]>;
    edit(body);
    writeFileSync(file, JSON.stringify(body));
  };
  const changeRow = (dataset: string, n: number, fields: Row) =>
    change(dataset, (body) => Object.assign(body[dataset]![n]!, fields));
  const defects = () => readEdition(folder).defects.map(({ id, field, reason }) => `${id}: ${field}: ${reason}`);

  it('says which file, row and field is broken and why, and keeps the other rows', () => {
    changeRow('actions', 0, { title: '' });
    const { actions, defects } = readEdition(folder);
    expect(defects[0]).toEqual({ file: 'actions.json', id: 'ACT-0001', field: 'title', reason: 'is not a text' });
    expect(actions).toHaveLength(134);
  });

  const rows: [string, string, number, Row, string][] = [
    ['a code that no list has', 'actions', 0, { kind: 'WISH' }, 'ACT-0001: kind: WISH is not a code of actionKinds'],
    ['a field that is missing', 'actions', 0, { start: undefined }, 'ACT-0001: start: is missing'],
    ['a field that is not known', 'actions', 0, { rank: 1 }, 'ACT-0001: rank: is not a field that is known here'],
    [
      'a day that does not exist',
      'actions',
      0,
      { start: { date: '2006-02-30', precision: 'day' } },
      'ACT-0001: start.date: "2006-02-30" is not a year, a month or a day',
    ],
    [
      'a precision that the date does not have',
      'actions',
      0,
      { start: { date: '2006', precision: 'day' } },
      'ACT-0001: start: 2006 is not known to the day',
    ],
    ['no source', 'actions', 0, { sources: [] }, 'ACT-0001: sources: is empty'],
    ['no issue', 'actions', 0, { issues: [] }, 'ACT-0001: issues: is empty'],
    ['a partner nobody knows', 'actions', 0, { partners: ['nobody'] }, 'ACT-0001: partners: nobody is not in'],
    ['a lead as its own partner', 'actions', 0, { partners: ['icann'] }, 'ACT-0001: partners: icann leads the action'],
    [
      'an end before the start',
      'actions',
      0,
      { status: 'COMPLETED', end: { date: '2006-11', precision: 'month' } },
      'ACT-0001: end: is before the start',
    ],
    [
      'an end of what goes on',
      'actions',
      0,
      { end: { date: '2007', precision: 'year' } },
      'ACT-0001: status: is ONGOING although there is an end',
    ],
    [
      'a succession to nowhere',
      'actions',
      0,
      { status: 'SUPERSEDED' },
      'ACT-0001: supersededBy: has to name the successor',
    ],
    [
      'a succession in a circle',
      'actions',
      16,
      { status: 'SUPERSEDED', supersededBy: 'ACT-0006' },
      'ACT-0017: supersededBy: leads back to ACT-0017',
    ],
    [
      'a link to the forum that leads elsewhere',
      'actions',
      0,
      { igfLinks: [{ action: 'ACT-0002', kind: 'FEEDS_INTO' }] },
      'ACT-0001: igfLinks: ACT-0002 is no link',
    ],
    ['a relation to itself', 'actions', 0, { related: ['ACT-0001'] }, 'ACT-0001: related: refers to itself'],
    ['no reason for being out of scope', 'actions', 53, { note: null }, 'ACT-0054: note: must say why'],
    ['an id that is taken', 'actions', 1, { id: 'ACT-0001' }, 'ACT-0001: id: stands in the file twice'],
    ['a key that is taken', 'actions', 1, { key: 'icann-lacralo' }, 'icann-lacralo is the key of another action'],
    ['a parent nobody knows', 'organizations', 0, { memberOf: ['nobody'] }, 'icann: memberOf: nobody is not in'],
    ['an issuer nobody knows', 'reports', 0, { issuer: 'nobody' }, 'REP-2006-01: issuer: nobody is not in'],
    [
      'a contribution that is neither asked nor answered',
      'reports',
      1,
      {
        contributors: [{ organization: 'nro', status: 'REQUESTED', submitted: null, confidence: 'found', note: null }],
      },
      'REP-2007-01: contributors: nro was asked, but requests.json has no request',
    ],
    ['a request to nobody', 'requests', 0, { organization: 'itu' }, 'REP-2006-01/itu: organization: itu is not a'],
    [
      'a deadline before the request',
      'requests',
      0,
      { deadline: '2005' },
      'REP-2006-01/nominet: deadline: is before the request',
    ],
  ];
  it.each(rows)('is told for %s', (_, dataset, n, fields, expected) => {
    changeRow(dataset, n, fields);
    expect(defects()).toContainEqual(expect.stringContaining(expected));
  });

  it('is told for a code that was retired and is still used', () => {
    change('vocabularies', (body) => Object.assign(body['visions']![0]!, { retired: '2026-01-01' }));
    expect(defects()).toContainEqual('ACT-0001: vision: EVOLUTION was retired from visions on 2026-01-01');
  });

  it('is refused as a whole where a coded list is broken', () => {
    change('vocabularies', (body) => body['visions']!.push(body['visions']![0]!));
    expect(() => readVocabularies(folder)).toThrow('vocabularies.json: EVOLUTION: visions: stands in the list twice');
  });

  it('is refused where a file is no JSON, or another one', () => {
    writeFileSync(join(folder, 'reports.json'), '{');
    expect(() => readEdition(folder)).toThrow('reports.json: reports: file:');
    cpSync(join(folder, 'actions.json'), join(folder, 'reports.json'));
    expect(() => readEdition(folder)).toThrow('reports.json: reports: dataset: "actions" is none of reports');
  });

  it('keeps what is no web address in the title of the source', () => {
    const source = { title: 'Example letter', address: 'archive box 7', symbol: null, confidence: 'found' };
    changeRow('actions', 0, { sources: [source] });
    expect(readEdition(folder).actions[0]!.sources).toEqual([
      { title: 'Example letter (archive box 7)', confidence: 'found' },
    ]);
  });
});

it('finds the data beside the source and beside the compiled program', () => {
  const root = join(dataFolder(), '..', '..', '..');
  expect(dataFolder(join(root, 'dist', 'libs', 'reference-data', 'src'))).toBe(dataFolder());
  expect(() => dataFolder('/')).toThrow('No folder above / is the root of para71');
});
