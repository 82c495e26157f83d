import type { Edtf, OrganizationId, Profile, Source } from '#reporting';
import type { Placed, View } from '../view.js';

/** An organization as it stands. Key: its id. */
export interface OrganizationDocument {
  readonly organization: OrganizationId;
  readonly name: string;
  readonly acronym?: string;
  readonly formerNames: readonly { readonly name: string; readonly until?: Edtf; readonly why: readonly number[] }[];
  readonly profile: Profile;
  /** Whether and since when it counts as a relevant organization of paragraph 71, on which ground. */
  readonly relevant?: { readonly from: Edtf; readonly ground: string; readonly why: readonly number[] };
  /** To filter by: whether `relevant` is there. */
  readonly relevance: 'relevant' | 'not-marked';
  readonly parents: readonly OrganizationId[];
  readonly mergedInto?: OrganizationId;
  /** How many have to sign its reports, where it is not one. */
  readonly signatures?: 2;
  /** Where its contributors edit only what was delegated to them. */
  readonly editing?: 'delegated';
  readonly sources: readonly Source[];
  readonly revision: number;
  readonly why: readonly number[];
}

export const organizations: View<OrganizationDocument> = {
  name: 'organizations',
  version: 3,
  keysOf: ({ subject }) => (subject.category === 'organization' ? [subject.organization] : []),
  apply: (document, event) => {
    const after = changed(document, event);
    if (!after) return undefined;
    const relevance = after.relevant ? 'relevant' : 'not-marked';
    return { ...after, relevance, revision: event.revision, why: [...(document?.why ?? []), event.sequence] };
  },
};

function changed(document: OrganizationDocument | undefined, event: Placed): OrganizationDocument | undefined {
  if (event.type === 'OrganizationRegistered' && event.subject.category === 'organization') {
    const { name, acronym, profile, sources } = event.data;
    return {
      organization: event.subject.organization,
      name,
      ...(acronym && { acronym }),
      formerNames: [],
      profile,
      relevance: 'not-marked',
      parents: [],
      sources,
      revision: 0,
      why: [],
    };
  }
  if (!document) return undefined;
  switch (event.type) {
    case 'OrganizationRenamed': {
      const { name, acronym, on } = event.data;
      const { acronym: _, ...rest } = document;
      const former = { name: document.name, ...(on && { until: on }), why: [event.sequence] };
      return { ...rest, name, ...(acronym && { acronym }), formerNames: [...document.formerNames, former] };
    }
    case 'OrganizationProfileRevised':
      return { ...document, profile: event.data.profile, sources: [...document.sources, ...event.data.sources] };
    case 'OrganizationMarkedRelevant': {
      const { from, ground } = event.data;
      return { ...document, relevant: { from, ground, why: [event.sequence] } };
    }
    case 'OrganizationRelevanceEnded': {
      const { relevant: _, ...rest } = document;
      return rest;
    }
    case 'OrganizationPlacedUnder':
      return { ...document, parents: [...document.parents, event.data.parent] };
    case 'SignOffRuleSet': {
      const { signatures: _, ...rest } = document;
      return event.data.signatures === 2 ? { ...rest, signatures: 2 } : rest;
    }
    case 'EditingRuleSet': {
      const { editing: _, ...rest } = document;
      return event.data.sections === 'delegated' ? { ...rest, editing: 'delegated' } : rest;
    }
    case 'OrganizationMergedInto':
      return { ...document, mergedInto: event.data.successor };
    default:
      return document;
  }
}
