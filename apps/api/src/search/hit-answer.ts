import type { Hit } from '#views';

/** A hit as programs are sent it: with the address at which its reader reads the whole. */
export function hitAnswer({ isRestricted, place, ...hit }: Hit): object {
  return { ...hit, ...place, ...(isRestricted && { isRestricted }), href: hrefOf({ place, kind: hit.kind }) };
}

const at = (...parts: readonly (string | number | undefined)[]) =>
  `/api/${parts.map((part) => encodeURIComponent(part ?? '')).join('/')}`;

export function hrefOf({ kind, place }: Pick<Hit, 'kind' | 'place'>): string {
  const { organization, action, option, series, year, version, clarification, reviewer } = place;
  const report = () => ['reports', series, year, organization] as const;
  const inVersion = version === undefined ? '' : `?version=${version}`;
  switch (kind) {
    case 'organization':
      return at('organizations', organization);
    case 'action':
      return at('actions', action);
    case 'option':
    case 'argument':
      return at('options', option);
    case 'cycle':
    case 'guidance':
    case 'synthesis':
      return at('cycles', series, year);
    case 'section':
    case 'claim':
    case 'figure':
      return at(...report()) + inVersion;
    case 'clarification':
      return at(...report(), 'clarifications', clarification);
    case 'finding':
    case 'conclusion':
      return at(...report(), 'assessments', reviewer);
    case 'attachment':
      if (clarification !== undefined) return at(...report(), 'clarifications', clarification);
      return organization === undefined ? at('cycles', series, year) : at(...report()) + inVersion;
  }
}
