import type { Circumstances } from '../decider.js';
import { factsOf, refuseIf } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { refuseDisorder, refuseFuture } from '../edtf.js';
import type { Drafting } from './drafting.js';
import { isAnswered } from './drafting.js';

/** Whether a respondent may be named when the answer is quoted (rule 18). */
export type Consent = 'by-name' | 'without-name' | 'not-at-all';

export type SubmittingEvent =
  | {
      type: 'ReportSubmitted';
      data: {
        version: number;
        signatory: string;
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
        on: Edtf;
        declaration: string;
        reservation?: string;
        consentToBeCited: Consent;
      };
    }
  | { type: 'ReportWithdrawn'; data: { reason: string } };

export interface Submission extends Drafting {
  /** 0 until the first submission. */
  readonly version: number;
  readonly consent?: Consent;
}

interface Signature {
  readonly signatory: string;
  readonly on: Edtf;
  readonly declaration: string;
  readonly reservation?: string;
  readonly consentToBeCited: Consent;
}

export type SubmittingCommand =
  | ({ type: 'SubmitReport' } & Signature)
  | { type: 'OpenAmendment'; reason: string; material: boolean; sections: readonly string[] }
  | { type: 'WithdrawReport'; reason: string };

export function decideSubmitting(command: SubmittingCommand, state: Submission, at: Circumstances): SubmittingEvent[] {
  refuseIf(state.phase === 'withdrawn', 'report-withdrawn');

  switch (command.type) {
    case 'SubmitReport': {
      const amending = state.phase === 'amending';
      refuseIf(state.phase === 'submitted', 'report-locked', { phase: state.phase });
      refuseIf(state.phase !== 'draft' && !amending, 'report-not-started', { phase: state.phase });
      refuseIf(amending && !state.touched, 'nothing-changed', { reopened: state.reopened });
      const missing = missingSections(state, at);
      refuseIf(missing.length, 'sections-missing', { missing, form: state.form });
      refuseFuture(command.on, at.today);
      refuseDisorder(state.requestedOn, command.on);
      const data = { version: state.version + 1, ...factsOf(command) };
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
    case 'WithdrawReport':
      refuseIf(state.version === 0, 'report-not-submitted', { phase: state.phase });
      return [{ type: 'ReportWithdrawn', data: factsOf(command) }];
  }
}

export function evolveSubmitting<S extends Submission>(state: S, event: SubmittingEvent): S {
  switch (event.type) {
    case 'ReportSubmitted':
    case 'ReportResubmitted': {
      const { version, on, reservation, consentToBeCited } = event.data;
      const { reopened: _, reservation: __, ...rest } = state;
      return {
        ...(rest as S),
        phase: 'submitted',
        version,
        touched: false,
        answeredOn: state.answeredOn ?? on,
        consent: consentToBeCited,
        ...(reservation && { reservation }),
      };
    }
    case 'AmendmentOpened':
      return { ...state, phase: 'amending', reopened: event.data.sections, touched: false };
    case 'ReportWithdrawn':
      return { ...state, phase: 'withdrawn' };
  }
}

/** Required sections of the report's form that hold no answer yet, in the order of the form. */
export function missingSections(state: Drafting, { vocabulary }: Circumstances): string[] {
  const required = vocabulary.requiredSections(state.form ?? vocabulary.currentForm);
  return required.filter((section) => !isAnswered(state, section));
}
