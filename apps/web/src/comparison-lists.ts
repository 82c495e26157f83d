import type { ActionItem, Category, CitedOnly, CodeComparison, CodeItem, StatusChange } from '#reporting';
import { ACTION_STATUSES } from '#reporting';
import type { ListName } from '#reference-data';
import { labelOf } from '#reference-data';
import type { ComparisonAnswer } from '#views';
import type { ShownMoment } from './addresses.js';
import { label, whyLinks } from './evidence.js';
import { type Content, type Html, html } from './html.js';
import { type Names, organizationLink, organizationLinks } from './names.js';
import { begun, counted, dateInWords, listed, reasonInWords } from './words.js';

interface Told {
  readonly id: string;
  readonly title: string;
  /** What stands in this list, as a sentence below its heading. */
  readonly meaning: string;
}

/** Every list of actions, in the order in which a reader asks for them. */
const ACTIONS = [
  ['started', 'Started', (a, b) => `Began after ${a} and by the end of ${b}, by the dates on record.`],
  ['continued', 'Continued', (a, b) => `Had begun by ${a} and had not ended by the end of ${b}.`],
  ['closed', 'Closed', (a, b) => `Ended after ${a} and by the end of ${b}; some also began in that time.`],
  [
    'silentlyDropped',
    'Silently dropped',
    (a, b) => `Cited in the report of ${a}, absent from that of ${b}, and not closed by then.`,
  ],
  ['newlyDisclosed', 'Newly disclosed', (a, b) => `Had begun by ${a}, and is cited in the report of ${b} only.`],
  [
    'notVerified',
    'Not verified',
    () => 'Nobody looked for a later record: these can be said neither to continue nor to have closed.',
  ],
  ['endUnknown', 'Ended at an unknown time', () => 'In a final state; the record does not say since when.'],
  ['planned', 'Still a plan', (_, b) => `Was to begin by ${b}, and is a plan to this day.`],
  [
    'otherTracks',
    'On other tracks',
    () => 'Shown apart, since only the track of enhanced cooperation counts for paragraph 71.',
  ],
  [
    'operational',
    'Operational',
    () => 'Shown apart, since paragraph 69 leaves day-to-day technical and operational matters out.',
  ],
] as const satisfies readonly (readonly [keyof ComparisonAnswer, string, (earlier: number, later: number) => string])[];

const CHANGES = [
  ['statusChanges', 'Changes of status', (a, b) => `Recorded as having happened after ${a} and by the end of ${b}.`],
  ['undatedStatusChanges', 'Changes of status without a date', () => 'They belong to no year.'],
  [
    'statedStatusChanges',
    'Changes of status by the reports themselves',
    () => 'The two reports give these actions different statuses.',
  ],
] as const satisfies readonly (readonly [keyof ComparisonAnswer, string, (earlier: number, later: number) => string])[];

const CODES = [
  ['issues', 'Policy issues', 'policyIssues'],
  ['groups', 'Stakeholder groups', 'stakeholderGroups'],
] as const satisfies readonly (readonly ['issues' | 'groups', string, ListName])[];

/** One line for each category: a number, none, or why nothing can be said. */
export function comparisonSummary(comparison: ComparisonAnswer): Html {
  const { citedWithoutRecord, figures, claims } = comparison;
  const lines: readonly (readonly [id: string, title: string, told: Category<unknown>, one: string, many?: string])[] =
    [
      ...ACTIONS.map(([id, title]) => [id, title, comparison[id], 'action'] as const),
      ...CHANGES.map(([id, title]) => [id, title, comparison[id], 'change'] as const),
      ['citedWithoutRecord', 'Cited, and not on record', citedWithoutRecord, 'action'],
      ['figures', 'Figures', figures, 'figure'],
      ['claims', 'Claims by criterion', claims, 'criterion', 'criteria'],
    ];
  return html`<section aria-labelledby="summary">
    <h2 id="summary">In short</h2>
    <ul class="summary">
      ${lines.map(
        ([id, title, category, one, many]) => html`<li>${summaryOf(id, title, category, one, many)}</li> `,
      )}${CODES.map(([id, title]) => html`<li>${codesSummary(id, title, comparison[id])}</li> `)}
    </ul>
  </section>`;
}

function summaryOf(id: string, title: string, category: Category<unknown>, one: string, many?: string): Html {
  if (!category.known) return html`${title}: <em>cannot be said</em>: ${reasonInWords(category)}.`;
  if (!category.items.length) return html`${title}: none.`;
  return html`<a href="#${id}">${title}</a>: <strong>${counted(category.items.length, one, many)}</strong>.`;
}

function codesSummary(id: string, title: string, codes: CodeComparison): Html {
  if (!codes.known) return html`${title}: <em>cannot be said</em>: ${reasonInWords(codes)}.`;
  const { gained, lost, kept, unclear } = codes;
  return html`<a href="#${id}">${title}</a>:
    <strong>${gained.length} gained, ${lost.length} lost, ${kept.length} kept</strong
    >${unclear.length > 0 && `, ${unclear.length} unclear`}.`;
}

/** The lists that have something in them; what is empty or cannot be said stands in the summary. */
export function comparisonLists(comparison: ComparisonAnswer, names: Names, shown: ShownMoment): Content {
  const { earlier, later, citedWithoutRecord } = comparison;
  const years = [earlier.year, later.year] as const;
  return [
    ACTIONS.map(([id, title, meaning]) =>
      list({ id, title, meaning: meaning(...years) }, comparison[id], (item) => actionItem(item, names, shown)),
    ),
    CHANGES.map(([id, title, meaning]) => list({ id, title, meaning: meaning(...years) }, comparison[id], changeItem)),
    list(
      { id: 'citedWithoutRecord', title: 'Cited, and not on record', meaning: 'Nothing else can be said of these.' },
      citedWithoutRecord,
      citedItem,
    ),
    CODES.map(([id, title, of]) => codeLists(id, title, of, comparison[id])),
  ];
}

function list<Item>({ id, title, meaning }: Told, category: Category<Item>, item: (item: Item) => Html): Html | false {
  if (!category.known || !category.items.length) return false;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <p class="meaning">${meaning}</p>
    <ul class="items">
      ${category.items.map(item)}
    </ul>
  </section>`;
}

function actionItem(action: ActionItem, names: Names, shown: ShownMoment): Html {
  const { action: id, title, lead, partners, status, startedOn, endedOn, why } = action;
  return html`<li>
    <h3><bdi>${title}</bdi></h3>
    <p class="meta">
      ${dateInWords(startedOn)}${endedOn && ` to ${dateInWords(endedOn)}`} · led by
      ${organizationLink(names, lead, shown)}${partners.length > 0 && html` with ${organizationLinks(names, partners, shown)}`}
      · on record now as <span class="status">${labelOf('actionStatuses', status)}</span>
    </p>
    <p class="ground"><bdi>${id}</bdi> ${whyLinks(why)}</p>
  </li> `;
}

function changeItem({ title, from, to, on, why }: StatusChange): Html {
  return html`<li>
    <h3><bdi>${title}</bdi></h3>
    <p class="meta">From <bdi>${status(from)}</bdi> to <bdi>${status(to)}</bdi>${on && `, ${dateInWords(on)}`}</p>
    <p class="ground">${whyLinks(why)}</p>
  </li> `;
}

/** A report may state a status in its own words. */
const status = (stated: string) =>
  ACTION_STATUSES.some((known) => known === stated) ? `“${labelOf('actionStatuses', stated)}”` : `“${stated}”`;

function citedItem({ action, years, why }: CitedOnly): Html {
  return html`<li>
    <h3><bdi>${action}</bdi></h3>
    <p class="meta">Cited in ${listed(years)}</p>
    <p class="ground">${whyLinks(why)}</p>
  </li> `;
}

function codeLists(id: string, title: string, of: ListName, codes: CodeComparison): Html | false {
  if (!codes.known) return false;
  const { gained, lost, kept, unclear, basis } = codes;
  const groups: readonly (readonly [string, readonly CodeItem[]])[] = [
    ['gained', gained],
    ['lost', lost],
    ['kept', kept],
    ['unclear', unclear],
  ];
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <p class="meaning">
      ${
        basis === 'citations'
          ? 'Of the actions that the two reports cite.'
          : 'Of the actions that ran in each year by the record, since the reports do not say which they cite.'
      }
    </p>
    <div class="codes">
      ${groups.map(
        ([name, items]) =>
          items.length > 0 &&
          html`<div>
            <h3>${begun(name)}</h3>
            <ul>
              ${items.map(({ code, why }) => html`<li>${label(of, code)} ${whyLinks(why)}</li> `)}
            </ul>
          </div>`,
      )}
    </div>
  </section>`;
}
