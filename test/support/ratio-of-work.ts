const LEAST_ROUNDS = 9;
const MOST_ROUNDS = 100;

/**
 * How much more work one thing is than the other, in time of the processor: how long it takes depends on what else the machine
 * does. Of each the least counts, by turns. Goes on for as long as the ratio is not within the limits: what else was done adds
 * to single rounds, and the least of many is that of the work alone.
 */
export async function ratioOfWork(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
  [from, to]: readonly [number, number],
): Promise<number> {
  const least = [Infinity, Infinity] as [number, number];
  const ratio = () => least[0] / least[1];
  const isWithin = () => ratio() > from && ratio() < to;
  for (let round = 0; round < LEAST_ROUNDS || (round < MOST_ROUNDS && !isWithin()); round++) {
    for (const [n, work] of [one, other].entries()) {
      const began = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(began);
      least[n] = Math.min(least[n]!, user + system);
    }
  }
  return ratio();
}
