import type { Voice } from '#reporting';
import { IsCode, IsOrganizationId, Optional } from '../fields.js';

/** Who says it: a stakeholder group, and the organization that speaks for it where one does. */
export class VoiceFields implements Voice {
  @IsCode() group!: string;
  @Optional() @IsOrganizationId() organization?: string;
}

/** The organizations that are named as speaking. */
export const speakersOf = ({ organization }: Voice): string[] => (organization === undefined ? [] : [organization]);
