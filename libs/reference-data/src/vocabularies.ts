import type { Source } from '#reporting';
import { dataFolder, readDataset } from './datasets.js';
import type { Defect } from './reading.js';
import {
  BrokenEdition,
  dated,
  edtfDate,
  flag,
  listOf,
  maybe,
  orNull,
  recordOf,
  rowsOf,
  sources,
  text,
  whole,
} from './reading.js';

/** An entry that is common to all coded lists. `retired`: since when the code is no longer given to anything new. */
const entry = { code: text, label: text, description: text, retired: maybe(edtfDate), sources };

const LISTS = {
  stakeholderGroups: recordOf({ ...entry, respectiveRole: text, paragraphs: listOf(text) }),
  organizationKinds: recordOf(entry),
  mandateParagraphs: recordOf(entry),
  criteria: recordOf({ ...entry, paragraph: text, evidence: text }),
  scopeTests: recordOf(entry),
  visions: recordOf(entry),
  tracks: recordOf(entry),
  trackLinkKinds: recordOf(entry),
  policySchemes: recordOf(entry),
  policyClusters: recordOf({ ...entry, scheme: text }),
  policyIssues: recordOf({ ...entry, scheme: text, cluster: text, wgig: listOf(text) }),
  actionKinds: recordOf(entry),
  cooperationKinds: recordOf(entry),
  actionStatuses: recordOf(entry),
  datePrecisions: recordOf(entry),
  confidence: recordOf(entry),
  reportStreams: recordOf(entry),
  contributionStatuses: recordOf(entry),
  reportSections: recordOf({ ...entry, required: flag, paragraph: orNull(text) }),
  regionalGroups: recordOf(entry),
  invitationStates: recordOf(entry),
  mandates: recordOf({ ...entry, symbol: orNull(text), date: dated }),
};

export type ListName = keyof typeof LISTS;
export type CodeLists = { readonly [List in ListName]: readonly ReturnType<(typeof LISTS)[List]>[] };
/** What every code of every list has. */
export interface CodeEntry {
  readonly code: string;
  readonly label: string;
  readonly description: string;
  readonly retired?: string | undefined;
  readonly sources: readonly Source[];
}

const question = recordOf({ number: whole, topic: text, sources });
const term = recordOf({ term: text, meaning: text, sources });

/** The coded lists of one edition, what is said about them, and the terms that experts use. */
export interface Vocabularies {
  readonly version: string;
  readonly lists: CodeLists;
  readonly notes: Readonly<Record<string, string>>;
  readonly questionnaire: readonly ReturnType<typeof question>[];
  readonly glossary: readonly ReturnType<typeof term>[];
}

const FILE = 'vocabularies.json';
const NOTES = ['visionNotes', 'policyCrosswalkNote', 'regionalGroupsNote'] as const;

/** Reads the coded lists and refuses a broken edition as a whole: no rule can be checked against half a list. */
export function readVocabularies(folder: string = dataFolder()): Vocabularies {
  const { version, body } = readDataset(folder, 'vocabularies');
  const defects: Defect[] = [];
  const names = Object.keys(LISTS) as ListName[];
  const lists = Object.fromEntries(
    names.map((name) => [name, rowsOf<CodeEntry>(body[name], LISTS[name], FILE, name, defects)]),
  ) as unknown as CodeLists;
  const questionnaire = rowsOf(body['wgecQuestionnaire'], question, FILE, 'wgecQuestionnaire', defects);
  const glossary = rowsOf(body['glossary'], term, FILE, 'glossary', defects);
  const notes = Object.fromEntries(
    NOTES.map((name) => [name, text(body[name], { file: FILE, id: name, field: name, defects })]),
  );
  const known = new Set<string>([...names, ...NOTES, 'wgecQuestionnaire', 'glossary']);
  for (const name of Object.keys(body)) {
    if (!known.has(name)) defects.push({ file: FILE, id: name, field: name, reason: 'is not a list that is known' });
  }
  defects.push(...listDefects(lists));
  if (defects.length) throw new BrokenEdition(defects);
  return { version, lists, notes, questionnaire, glossary };
}

export function entryOf(lists: CodeLists, list: ListName, code: string): CodeEntry | undefined {
  const entries: readonly CodeEntry[] = lists[list];
  return entries.find((known) => known.code === code);
}

function listDefects(lists: CodeLists): Defect[] {
  const defects: Defect[] = [];
  const broken = (id: string, field: string, reason: string) => defects.push({ file: FILE, id, field, reason });
  const mustKnow = (list: ListName, code: string, id: string, field: string) => {
    if (!entryOf(lists, list, code)) broken(id, field, `${code} is not a code of ${list}`);
  };
  for (const [list, entries] of Object.entries(lists)) {
    const codes = entries.map(({ code }) => code);
    codes.forEach((code, n) => {
      if (codes.indexOf(code) !== n) broken(code, list, 'stands in the list twice');
    });
  }
  for (const { code, scheme } of lists.policyClusters) mustKnow('policySchemes', scheme, code, 'scheme');
  for (const { code, scheme, cluster, wgig } of lists.policyIssues) {
    mustKnow('policySchemes', scheme, code, 'scheme');
    mustKnow('policyClusters', cluster, code, 'cluster');
    for (const earlier of wgig) mustKnow('policyIssues', earlier, code, 'wgig');
  }
  return defects;
}
