import type { Vocabulary } from '#reporting';

/** Which sections a form has and asks for, to questions whose answer depends on it. */
export class FormSections {
  constructor(
    private readonly vocabulary: Vocabulary,
    /** All of the present form, in its order. */
    private readonly present: readonly string[],
  ) {}

  required(form: string): readonly string[] {
    return this.vocabulary.requiredSections(form);
  }

  /** Every section that can be answered; those that are asked for at least. */
  all(form: string): readonly string[] {
    return [...new Set([...this.present, ...this.required(form)])].sort();
  }
}
