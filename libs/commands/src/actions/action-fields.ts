import { IsIn } from 'class-validator';
import type { FactChanges, Involvement, ScopeJudgement, ScopeTest, VisionJudgement } from '#reporting';
import { SCOPE_TESTS } from '#reporting';
import { DatedFields } from '../evidence-fields.js';
import { IsCode, IsCodes, IsLine, IsLines, IsOrganizationIds, IsProse, IsReason } from '../fields.js';
import { Nested, NestedList, Optional, Removable } from '../fields.js';

export class InvolvementFields implements Involvement {
  @IsCode() group!: string;
  @Optional() @IsLine(200) role?: string;
  @Optional() @IsLine(200) stage?: string;
}

export class ScopeFields implements ScopeJudgement {
  @IsIn(SCOPE_TESTS) test!: ScopeTest;
  @Optional() @IsReason() reason?: string;
}

export class VisionFields implements VisionJudgement {
  @IsCode() code!: string;
}

export const IsDescription = () => IsProse(5_000);
export const IsPartners = () => IsOrganizationIds(50);
export const IsPartnersOther = () => IsLines(50, 300);
export const IsIssues = () => IsCodes(40);
export const IsStakeholders = () => NestedList(() => InvolvementFields, { max: 20 });

/** The facts that are stated anew; what is left out stays as it was, and what is `null` is removed. */
export class ActionChanges implements FactChanges {
  @Optional() @IsPartners() partners?: string[];
  @Optional() @IsPartnersOther() partnersOther?: string[];
  @Optional() @IsLine() title?: string;
  @Optional() @IsDescription() description?: string;
  @Optional() @IsCode() kind?: string;
  @Optional() @IsCode() cooperation?: string;
  @Optional() @Nested(() => ScopeFields) scope?: ScopeFields;
  @Optional() @Nested(() => DatedFields) startedOn?: DatedFields;
  @Removable() @Nested(() => DatedFields) endedOn?: DatedFields | null;
  @Optional() @IsIssues() issues?: string[];
  @Optional() @IsStakeholders() stakeholders?: InvolvementFields[];
  @Removable() @Nested(() => VisionFields) vision?: VisionFields | null;
  @Removable() @IsProse(2_000) note?: string | null;
}
