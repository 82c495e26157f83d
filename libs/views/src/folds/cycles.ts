import type { CyclePeriod, DocumentRef, Edtf, NamedContributor, OrganizationId, Source } from '#reporting';
import type { Placed, View } from '../view.js';

/** A round of a series. Key: `<series>/<year>`. Who was asked in it and what came of it are the reports of that range. */
export interface CycleDocument {
  readonly series: string;
  readonly year: number;
  readonly phase: 'open' | 'closed';
  readonly title: string;
  readonly requester?: OrganizationId;
  readonly opensOn: Edtf;
  readonly dueOn?: Edtf;
  readonly period?: CyclePeriod;
  readonly form: string;
  readonly note?: string;
  readonly guidance: readonly {
    readonly text: string;
    readonly on?: Edtf;
    readonly document?: DocumentRef;
    readonly why: readonly number[];
  }[];
  readonly syntheses: readonly SynthesisEntry[];
  readonly sources: readonly Source[];
  readonly revision: number;
  readonly why: readonly number[];
}

export interface SynthesisEntry {
  readonly id: string;
  readonly title: string;
  readonly symbol?: string;
  readonly issuer: OrganizationId;
  readonly on: Edtf;
  readonly description?: string;
  readonly note?: string;
  readonly contributors: readonly NamedContributor[];
  readonly actions: readonly string[];
  readonly confidence: Source['confidence'];
  readonly sources: readonly Source[];
  readonly why: readonly number[];
}

export const cycles: View<CycleDocument> = {
  name: 'cycles',
  version: 2,
  keysOf: ({ subject }) => (subject.category === 'cycle' ? [`${subject.series}/${subject.year}`] : []),
  apply: (document, event) => {
    const after = changed(document, event);
    return after && { ...after, revision: event.revision, why: [...(document?.why ?? []), event.sequence] };
  },
  listsOf: ({ guidance }) => {
    const kept = new Set(guidance.map(({ document }) => document?.sha256).filter((sha256) => sha256 !== undefined));
    return [...kept].map((sha256) => `document=${sha256}`);
  },
};

function changed(document: CycleDocument | undefined, event: Placed): CycleDocument | undefined {
  if (event.type === 'CycleOpened' && event.subject.category === 'cycle') {
    const { series, year } = event.subject;
    return { series, year, phase: 'open', ...event.data, guidance: [], syntheses: [], revision: 0, why: [] };
  }
  if (!document) return undefined;
  const why = [event.sequence];
  switch (event.type) {
    case 'CycleGuidanceIssued':
      return { ...document, guidance: [...document.guidance, { ...event.data, why }] };
    case 'CycleDueDateMoved':
      return { ...document, dueOn: event.data.to };
    case 'CycleClosed':
      return { ...document, phase: 'closed' };
    case 'CycleReopened':
      return { ...document, phase: 'open' };
    case 'SynthesisIssued':
      return { ...document, syntheses: [...document.syntheses, { ...event.data, why }] };
    default:
      return document;
  }
}
