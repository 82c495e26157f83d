/** One after the other, whatever becomes of the others; then throws what was thrown. `what`: the items, in words. */
export async function forEachOf<Item>(
  items: readonly Item[],
  what: string,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const faults: unknown[] = [];
  for (const item of items) await act(item).catch((error: unknown) => faults.push(error));
  if (faults.length === 1) throw faults[0];
  if (faults.length) throw new AggregateError(faults, `${faults.length} ${what} could not be looked after`);
}
