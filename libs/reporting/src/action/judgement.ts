import type { ScopeTest } from '../codes.js';

/** Judgements of an action, which are no facts. Each is somebody's. */
export interface ScopeJudgement {
  readonly test: ScopeTest;
  readonly reason?: string;
}
export interface VisionJudgement {
  readonly code: string;
}

/** `by`: who gave the command; of a record that was imported, who had coded it. Of events that were written first: anybody. */
export type Judged<Judgement> = Judgement & { readonly by: string };

/**
 * Whose a judgement is, is found in who gives the command: nobody judges in the name of another. One that is only repeated
 * stays whose it was.
 */
export function judgedBy<Judgement extends object>(
  actor: string,
  said: Judgement & { readonly by?: string },
  before?: Judged<Judgement>,
): Judged<Judgement> {
  return before && saysTheSame(said, before) ? before : { ...said, by: said.by ?? actor };
}

function saysTheSame(one: object, other: object): boolean {
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  fields.delete('by');
  return [...fields].every((field) => Reflect.get(one, field) === Reflect.get(other, field));
}
