import type { AssessmentsAnswer, ClarificationAsRead, EvidenceAsRead, FindingAsRead } from '#views';
import { label, sourceLink, whyLinks, withheldBecause } from './evidence.js';
import { type Content, type Html, html, joined } from './html.js';
import { documentLink } from './report-page-content.js';
import { dateInWords, number } from './words.js';

/** What others asked and found, as far as the reader may read it. */
export interface ReportReview {
  readonly clarifications: readonly ClarificationAsRead[];
  readonly assessments: AssessmentsAnswer;
}

export function reportReview({ clarifications, assessments }: ReportReview): Content {
  return [threads(clarifications), findings(assessments)];
}

const STATES = { open: 'An answer is waited for', answered: 'Answered', closed: 'Closed' } as const;

const OUTCOMES = { answered: 'answered', withdrawn: 'the question was withdrawn', 'left-open': 'left open' } as const;

const READERS = {
  internal: 'Read by reviewers and the secretariat only',
  organization: 'Read by the organization, reviewers and the secretariat',
  public: 'Read by everybody',
} as const;

const STEPS = {
  'due-date-moved': 'Due date moved',
  widened: 'Opened to more readers',
  closed: 'Closed',
  reopened: 'Reopened',
} as const;

function threads(all: readonly ClarificationAsRead[]): Html | false {
  return (
    all.length > 0 &&
    html`<section aria-labelledby="clarifications">
      <h2 id="clarifications">What was asked back</h2>
      ${all.map(thread)}
    </section>`
  );
}

function thread(asked: ClarificationAsRead): Html {
  const { clarification, section, question, askedBy, dueOn, state, outcome, messages, steps, version } = asked;
  const isClosed = state === 'closed' && outcome !== undefined;
  return html`<article class="thread" id="${`thread-${clarification}`}">
    <h3>${label('reportSections', section)}</h3>
    <p class="meta">
      ${STATES[state]}${isClosed && `: ${OUTCOMES[outcome]}`}${dueOn && ` · due ${dateInWords(dueOn)}`}${
        version !== undefined && ` · asked about version ${version}`
      }${asked.laterVersion !== undefined && `; version ${asked.laterVersion} came later`}
      · ${READERS[asked.visibility]}
    </p>
    ${
      asked.withheld !== undefined &&
      html`<p class="withheld">
        ${question !== undefined && 'Not for the public, and shown to you because of your role. '}
        ${withheldBecause(asked.withheld)}
      </p>`
    }
    ${question !== undefined && html`<p dir="auto"><strong>${question}</strong></p>`}
    <p class="ground">${askedBy !== undefined && html`<bdi>${askedBy}</bdi> `}${whyLinks(asked.why.slice(0, 1))}</p>
    ${messages.map(
      ({ kind, text, by, documents = [], why }) =>
        html`<div class="said">
          <p class="meta">
            ${kind === 'answer' ? 'Answer' : 'Asked further'}${by !== undefined && html` · <bdi>${by}</bdi>`}
          </p>
          <p class="words" dir="auto"><span>${text}</span></p>
          ${documents.length > 0 && html`<p>${joined(documents.map(documentLink), '; ')}</p>`}
          <p class="ground">${whyLinks(why)}</p>
        </div>`,
    )}
    ${steps.map(
      ({ kind, reason, why }) =>
        html`<p class="meta">
          ${STEPS[kind]}${reason !== undefined && html`: <span dir="auto">${reason}</span>`} ${whyLinks(why)}
        </p>`,
    )}
  </article>`;
}

const STANDINGS = {
  draft: 'Draft, for reviewers',
  shown: 'Shown to the organization, not public',
  published: 'Published',
} as const;

function findings({ criteria }: AssessmentsAnswer): Html | false {
  const found = criteria.filter((each) => each.findings.length > 0);
  return (
    found.length > 0 &&
    html`<section aria-labelledby="findings">
      <h2 id="findings">What reviewers found</h2>
      <p class="meaning">
        Findings stand beside each other and beside the claims of the organization. Nothing is scored, and none
        outweighs another.
      </p>
      ${found.map(
        ({ criterion, findings: all }) =>
          html`<h3>${label('criteria', criterion)}</h3>
            ${all.map(finding)} `,
      )}
    </section>`
  );
}

function finding(found: FindingAsRead & { readonly reviewer: string; readonly laterVersion?: number }): Html {
  const { reviewer, standing, statement, evidence, version, sequence, comments = [], laterVersion, why } = found;
  return html`<article class="finding">
    <p class="meta">
      <bdi>${reviewer}</bdi>, about version ${version} as of event
      ${number(sequence)}${
        laterVersion !== undefined && ` · version ${laterVersion} was submitted later`
      }${standing !== 'published' && html` · <span class="status">${STANDINGS[standing]}</span>`}
    </p>
    <p dir="auto">${statement}</p>
    <p class="sources">Evidence: ${joined(evidence.map(evidenceNamed), '; ')}</p>
    ${comments.map((comment) => html`<p class="detail">The organization: <span dir="auto">${comment}</span></p>`)}
    <p class="ground">${whyLinks(why)}</p>
  </article>`;
}

function evidenceNamed(evidence: EvidenceAsRead): Content {
  if ('withheld' in evidence) return withheldBecause(evidence.withheld);
  const { action, section, document, source } = evidence;
  if (action !== undefined)
    return html`<a href="${`/api/actions/${encodeURIComponent(action)}`}"><bdi>${action}</bdi></a>`;
  if (section !== undefined) return html`<a href="${`#${section}`}">${label('reportSections', section)}</a>`;
  if (document) return documentLink(document);
  return source && sourceLink(source);
}
