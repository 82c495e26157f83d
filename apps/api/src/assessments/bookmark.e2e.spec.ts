import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../../../../test/support/api.js';
import type { Persona } from '../../../../test/support/people.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';
import { publishedRound, REPORT, type Round, sequenceNow } from '../../../../test/support/signed-report.js';

interface Changes {
  readonly since: number;
  readonly versions: readonly { readonly version: number }[];
  readonly sections: readonly { readonly section: string }[];
  readonly clarifications: readonly { readonly clarification: string }[];
}

let product: RunningProduct;
let round: Round;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  round = await publishedRound(product);
}, 90_000);
afterAll(() => product.remove());

const changes = async (who: Persona, query = ''): Promise<Changes> => {
  const answer = await round.by(who, 'GET', `${REPORT}/changes${query}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body as unknown as Changes;
};
const put = (who: Persona | undefined, sequence: number) => round.by(who, 'PUT', `${REPORT}/bookmark`, { sequence });
const ask = (clarification: string) =>
  round.done(round.secretary, 'POST', `${REPORT}/clarifications`, {
    clarification,
    section: 'S04',
    question: 'When was it signed?',
    visibility: 'public',
  });

describe('What has changed since I last looked', () => {
  it('is everything, to whoever has never said that they looked', async () => {
    const { since, versions, sections } = await changes(round.reviewer);
    expect({ since, versions }).toMatchObject({ since: -1, versions: [{ version: 1 }] });
    expect(sections).toHaveLength(13);
  });

  it('is nothing of what they have said to have seen, and what came after it', async () => {
    const seen = await sequenceNow(round);
    expect(await put(round.reviewer, seen)).toMatchObject({ status: 200, body: { sequence: seen } });
    expect(await changes(round.reviewer)).toMatchObject({ since: seen, sections: [], clarifications: [] });
    await ask('Q-1');
    expect(await changes(round.reviewer)).toMatchObject({ since: seen, clarifications: [{ clarification: 'Q-1' }] });
  });

  it('is not moved on by reading', async () => {
    const { since } = await changes(round.reviewer);
    await round.done(round.reviewer, 'GET', REPORT);
    await round.done(round.reviewer, 'GET', `${REPORT}/assessments`);
    expect(await changes(round.reviewer)).toMatchObject({ since, clarifications: [{ clarification: 'Q-1' }] });
  });

  it('is told to each by their own bookmark', async () => {
    const { since } = await changes(round.reviewer);
    const seen = await sequenceNow(round);
    expect((await put(round.contributor, seen)).status).toBe(200);
    expect(await changes(round.contributor)).toMatchObject({ since: seen, clarifications: [] });
    expect(await changes(round.reviewer)).toMatchObject({ since, clarifications: [{ clarification: 'Q-1' }] });
    expect(await changes(round.secretary)).toMatchObject({ since: -1 });
  });

  it('can be asked about another moment, and looked at again from further back', async () => {
    const { since } = await changes(round.reviewer);
    expect((await changes(round.reviewer, '?since=0')).sections).toHaveLength(13);
    // A moment before it holds nothing that is new to them.
    expect(await changes(round.reviewer, `?asOf=${since - 1}`)).toMatchObject({ sections: [], clarifications: [] });
    await put(round.reviewer, 0);
    expect((await changes(round.reviewer)).sections).toHaveLength(13);
    await put(round.reviewer, since);
  });
});

describe('A bookmark', () => {
  it('is no part of the public record, and moves nothing in it', async () => {
    const before = await product.api.events();
    const { headers } = await round.done(round.reviewer, 'GET', `${REPORT}/assessments/${round.reviewer.person}`);
    await put(round.reviewer, 1);
    expect(await product.api.events()).toEqual(before);
    expect(before.filter(({ stream }) => stream.startsWith('bookmark-'))).toEqual([]);
    const stream = `bookmark-ec-performance-2008-example-registry--${round.reviewer.person}`;
    expectProblem(await product.api.get(`/api/events?stream=${stream}`), 404, 'stream-not-found');
    const after = await round.done(round.reviewer, 'GET', `${REPORT}/assessments/${round.reviewer.person}`);
    expect(after.headers.get('ETag')).toBe(headers.get('ETag'));
  });

  it('is on the log, so that it is there after a restart and on every node', async () => {
    const seen = await sequenceNow(round);
    await put(round.reviewer, seen);
    const events = [];
    for await (const event of product.store.readAll({ categories: ['bookmark'] })) events.push(event);
    const { type, data, metadata } = events.at(-1)!;
    expect({ type, data, actor: metadata['actor'], v: metadata['v'] }).toEqual({
      type: 'BookmarkSet',
      data: { sequence: seen },
      actor: round.reviewer.person,
      v: '1',
    });
  });

  it('is put where one has got to, in a report that there is, by whoever has signed in', async () => {
    expectProblem(await put(round.reviewer, 999_999), 503, 'sequence-not-reached');
    expectProblem(await put(round.reviewer, -1), 400, 'command-invalid');
    expectProblem(await put(undefined, 1), 401, 'not-signed-in');
    const elsewhere = await round.by(round.reviewer, 'PUT', `${REPORT.slice(0, -1)}/bookmark`, { sequence: 1 });
    expectProblem(elsewhere, 404, 'report-unknown');
    expectProblem(await product.api.get(`${REPORT}/changes`), 400, 'query-parameter-malformed');
  });
});
