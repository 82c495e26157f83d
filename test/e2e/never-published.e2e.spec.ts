import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectNotFor, type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import {
  beginRound,
  publishReport,
  readingsOfReport,
  readingsOfVersion,
  REGISTRY,
  REPORT,
  type Round,
  sequenceNow,
  signReport,
  writeReport,
  written,
} from '../support/signed-report.js';
import { found, readAll, telling, untilFound } from '../support/words-told.js';

/** Said in version 1 only, which an amendment mended before anybody else read it. */
const WRONG = 'Zanzibar';
const RIGHT = 'Timbuktu';
const LATER = 'Samarkand';

let product: RunningProduct;
let round: Round;
/** When version 2 was published, and nothing came after it. */
let published: number;

interface Listed {
  readonly versions: readonly {
    readonly version: number;
    readonly current: boolean;
    readonly links: Readonly<Record<string, string>>;
  }[];
}

const listed = async (who: Persona | undefined) =>
  (await round.by(who, 'GET', `${REPORT}/versions`)).body as unknown as Listed;

async function amend(text: string): Promise<void> {
  const { by, done, contributor, signatory } = round;
  await done(signatory, 'POST', `${REPORT}/amendment`, { reason: 'A slip.', material: true, sections: ['S04'] });
  const { body } = await by(contributor, 'GET', `${REPORT}?version=draft`);
  await done(contributor, 'PUT', `${REPORT}/sections/S04`, written(text, { seen: body['revision'] }));
  await signReport(round);
}

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required', ANONYMOUS_READS_PER_MINUTE: '0' } });
  round = await beginRound(product);
  await writeReport(round, { S04: `We met in ${WRONG}.` });
  await signReport(round, { reservation: `We have no duty to report on ${WRONG}.` });
  await amend(`We met in ${RIGHT}.`);
  await publishReport(round, 2);
  published = await sequenceNow(round);
}, 90_000);
afterAll(() => product.remove());

const ofFirst = (asOf = '') => [
  ...readingsOfVersion(1, asOf),
  `${REPORT}/versions/1/difference/2?${asOf}`,
  `${REPORT}/versions/2/difference/1?${asOf}`,
  `/reports/ec-performance/2008/${REGISTRY}/difference?versions=1,2&${asOf}`,
];
const RECEIPT = `${REPORT}/receipts/1`;
/** Where a version is told with its words. */
const wordsOf = (version: number) => [
  `${REPORT}?version=${version}`,
  `${REPORT}/receipts/${version}`,
  `/reports/ec-performance/2008/${REGISTRY}?version=${version}`,
];
const everywhere = () => [
  ...['', `asOf=${published}`].flatMap((asOf) => [...readingsOfReport(asOf), ...ofFirst(asOf)]),
  RECEIPT,
  '/api/events',
  `/api/events?stream=report-ec-performance-2008-${REGISTRY}`,
];

describe('A version that was never published, and a later one that was', () => {
  it('tells everybody the later one, and no word of the other', async () => {
    expect(await telling(round, undefined, RIGHT, [REPORT, ...wordsOf(2)])).toHaveLength(4);
    expect(await telling(round, undefined, WRONG, everywhere())).toEqual([]);
    for (const [path, { status }] of await readAll(round, undefined, [...ofFirst(), RECEIPT]))
      expect([path, status]).toEqual([path, path.startsWith('/api/') ? 401 : 404]);
    expectNotFor(undefined, await round.by(undefined, 'GET', RECEIPT), 'report-unknown');
  });

  it('is not found by the words of the other', async () => {
    await untilFound(round, RIGHT, (total) => total > 0);
    expect((await found(round, undefined, WRONG)).total).toBe(0);
    const { items } = await found(round, round.contributor, WRONG);
    expect(items.map(({ href }) => href)).toEqual([expect.stringContaining('version=1')]);
  });

  it('is led to from nowhere, also not as what came before', async () => {
    const { versions } = await listed(undefined);
    expect(versions).toMatchObject([{ version: 2, current: true }]);
    expect(versions[0]!.links).not.toHaveProperty('differenceFromBefore');
    const page = await round.by(undefined, 'GET', `/reports/ec-performance/2008/${REGISTRY}`);
    expect(page.text).toContain('Version 2');
    expect(page.text).not.toContain('Difference from version 1');
    const { report } = (await round.by(undefined, 'GET', REPORT)).body as unknown as { report: object };
    expect(report).toMatchObject({ published: 2, unpublished: [{ version: 1 }], versions: [{ version: 2 }] });
  });

  it('stays with those who read what was submitted', async () => {
    const { contributor, signatory, secretary, reviewer } = round;
    for (const who of [contributor, signatory, secretary, reviewer]) {
      const paths = [...ofFirst(), RECEIPT, `${REPORT}/versions`];
      expect(await telling(round, who, WRONG, paths)).toEqual(paths);
    }
    expect((await listed(contributor)).versions).toMatchObject([{ version: 1 }, { version: 2 }]);
  });

  it('stays so when yet another is published, and each that was published stays readable', async () => {
    await amend(`We met in ${LATER}.`);
    await publishReport(round, 3);
    await untilFound(round, LATER, (total) => total > 0);
    expect(await telling(round, undefined, RIGHT, wordsOf(2))).toHaveLength(3);
    expect(await telling(round, undefined, LATER, wordsOf(3))).toHaveLength(3);
    for (const [path, { status }] of await readAll(
      round,
      undefined,
      [2, 3].flatMap((version) => readingsOfVersion(version, '')),
    ))
      expect([path, status]).toEqual([path, 200]);
    expect((await found(round, undefined, RIGHT)).items.map(({ href }) => href)).toEqual([
      expect.stringContaining('version=2'),
    ]);
    const { versions } = await listed(undefined);
    expect(versions.map(({ version, current }) => [version, current])).toEqual([
      [2, false],
      [3, true],
    ]);
    expect(versions[1]!.links).toMatchObject({ differenceFromBefore: `${REPORT}/versions/2/difference/3` });
    expect(await telling(round, undefined, WRONG, everywhere())).toEqual([]);
    expect((await found(round, undefined, WRONG)).total).toBe(0);
  });

  it('and when the report is withdrawn, what was published stays readable and the rest unread', async () => {
    const { done, signatory } = round;
    const roles = { appointments: [{ organization: REGISTRY, role: 'signatory' as const }] };
    for (const who of [signatory, await signedIn(product, 'second-signatory', roles)])
      await done(who, 'POST', `${REPORT}/withdrawal`, { reason: 'In error.' });
    expect(await telling(round, undefined, RIGHT, wordsOf(2))).toHaveLength(3);
    expect(await telling(round, undefined, WRONG, everywhere())).toEqual([]);
  });
});
