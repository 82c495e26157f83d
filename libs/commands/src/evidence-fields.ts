import { Matches } from 'class-validator';
import type { Confidence, CyclePeriod, Dated, DocumentRef, Edtf, Source } from '#reporting';
import { IsAddress, IsConfidence, IsEdtf, IsLine, NestedList, Optional } from './fields.js';

export class SourceFields implements Source {
  @IsLine() title!: string;
  @Optional() @IsAddress() address?: string;
  @Optional() @IsLine(100) symbol?: string;
  @IsConfidence() confidence!: Confidence;
}

/** Nothing is stated without saying where it was seen. */
export const IsSources = () => NestedList(() => SourceFields, { min: 1, max: 50 });

export class DocumentFields implements DocumentRef {
  @IsLine() title!: string;
  @Optional() @Matches(/^[0-9a-f]{64}$/, { message: '$property must be 64 hexadecimal digits' }) sha256?: string;
  @Optional() @IsLine(255) name?: string;
  @Optional() @IsAddress() address?: string;
  @Optional() @IsLine(100) symbol?: string;
}

export class DatedFields implements Dated {
  @IsEdtf() date!: Edtf;
  @Optional() @IsConfidence() confidence?: Confidence;
}

export class PeriodFields implements CyclePeriod {
  @IsEdtf() from!: Edtf;
  @IsEdtf() to!: Edtf;
}
