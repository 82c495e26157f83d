import type { Edition } from './edition.js';
import { readEdition } from './edition.js';
import { actionSteps } from './steps/actions.js';
import { cycleSteps } from './steps/cycles.js';
import type { ImportStep } from './steps/import-step.js';
import { PHASES } from './steps/import-step.js';
import { organizationSteps } from './steps/organizations.js';
import { reportSteps } from './steps/reports.js';

/**
 * The record as the commands that a person would give, in an order in which each can succeed. Nothing is recorded past
 * the rules, and what the files hold only as a reading keeps the name of who read it.
 */
export function recordAsSteps(edition: Edition = readEdition()): ImportStep[] {
  const steps = [
    ...organizationSteps(edition),
    ...cycleSteps(edition),
    ...actionSteps(edition),
    ...reportSteps(edition),
  ];
  return steps.sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) || a.wave - b.wave);
}
