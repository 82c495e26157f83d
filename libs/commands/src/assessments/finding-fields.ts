import { IsInt, Max, Min } from 'class-validator';
import type { ActionId, Evidence } from '#reporting';
import { DocumentFields, SourceFields } from '../evidence-fields.js';
import { IsActionId, IsCode, IsProse, IsSection, Nested, NestedList, Optional } from '../fields.js';
import { AssessmentCommand } from '../recorded-command.js';

/** What a finding rests on: exactly one of these. */
export class EvidenceFields implements Evidence {
  @Optional() @IsActionId() action?: string;
  @Optional() @IsSection() section?: string;
  @Optional() @Nested(() => DocumentFields) document?: DocumentFields;
  @Optional() @Nested(() => SourceFields) source?: SourceFields;
}

/** A finding in its reviewer's words. Nothing in it can be counted or ranked. */
export abstract class FindingCommand extends AssessmentCommand {
  @IsCode() finding!: string;
  @IsProse(5_000) statement!: string;
  @NestedList(() => EvidenceFields, { min: 1, max: 50 }) evidence!: EvidenceFields[];
  /** For reviewers and the secretariat; never shown or published. */
  @Optional() @IsProse(5_000) note?: string;
  /** The version that was read, … */
  @IsInt() @Min(1) @Max(1_000_000) version!: number;
  /** … as of this sequence of the record. */
  @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) sequence!: number;
}

export const actionsIn = (evidence: readonly Evidence[]): ActionId[] => evidence.flatMap(({ action }) => action ?? []);
