import {
  IsCode,
  IsConfidence,
  IsEdtf,
  IsForm,
  IsLang,
  IsLine,
  IsOrganizationId,
  IsOrganizationIds,
  IsProse,
  IsRevision,
  IsSeries,
  IsSources,
  IsYear,
  Nested,
  NestedList,
  Optional,
  type SourceFields,
} from '#commands';
import { ArrayMinSize, IsIn, Matches } from 'class-validator';
import type { Confidence, Edtf } from '#reporting';

const MOST_ORGANIZATIONS = 2_000;
const MOST_LANGUAGES = 6;

/** Whom to ask: by their ids, or all that are relevant, perhaps of one kind or stakeholder group. */
export class AddresseesFields {
  @Optional() @IsOrganizationIds(MOST_ORGANIZATIONS) @ArrayMinSize(1) organizations?: string[];
  @Optional() @IsIn(['relevant']) relevance?: 'relevant';
  @Optional() @IsCode() kind?: string;
  @Optional() @IsCode() group?: string;
}

export class LetterToAllFields {
  @IsLang() lang!: string;
  @IsLine(200) subject!: string;
  @IsProse(10_000) text!: string;
}

/** What each is asked for, and the letters that say so. */
export class RequestsFields {
  @IsSeries() readonly series!: string;
  @IsYear() readonly year!: number;
  @Nested(() => AddresseesFields) to!: AddresseesFields;
  /** The day of the letters. */
  @IsEdtf() on!: Edtf;
  /** By default the due date of the round, which the letters then name. */
  @Optional() @IsEdtf() deadline?: Edtf;
  /** By default that of the round. */
  @Optional() @IsOrganizationId() requester?: string;
  @Optional() @IsForm() form?: string;
  @Optional() @IsProse(2_000) note?: string;
  @IsConfidence() confidence!: Confidence;
  @IsSources() sources!: SourceFields[];
  /** `none`: the letters leave by another way. By default they are mailed. */
  @Optional() @IsIn(['mail', 'none']) letters?: 'mail' | 'none';
  /** One in each language, all in one mail. By default one in English. */
  @Optional() @NestedList(() => LetterToAllFields, { min: 1, max: MOST_LANGUAGES }) wording?: LetterToAllFields[];
}

export class PreviewedFields {
  @Matches(/^[\w-]{43}$/, { message: '$property must be the digest of a preview' }) digest!: string;
  /** At which the preview was made: `asOf` of its answer. */
  @IsRevision() sequence!: number;
}

/** What was previewed, and what of it was seen. */
export class SendRequestsFields extends RequestsFields {
  @Nested(() => PreviewedFields) previewed!: PreviewedFields;
}
