import type { Circumstances } from '../decider.js';
import { factsOf, refuseIf } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { refuseDisorder, refuseFuture } from '../edtf.js';
import type { Proposal, Proposing } from '../proposal.js';
import { agreedWith, proposalOf } from '../proposal.js';
import type { Drafting } from './drafting.js';
import { alsoTold } from './ever-told.js';
import { isAnswered, undecidedSections } from './drafting.js';

/** Whether a respondent may be named when the answer is quoted (rule 18). */
export type Consent = 'by-name' | 'without-name' | 'not-at-all';

export type SubmittingEvent =
  | {
      /** The first of two signatures, where the organization asks for two. Whatever is written afterwards undoes it. */
      type: 'SignatureGiven';
      data: { version: number; by: string; signatory: string; on: Edtf };
    }
  | {
      type: 'ReportSubmitted';
      data: {
        version: number;
        signatory: string;
        /** Who had signed before, where two sign. */
        firstSignatory?: string;
        on: Edtf;
        declaration: string;
        /** Rule 7: a reservation on standing is a normal state of an answer. */
        reservation?: string;
        consentToBeCited: Consent;
      };
    }
  | { type: 'AmendmentOpened'; data: { reason: string; material: boolean; sections: readonly string[] } }
  | {
      type: 'ReportResubmitted';
      data: {
        version: number;
        signatory: string;
        /** Who had signed before, where two sign. */
        firstSignatory?: string;
        on: Edtf;
        declaration: string;
        reservation?: string;
        consentToBeCited: Consent;
      };
    }
  | {
      type: 'WithdrawalProposed';
      /** `version`: the latest when it was proposed; not said before shape 3. */
      data: { reason: string; version?: number } & Proposal;
    }
  | { type: 'ReportWithdrawn'; data: { reason: string; proposedBy?: string } };

export interface Submission extends Drafting {
  /** 0 until the first submission. */
  readonly version: number;
  readonly consent?: Consent;
  /** What the last version says. */
  readonly submitted?: Content;
  readonly signature?: { readonly by: string; readonly signatory: string };
  readonly withdrawal?: Proposal;
}

/** What a version of a report consists of. */
type Content = Pick<Drafting, 'answers' | 'citations' | 'figures' | 'documents'>;

interface Signature {
  readonly signatory: string;
  readonly on: Edtf;
  readonly declaration: string;
  readonly reservation?: string;
  readonly consentToBeCited: Consent;
}

export type SubmittingCommand =
  | ({
      type: 'SubmitReport';
      /** How many have to sign, by the organization's own rule. */
      signatures?: 1 | 2;
    } & Signature)
  | { type: 'OpenAmendment'; reason: string; material: boolean; sections: readonly string[] }
  | ({ type: 'WithdrawReport'; reason: string } & Proposing);

export function decideSubmitting(command: SubmittingCommand, state: Submission, at: Circumstances): SubmittingEvent[] {
  refuseIf(state.phase === 'withdrawn', 'report-withdrawn');

  switch (command.type) {
    case 'SubmitReport': {
      const amending = state.phase === 'amending';
      refuseIf(state.phase === 'submitted', 'report-locked', { phase: state.phase });
      refuseIf(state.phase !== 'draft' && !amending, 'report-not-started', { phase: state.phase });
      refuseIf(amending && !hasChanged(state), 'nothing-changed', { reopened: state.reopened });
      const undecided = undecidedSections(state);
      refuseIf(undecided.length, 'carried-over-undecided', { sections: undecided });
      const missing = missingSections(state, at);
      refuseIf(missing.length, 'sections-missing', { missing, form: state.form });
      refuseFuture(command.on, at.today);
      refuseDisorder(state.requestedOn, command.on);
      const { signatures = 1, ...signed } = factsOf(command);
      const version = state.version + 1;
      const { signatory, on } = signed;
      const first = state.signature;
      if (signatures === 2 && !first)
        return [{ type: 'SignatureGiven', data: { version, by: at.actor, signatory, on } }];
      refuseIf(first && (first.by === at.actor || first.signatory === signatory), 'second-person-needed', {
        firstSignatory: first?.signatory,
      });
      const data = { version, ...signed, ...(first && { firstSignatory: first.signatory }) };
      return [{ type: amending ? 'ReportResubmitted' : 'ReportSubmitted', data }];
    }
    case 'OpenAmendment': {
      refuseIf(state.phase === 'amending', 'nothing-changed', { reopened: state.reopened });
      refuseIf(state.phase !== 'submitted', 'report-not-submitted', { phase: state.phase });
      for (const section of command.sections) {
        refuseIf(at.vocabulary.has('reportSections', section) === 'unknown', 'section-unknown', { section });
      }
      refuseIf(!command.sections.length, 'sections-missing', { missing: ['at least one section to reopen'] });
      return [{ type: 'AmendmentOpened', data: factsOf(command) }];
    }
    case 'WithdrawReport': {
      const { reason } = command;
      refuseIf(state.version === 0, 'report-not-submitted', { phase: state.phase });
      const agreed = agreedWith(state.withdrawal, command, at);
      const { version } = state;
      if (!agreed) return [{ type: 'WithdrawalProposed', data: { version, reason, ...proposalOf(at) } }];
      return [{ type: 'ReportWithdrawn', data: { reason, proposedBy: agreed.by } }];
    }
  }
}

export function evolveSubmitting<S extends Submission>(state: S, event: SubmittingEvent): S {
  switch (event.type) {
    case 'ReportSubmitted':
    case 'ReportResubmitted': {
      const { version, on, reservation, consentToBeCited } = event.data;
      const { reopened: _, reservation: __, signature: ___, ...rest } = state;
      const { answers, citations, figures, documents, everTold } = state;
      return {
        ...(rest as S),
        phase: 'submitted',
        version,
        touched: false,
        submitted: { answers, citations, figures, documents },
        everTold: alsoTold(everTold, { figures: Object.keys(figures), actions: Object.keys(citations) }),
        answeredOn: state.answeredOn ?? on,
        consent: consentToBeCited,
        ...(reservation && { reservation }),
      };
    }
    case 'SignatureGiven': {
      const { by, signatory } = event.data;
      return { ...state, signature: { by, signatory } };
    }
    case 'WithdrawalProposed': {
      const { reason: _, ...withdrawal } = event.data;
      return { ...state, withdrawal };
    }
    case 'AmendmentOpened':
      return { ...state, phase: 'amending', reopened: event.data.sections, touched: false };
    case 'ReportWithdrawn':
      return { ...state, phase: 'withdrawn' };
  }
}

/** Whether an amendment says anything that the version before it does not. To say the same again is no change. */
function hasChanged(state: Submission): boolean {
  return !state.submitted || contentOf(state) !== contentOf(state.submitted);
}

function contentOf({ answers, citations, figures, documents }: Content): string {
  const said = Object.entries(answers).map(([key, { text, origin }]) => [key, text, origin]);
  const sorted = (entries: [string, ...unknown[]][]) => entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    sorted(said as [string, ...unknown[]][]),
    sorted(Object.entries(citations)),
    sorted(Object.entries(figures)),
    documents,
  ]);
}

/** Required sections of the report's form that hold no answer yet, in the order of the form. */
function missingSections(state: Drafting, { vocabulary }: Circumstances): string[] {
  const required = vocabulary.requiredSections(state.form ?? vocabulary.currentForm);
  return required.filter((section) => !isAnswered(state, section));
}
