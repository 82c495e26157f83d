export type BadJsonCode =
  | 'body-too-large'
  | 'json-not-utf8'
  | 'json-begins-with-bom'
  | 'json-malformed'
  | 'json-key-repeated'
  | 'json-key-forbidden'
  | 'json-too-deep'
  | 'json-half-surrogate'
  | 'json-number-out-of-range';

/** Where in the text the reader was. */
export interface Place {
  /** JSON Pointer (RFC 6901). */
  readonly pointer: string;
  /** In UTF-16 units, from 0. */
  readonly offset: number;
  /** From 1, as editors count. */
  readonly line: number;
  readonly column: number;
}

/** The bytes are not JSON that means the same to everyone who reads it. `message` is a sentence that says why. */
export class BadJson extends Error {
  override readonly name = 'BadJson';
  constructor(
    readonly code: BadJsonCode,
    message: string,
    readonly place?: Place,
  ) {
    super(message);
  }
}
