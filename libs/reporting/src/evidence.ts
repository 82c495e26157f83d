import type { Confidence } from './codes.js';
import { refuseIf } from './decider.js';
import type { Edtf } from './edtf.js';

/** Where a fact was seen. `symbol` is the document's number in the United Nations system, where it has one. */
export interface Source {
  readonly title: string;
  readonly address?: string;
  readonly symbol?: string;
  readonly confidence: Confidence;
}

/** A date, and how well it is known. */
export interface Dated {
  readonly date: Edtf;
  readonly confidence?: Confidence;
}

/** A file kept under its hash, or a document that is named by its address or symbol only. */
export interface DocumentRef {
  readonly title: string;
  readonly sha256?: string;
  /** What the file was called where it came from. */
  readonly name?: string;
  readonly address?: string;
  readonly symbol?: string;
}

/** What tells one document from another: its hash, else where it stands, else what it is called. */
export function documentKey({ sha256, address, symbol, title }: DocumentRef): string {
  return sha256 ?? address ?? symbol ?? title;
}

/** Whether to name one thing is to tell of the document: it is that document, or is called as it is. */
export function tellsOf(named: DocumentRef | Source, { title, address, symbol, ...document }: DocumentRef): boolean {
  return (
    named.title === title ||
    (address !== undefined && named.address === address) ||
    (symbol !== undefined && named.symbol === symbol) ||
    (document.sha256 !== undefined && 'sha256' in named && named.sha256 === document.sha256)
  );
}

/** Rule 11: nothing is stated without saying where it was seen. */
export function requireSource(sources: readonly Source[] | undefined): void {
  refuseIf(!sources?.length, 'source-missing');
}

/** The first of two documents of one address (or, without one, of one title) is the same source. */
export function sameSource(a: Source, b: Source): boolean {
  return a.address !== undefined || b.address !== undefined ? a.address === b.address : a.title === b.title;
}
