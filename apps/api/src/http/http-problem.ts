import type { HttpProblemCode } from './problem-table.js';

/** One fault of a request: at a place in the body, or in a parameter or header. */
export interface Fault {
  /** JSON Pointer (RFC 6901) into the body, where its JSON cannot be read. */
  readonly pointer?: string;
  /** Field of the command, such as `sources[0].title`; empty for the whole body. */
  readonly field?: string;
  readonly parameter?: string;
  readonly header?: string;
  readonly message: string;
}

export interface ProblemDetails {
  /** A sentence about this one occurrence, before the sentence that says what to do next. */
  readonly what?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a controller, a hook or a parameter decorator throws in order to answer with a problem of the table. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  constructor(
    readonly code: HttpProblemCode,
    readonly details: ProblemDetails = {},
    options?: ErrorOptions,
  ) {
    super(details.what ?? code, options);
  }
}
