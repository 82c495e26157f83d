import type { Edtf, Visibility } from '#reporting';
import type { View } from '../view.js';

/** What a reviewer asked back, and what was answered. Key: `<series>/<year>/<organization>/<clarification>`. */
export interface ClarificationDocument {
  readonly series: string;
  readonly year: number;
  readonly organization: string;
  readonly clarification: string;
  readonly section: string;
  readonly question: string;
  readonly askedBy?: string;
  readonly dueOn?: Edtf;
  /** Who may read the thread. */
  readonly visibility: Visibility;
  readonly state: 'open' | 'answered';
  readonly answer?: { readonly text: string; readonly by?: string; readonly why: readonly number[] };
  readonly revision: number;
  readonly why: readonly number[];
}

export const clarifications: View<ClarificationDocument> = {
  name: 'clarifications',
  version: 1,
  keysOf: ({ type, subject, data }) =>
    (type === 'ClarificationRequested' || type === 'ClarificationAnswered') && subject.category === 'report'
      ? [`${subject.series}/${subject.year}/${subject.organization}/${data.clarification}`]
      : [],
  apply: (document, { type, subject, data, metadata, revision, sequence }) => {
    const by = metadata['actor'];
    if (type === 'ClarificationRequested' && subject.category === 'report') {
      const { series, year, organization } = subject;
      const asked = { ...data, ...(by && { askedBy: by }) };
      return { series, year, organization, ...asked, state: 'open', revision, why: [sequence] };
    }
    if (type !== 'ClarificationAnswered' || !document) return document;
    const answer = { text: data.text, ...(by && { by }), why: [sequence] };
    return { ...document, state: 'answered', answer, revision, why: [...document.why, sequence] };
  },
  listsOf: ({ askedBy }) => (askedBy ? [`asked-by=${askedBy}`] : []),
};
