import type { FindDocuments } from '#views';

/** Documents that stand in all of the lists that are named, such as `issue=INF-05`; all of the view where none is. */
export function amongLists(named: Readonly<Record<string, string | undefined>>): FindDocuments['among'] {
  const lists = Object.entries(named).flatMap(([list, of]) => (of === undefined ? [] : [`${list}=${of}`]));
  const [first, ...others] = lists;
  return first === undefined ? { prefix: '' } : { lists: [first, ...others] };
}
