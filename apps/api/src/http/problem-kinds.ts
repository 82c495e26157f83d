export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What the reader of the answer does next. */
  readonly next: string;
}

export const bad = (title: string, next: string): ProblemKind => ({ status: 400, title, next });
/** What the address names is not on record. */
export const missing = (title: string, next: string): ProblemKind => ({ status: 404, title, next });
/** The command is sound, but not in the state that the record is in. */
export const conflict = (title: string, next: string): ProblemKind => ({ status: 409, title, next });
/** The command contradicts a rule, whatever state the record is in. */
export const unsound = (title: string, next: string): ProblemKind => ({ status: 422, title, next });
/** Nothing is wrong with the request: the answer says when to send it again. */
export const later = (title: string, next: string): ProblemKind => ({ status: 503, title, next });
