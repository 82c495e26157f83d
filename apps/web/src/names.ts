import type { OrganizationId } from '#reporting';
import type { OrganizationDocument } from '#views';
import { organizationAddress, type ShownMoment } from './addresses.js';
import { type Content, type Html, html, joined } from './html.js';

/** Organizations that a page names besides its own. */
export type Names = ReadonlyMap<OrganizationId, Pick<OrganizationDocument, 'name' | 'acronym'>>;

export const shortName = (names: Names, organization: OrganizationId) => {
  const known = names.get(organization);
  return known?.acronym ?? known?.name ?? organization;
};

/** By its acronym, which leads to its page; one that is not on the register stands as it is written. */
export function organizationLink(names: Names, organization: OrganizationId, shown: ShownMoment): Html {
  const known = names.get(organization);
  if (!known) return html`<bdi>${organization}</bdi>`;
  const title = known.acronym !== undefined && html` title="${known.name}"`;
  return html`<a href="${organizationAddress(organization, shown)}" ${title}
    ><bdi>${known.acronym ?? known.name}</bdi></a
  >`;
}

export function organizationLinks(names: Names, ids: readonly OrganizationId[], shown: ShownMoment): Content {
  return joined(
    ids.map((id) => organizationLink(names, id, shown)),
    ', ',
  );
}
