import type { AppointedRole, Edtf, PlatformRole } from '#reporting';
import { roleNamed } from '#views';
import { type Html, html } from '../html.js';
import { begun, dateInWords } from '../words.js';

/** What somebody may act as, or might: as the record has it. */
export interface RoleShown {
  readonly role: PlatformRole | AppointedRole;
  /** By whom they are appointed; a mandate is for the record as a whole. */
  readonly organization?: { readonly id: string; readonly name: string };
  readonly from: Edtf;
  /** Where it has ended. */
  readonly until?: Edtf;
  /** Who gave it, in words. */
  readonly by: string;
}

export function roleInWords({ role, organization, from, until }: RoleShown): Html {
  const of = organization && html` of <bdi>${organization.name}</bdi>`;
  return html`${roleName(role)}${of}, from ${dateInWords(from)}${until !== undefined && ` until ${dateInWords(until)}`}`;
}

export const roleName = (role: RoleShown['role']) => begun(roleNamed(role));
