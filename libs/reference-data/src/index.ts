export { dataFolder } from './datasets.js';
export type { Edition } from './edition.js';
export * from './import-record.js';
export type { Defect } from './reading.js';
export { BrokenEdition } from './reading.js';
export { recordAsSteps } from './record-as-steps.js';
export type {
  ActionRow,
  Contributor,
  DataFile,
  DocumentRow,
  OrganizationRow,
  ReportRow,
  RequestRow,
  RoundRow,
} from './rows.js';
export type { Series } from './series.js';
export { series, streamOfSeries } from './series.js';
export type { CommandFields, CommandName, ImportStep, Phase } from './steps/import-step.js';
export { PHASES } from './steps/import-step.js';
export type { CodeEntry, CodeLists, ListName, Vocabularies } from './vocabularies.js';
export * from './vocabulary.js';
