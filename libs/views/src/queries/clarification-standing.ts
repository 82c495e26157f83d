import { type Audience, AUDIENCE_OF_MESSAGE } from '#reporting';
import type { ClarificationDocument } from '../folds/clarifications.js';

/** Who may know that it was asked. */
export const audienceOfThread = ({ visibility }: ClarificationDocument): Audience => AUDIENCE_OF_MESSAGE[visibility];

/** Since which event the thread stands as it does: asked, asked again, reopened; answered; closed. */
export function stoodSince({ state, messages, steps, why }: ClarificationDocument): number {
  const told = (all: readonly { readonly why: readonly number[] }[]) => all.flatMap((each) => each.why);
  const closings = told(steps.filter(({ kind }) => kind === 'closed'));
  const answers = told(messages.filter(({ kind }) => kind === 'answer'));
  const reopenings = told(steps.filter(({ kind }) => kind === 'reopened'));
  // A note among reviewers asks nobody anything.
  const questions = told(messages.filter(({ kind, visibility }) => kind === 'follow-up' && visibility !== 'internal'));
  const since = state === 'closed' ? closings : state === 'answered' ? answers : [...questions, ...reopenings];
  return Math.max(why[0]!, ...since);
}
