import { malformed, shown } from './zip-directory.js';

/** How an element begins, whichever prefix stands for its namespace. Not anchored; as the source of an expression. */
export const startOf = (element: string): string => `<(?:[^\\s<>/:"'=]+:)?${element}(?=[\\s/>])`;

/** By which a name could be written so that it is not found: in another encoding, or by an entity. */
export const ILLEGIBLE = /\0|<!(DOCTYPE|ENTITY)/i;

export const illegible = (name: string) => malformed(`The part ${shown(name)} of the document is not written as one.`);

export function requireLegible(name: string, text: string): void {
  if (ILLEGIBLE.test(text)) throw illegible(name);
}
