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
  version: 2,
  keysOf: ({ type, subject, data }) =>
    (type === 'SectionAnswered' || type === 'CarriedOverConfirmed' || type === 'SectionDropped') &&
    subject.category === 'report'
      ? [`${subject.series}/${subject.year}/${subject.organization}/${data.section}/${data.lang}`]
      : [],
  apply: (document, event) => {
    const by = event.metadata['actor'];
    const told = { ...(by && { by }), revision: event.revision, why: [event.sequence] };
    switch (event.type) {
      case 'SectionAnswered':
        return { ...event.data, ...told };
      case 'CarriedOverConfirmed':
        return document && { ...document, origin: 'carried-over', ...told, why: [...document.why, event.sequence] };
      case 'SectionDropped':
        return undefined;
      default:
        return document;
    }
  },
};
