import type { Wording } from '../wording.js';
import { actions, options } from './actions.js';
import { assessments } from './assessments.js';
import { cycles, mandates, organizations, roleNamed } from './organizations.js';
import { inQuotes, seriesNamed, thingNamed } from './phrases.js';
import { reminders, reports } from './reports.js';
import { withheld } from './withheld.js';

/** The series that paragraph 71 asks for: nobody has to be told which reports are meant. */
const ANNUAL = 'ec-performance';

/** Quoted words may bring the end of their sentence with them. */
const ENDED = /[.!?…]$/;

export const ENGLISH: Wording = {
  organization: organizations,
  cycle: cycles,
  report: reports,
  reminder: reminders,
  action: actions,
  option: options,
  assessment: assessments,
  mandate: mandates,
  withheld,
  reportNamed: (organization, series, year) =>
    series === ANNUAL
      ? `the annual report of ${organization} for ${year}`
      : `the report of ${organization} for ${year} (${seriesNamed(series)})`,
  cycleNamed: (series, year) =>
    series === ANNUAL ? `the round of annual reports of ${year}` : `the round of ${year} (${seriesNamed(series)})`,
  actionNamed: (title, id) => thingNamed('action', title, id),
  optionNamed: (title, id) => thingNamed('policy option', title, id),
  who({ actor = 'Somebody who is not on record', role, onBehalfOf }) {
    const as = role === undefined ? '' : ` (${roleNamed(role)})`;
    return `${actor}${as}${onBehalfOf === undefined ? '' : `, on behalf of ${onBehalfOf},`}`;
  },
  sentence(who, { did, reason, said }) {
    const why = reason === undefined ? '' : `, with the reason ${inQuotes(reason)}`;
    if (said !== undefined) return `${who} ${did}${why}: ${inQuotes(said)}`;
    return `${who} ${did}${why}${reason !== undefined && ENDED.test(reason) ? '' : '.'}`;
  },
};
