import { dataFolder, readDataset } from './datasets.js';
import type { Defect, Read } from './reading.js';
import { rowsOf } from './reading.js';
import { referenceDefects } from './references.js';
import type { DataFile, Rows } from './rows.js';
import { actionRow, documentRow, nameOf, organizationRow, reportRow, requestRow, roundRow } from './rows.js';
import type { Vocabularies } from './vocabularies.js';
import { readVocabularies } from './vocabularies.js';

/** The record as it stands in the files: the sound rows, and what is wrong with the others. */
export interface Edition extends Rows {
  readonly vocabularies: Vocabularies;
  readonly versions: Readonly<Record<DataFile, string>>;
  /** Rows with a defect are in none of the lists. What refers to such a row is left to the rules to refuse. */
  readonly defects: readonly Defect[];
}

/**
 * Reads the files of `folder` (this edition's, unless another is named). A row with a defect is left out and told of in
 * `defects`; a file that is not readable at all, or a broken coded list, is refused with `BrokenEdition`.
 */
export function readEdition(folder: string = dataFolder()): Edition {
  const defects: Defect[] = [];
  const versions: Partial<Record<DataFile, string>> = {};
  const open = (file: DataFile) => {
    const { version, body } = readDataset(folder, file);
    versions[file] = version;
    return <T>(list: string, read: Read<T>) => rowsOf(body[list], read, `${file}.json`, list, defects);
  };
  const vocabularies = readVocabularies(folder);
  const organizations = open('organizations')('organizations', organizationRow);
  const actions = open('actions')('actions', actionRow);
  const reports = open('reports')('reports', reportRow);
  const rowsOfRequests = open('requests');
  const read = {
    vocabularies,
    versions: versions as Record<DataFile, string>,
    organizations,
    actions,
    reports,
    requests: rowsOfRequests('requests', requestRow),
    rounds: rowsOfRequests('rounds', roundRow),
    documents: rowsOfRequests('documents', documentRow),
  };
  const unresolved = referenceDefects(read, vocabularies.lists);
  const isSound = (file: DataFile, id: string) =>
    !unresolved.some((defect) => defect.file === `${file}.json` && defect.id === id);
  return {
    ...read,
    organizations: organizations.filter(({ id }) => isSound('organizations', id)),
    actions: actions.filter(({ id }) => isSound('actions', id)),
    reports: reports.filter(({ id }) => isSound('reports', id)),
    requests: read.requests.filter((row) => isSound('requests', nameOf(row))),
    rounds: read.rounds.filter((row) => isSound('requests', nameOf(row))),
    documents: read.documents.filter((row) => isSound('requests', nameOf(row))),
    defects: [...defects, ...unresolved],
  };
}
