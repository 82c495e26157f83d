import type { Edtf, PlatformRole, Proposal } from '#reporting';
import type { View } from '../view.js';

/**
 * What a person holds for the record as a whole, and what one has proposed and nobody else has agreed to yet: that is not
 * for everybody. Key: the id of the person.
 */
export interface MandateDocument {
  readonly person: string;
  readonly held: Readonly<Partial<Record<PlatformRole, Edtf>>>;
  readonly proposed: Readonly<Partial<Record<PlatformRole, ProposedMandate>>>;
  readonly revision: number;
  readonly why: readonly number[];
}

export interface ProposedMandate extends Proposal {
  readonly from: Edtf;
  readonly sequence: number;
}

export const mandates: View<MandateDocument> = {
  name: 'mandates',
  version: 1,
  keysOf: ({ subject }) => (subject.category === 'mandate' ? [subject.person] : []),
  apply: (document, event) => {
    if (event.subject.category !== 'mandate') return document;
    const { held, proposed } = document ?? { held: {}, proposed: {} };
    const told = { person: event.subject.person, revision: event.revision };
    const why = [...(document?.why ?? []), event.sequence];
    switch (event.type) {
      case 'MandateProposed': {
        const { role, ...mandate } = event.data;
        return { ...told, held, proposed: { ...proposed, [role]: { ...mandate, sequence: event.sequence } }, why };
      }
      case 'MandateGiven': {
        const { role, from } = event.data;
        const { [role]: _, ...others } = proposed;
        return { ...told, held: { ...held, [role]: from }, proposed: others, why };
      }
      case 'MandateEnded': {
        const { [event.data.role]: _, ...others } = held;
        return { ...told, held: others, proposed, why };
      }
      default:
        return { ...told, held, proposed, why };
    }
  },
  listsOf: ({ proposed }) => (Object.keys(proposed).length ? [PROPOSED] : []),
};

/** The list of those of whom a mandate is proposed. */
export const PROPOSED = 'proposed=yes';
