import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsString,
  MaxLength,
} from 'class-validator';
import { IsAnew, IsInstant, IsLine } from '#commands';
import { ERASURE_GROUNDS, type ErasureGround, TOKEN_SCOPES, type TokenScope } from '#identity';

// Whether a password or an address will do is for the rules of accounts to say; here only how much is read of it.
const LONGEST_SECRET = 1_000;

/** An address and a password. */
export class SignInFields {
  @IsString() @MaxLength(LONGEST_SECRET) address!: string;
  @IsString() @MaxLength(LONGEST_SECRET) password!: string;
}

/** A code of the authenticator, or a recovery code. */
export class CodeFields {
  @IsString() @IsNotEmpty() @MaxLength(40) code!: string;
}

export class PasswordFields {
  @IsString() @MaxLength(LONGEST_SECRET) present!: string;
  @IsString() @MaxLength(LONGEST_SECRET) next!: string;
}

export class InvitationFields {
  /** What the link carries. */
  @IsString() @MaxLength(200) secret!: string;
}

export class AcceptanceFields extends InvitationFields {
  @IsString() @MaxLength(LONGEST_SECRET) password!: string;
}

export class PersonFields {
  @IsLine(200) name!: string;
  @IsString() @MaxLength(254) address!: string;
}

export class SetUpFields extends PersonFields {
  @IsString() @MaxLength(200) secret!: string;
  @IsString() @MaxLength(LONGEST_SECRET) password!: string;
}

export class TokenFields {
  @IsLine(100) name!: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(TOKEN_SCOPES.length)
  @ArrayUnique()
  @IsIn(TOKEN_SCOPES, { each: true })
  scopes!: TokenScope[];
  @IsInstant() until!: string;
}

export class ErasureFields {
  @IsIn(ERASURE_GROUNDS) ground!: ErasureGround;
  @IsAnew() anew?: true;
}

export class NoFields {}
