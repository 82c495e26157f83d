import type { Block, Head } from './marks.js';

/** One version of one document: it held from `since` until just before `until`. */
export interface Version {
  readonly id: number;
  readonly view: number;
  readonly key: string;
  readonly since: number;
  readonly until: number | null;
  /** JSON. */
  readonly body: string;
}

export interface Found {
  readonly id: number;
  readonly key: string;
  readonly since: number;
  readonly body: string;
}

/** Where a document stands in a list, from `since` until just before `until`. */
export interface Listing {
  readonly view: number;
  readonly list: string;
  readonly key: string;
  readonly since: number;
  readonly until: number | null;
}

/** Where versions go, and where those that left the memory are found again. */
export interface Shelf {
  head(): Head;
  /** The id that the next version gets. */
  nextId(): number;
  /** Id of the open version. */
  current(view: number, key: string): number | undefined;
  /** The text of a version. */
  text(id: number): string;
  write(changes: Changes): void;
}

/** What some events have changed, in the order in which it is to be written. */
export interface Changes {
  /** Versions that stand in the file already and ended, with their ends. */
  readonly ended: readonly { readonly id: number; readonly until: number }[];
  readonly versions: readonly Version[];
  readonly listed: readonly Listing[];
  readonly unlisted: readonly Listing[];
  readonly marks: Block;
}
