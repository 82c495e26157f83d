import type { Vocabulary } from '#reporting';
import type { CodeLists, ListName, Vocabularies } from './vocabularies.js';
import { entryOf, readVocabularies } from './vocabularies.js';

/** The form that the list `reportSections` describes. A change of its sections is a new form, under a new name. */
export const CURRENT_FORM = 'para71/1';
/** Answers in the organization's own form, as in all rounds before this product: letters, statements, documents. */
export const FREE_FORM = 'free-form';

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
