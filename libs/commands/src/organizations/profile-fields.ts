import type { Profile } from '#reporting';
import { DatedFields } from '../evidence-fields.js';
import { IsAddress, IsCode, IsLine, IsProse, Nested, Optional } from '../fields.js';

export class SeatFields {
  @IsLine(100) city!: string;
  @IsLine(100) country!: string;
}

export class ProfileFields implements Profile {
  @IsCode() kind!: string;
  @Optional() @IsCode() stakeholderGroup?: string;
  @Optional() @Nested(() => DatedFields) founded?: DatedFields;
  @Optional() @Nested(() => SeatFields) seat?: SeatFields;
  @Optional() @IsCode() regionOfSeat?: string;
  @Optional() @IsAddress() website?: string;
  @IsProse(5_000) description!: string;
}
