import type { CodeList } from './codes.js';
import { Refusal } from './refusal.js';

/** The coded lists as the rules need them. A retired code stays readable in old events and is refused in new ones. */
export interface Vocabulary {
  /** Names the edition of the lists, for example `2025-12-31/1`. */
  readonly version: string;
  has(list: CodeList, code: string): 'current' | 'retired' | 'unknown';
  /** Sections of a report form that must be answered before it is submitted, in the order of the form. */
  requiredSections(form: string): readonly string[];
  /**
   * Sections of a form whose words of an earlier year may be offered again. The list says what may be copied, not what
   * may not: whatever is added to a report later is left out until somebody allows it.
   */
  carriedOver(form: string): readonly string[];
  /** The form that a report is started on when its request names none. */
  readonly currentForm: string;
}

/** Rule 19: a code is one of its list's, and not a retired one. What was recorded under a retired code stays. */
export function requireCode(list: CodeList, code: string | undefined, vocabulary: Vocabulary): void {
  if (code === undefined) return;
  const known = vocabulary.has(list, code);
  if (known === 'unknown') throw new Refusal('code-unknown', { list, code, vocabulary: vocabulary.version });
  if (known === 'retired') throw new Refusal('code-retired', { list, code, vocabulary: vocabulary.version });
}

export function requireCodes(list: CodeList, codes: readonly string[] | undefined, vocabulary: Vocabulary): void {
  for (const code of codes ?? []) requireCode(list, code, vocabulary);
}
