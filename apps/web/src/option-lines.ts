import { type Debate, type Handover, type OptionDocument, roleNamed } from '#views';
import type { ShownMoment } from './addresses.js';
import { confidenceBadge, label, whyLinks } from './evidence.js';
import { type Html, html } from './html.js';
import { type Names, organizationLink } from './names.js';
import { dateInWords } from './words.js';

// What is told of a policy option wherever it is shown.

type Tabled = Pick<OptionDocument, 'by' | 'tabledOn' | 'confidence' | 'why'>;

export function tabledLine({ by, tabledOn, confidence, why }: Tabled, names: Names, shown: ShownMoment): Html {
  return html`<p>
    Tabled ${dateInWords(tabledOn)} by ${voice(by, names, shown)} ${confidenceBadge(confidence)}
    ${whyLinks(why.slice(0, 1))}
  </p>`;
}

export function debateLine({ forum, session, on, outcome, why }: Debate): Html {
  return html`<p>
    Debated ${dateInWords(on)}: <bdi>${forum}</bdi>, <bdi>${session}</bdi>${
      outcome !== undefined && html`. <span dir="auto">${outcome}</span>`
    }
    ${whyLinks(why)}
  </p>`;
}

/** `to`: whom it was handed to, as the page calls them. */
export function handoverLine({ on, reason, undebated, handedBy, why }: Handover, to: Html): Html {
  return html`<p>
    Handed to ${to} ${dateInWords(on)}${undebated && ', before any debate on record'}${handedBy && giver(handedBy)}:
    <span dir="auto">${reason}</span> ${whyLinks(why)}
  </p>`;
}

const giver = ({ actor, role }: NonNullable<Handover['handedBy']>) =>
  html`, recorded by <bdi>${actor}</bdi>${role !== undefined && ` (${roleNamed(role)})`}`;

export const closedLine = ({ on, reason }: NonNullable<OptionDocument['closed']>) =>
  html`<p dir="auto">Closed ${dateInWords(on)}: ${reason}</p>`;

/** A stakeholder group, and the organization that speaks for it where one does. */
export function voice({ group, organization }: OptionDocument['by'], names: Names, shown: ShownMoment): Html {
  const words = label('stakeholderGroups', group);
  return organization === undefined ? words : html`${organizationLink(names, organization, shown)} (${words})`;
}
