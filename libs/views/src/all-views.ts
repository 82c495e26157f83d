import { actions } from './folds/actions.js';
import { assessments } from './folds/assessments.js';
import { clarifications } from './folds/clarifications.js';
import { cycles } from './folds/cycles.js';
import { mandates } from './folds/mandates.js';
import { options } from './folds/options.js';
import { organizations } from './folds/organizations.js';
import { reports } from './folds/reports.js';
import { sections } from './folds/sections.js';
import { timeline } from './folds/timeline.js';
import { yearFacts } from './folds/year-facts.js';
import type { View } from './view.js';

/** The read models of the product. A new one is a file in `folds/` and a name here. */
export const ALL_VIEWS: readonly View[] = [
  organizations,
  cycles,
  reports,
  sections,
  yearFacts,
  actions,
  options,
  assessments,
  clarifications,
  mandates,
  timeline,
];
