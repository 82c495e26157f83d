import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PUBLIC_CATEGORIES, Refusal } from '#reporting';
import { attempts } from '../../../../test/support/impartiality/attempts.js';
import { EverActed } from '../../../../test/support/impartiality/conflicts.js';
import { reportOf, ReportedOrganizations } from '../../../../test/support/reported-organizations.js';

const record = ReportedOrganizations.forThisFile();
const { perform, head, reported } = record;

const EVERYTHING = [...attempts.keys()];
const A = 'person-a';
type Try = readonly [string, string];
const by = (person: string, ...does: readonly string[]) => does.map((each): Try => [person, each]);
const review = ['is assigned', 'declares none', 'finds', 'shows the finding', 'is answered'];

/** So that what comes late in a year is tried as well. */
const openings = fc.constantFrom<(readonly Try[])[]>(
  [],
  by(A, 'is appointed', 'leaves'),
  by(A, ...review, 'publishes', 'has another publish'),
  by(A, ...review, 'publishes', 'has another publish', 'publishes the finding', 'concludes'),
  by(A, 'is appointed by the other', 'leaves the other', 'is merged into the other'),
  by(A, 'is assigned', 'declares none', 'is merged into the other'),
  by(A, 'answers by letter', 'amends', 'writes', 'signs'),
  by(A, 'asks', 'widens a thread', 'closes a thread'),
);

async function conflictsSince(after: string): Promise<string[]> {
  let acted = new EverActed();
  const conflicts: string[] = [];
  for await (const event of record.store.readAll({ categories: PUBLIC_CATEGORIES, after })) {
    conflicts.push(...acted.conflictsIn(event));
    acted = acted.after(event);
  }
  return conflicts;
}

// `impartiality.spec.ts` tries everything, over a log in memory; this one as it is installed, over a file.
it('On a bus and a file, too, nobody reviews or publishes for whom they had acted for, whatever six commands are given', async () => {
  const recorded = new Set<string>();
  let run = 0;
  const six = fc.array(fc.tuple(fc.constantFrom(A, 'person-b'), fc.constantFrom(...EVERYTHING)), {
    minLength: 6,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(openings, six, async (opening, rest) => {
      const pair = { organization: `example-${++run}`, other: `example-other-${run}` };
      await head();
      const before = record.position!;
      for (const deed of reportOf(pair.other)) await perform(...deed);
      const of = { ...pair, submitted: await reported(pair.organization) };
      for (const [person, does] of [...opening, ...rest]) {
        try {
          await perform(...attempts.get(does)!(of, person));
          recorded.add(does);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }
      expect(await conflictsSince(before)).toEqual([]);
    }),
    { numRuns: 200 },
  );
  // A property of commands that are all refused would say nothing.
  expect(recorded.size).toBeGreaterThan(EVERYTHING.length / 2);
}, 120_000);
