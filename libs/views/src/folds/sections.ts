import type { EarlierStatement, SectionOrigin } from '#reporting';
import type { View } from '../view.js';

/** What a report says in one section and language. Key: `<series>/<year>/<organization>/<section>/<lang>`. */
export interface SectionDocument {
  readonly section: string;
  readonly lang: string;
  readonly text: string;
  readonly origin: SectionOrigin;
  readonly basedOn?: EarlierStatement;
  readonly by?: string;
  /** Of the report's stream. */
  readonly revision: number;
  readonly why: readonly number[];
}

export const sections: View<SectionDocument> = {
  name: 'sections',
  version: 1,
  keysOf: ({ type, subject, data }) =>
    type === 'SectionAnswered' && subject.category === 'report'
      ? [`${subject.series}/${subject.year}/${subject.organization}/${data.section}/${data.lang}`]
      : [],
  apply: (document, event) => {
    if (event.type !== 'SectionAnswered') return document;
    const by = event.metadata['actor'];
    return { ...event.data, ...(by && { by }), revision: event.revision, why: [event.sequence] };
  },
};
