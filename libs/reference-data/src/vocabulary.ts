import type { Vocabulary } from '#reporting';
import type { CodeLists, ListName, Vocabularies } from './vocabularies.js';
import { entryOf, readVocabularies } from './vocabularies.js';

/** The form that the list `reportSections` describes. A change of its sections is a new form, under a new name. */
export const CURRENT_FORM = 'para71/1';
/** Answers in the organization's own form, as in all rounds before this product: letters, statements, documents. */
export const FREE_FORM = 'free-form';

/**
 * What an organization says of itself and how it works holds from year to year. What it says of one year does not: the
 * period, actions, obstacles, changes, plans and evidence (S02, S04, S13, S14, S15, S17).
 */
const CARRIED_OVER = ['S01', 'S03', 'S05', 'S06', 'S07', 'S08', 'S09', 'S10', 'S11', 'S12', 'S16'];

/** The coded lists as the rules ask for them. */
export function vocabularyOf({ version, lists }: Vocabularies): Vocabulary {
  const required = lists.reportSections.filter((section) => section.required).map(({ code }) => code);
  return {
    version,
    has(list, code) {
      const found = entryOf(lists, list, code);
      return found ? (found.retired ? 'retired' : 'current') : 'unknown';
    },
    // A form that this edition does not know asks for what the current one does: too much rather than an empty report.
    requiredSections: (form) => (form === FREE_FORM ? [] : required),
    carriedOver: (form) => (form === FREE_FORM ? [] : CARRIED_OVER),
    currentForm: CURRENT_FORM,
  };
}

/** This edition's lists with labels, descriptions and sources, their notes, the glossary and the WGEC questionnaire. */
export const vocabularies: Vocabularies = readVocabularies();
export const codeLists: CodeLists = vocabularies.lists;
export const vocabulary: Vocabulary = vocabularyOf(vocabularies);

/** How a code reads in a sentence or a table; the code itself where the list does not have it. */
export function labelOf(list: ListName, code: string): string {
  return entryOf(codeLists, list, code)?.label ?? code;
}
