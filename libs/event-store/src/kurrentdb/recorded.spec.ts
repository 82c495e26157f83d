import { describe, expect, it } from '@jest/globals';
import type { ResolvedEvent } from '@kurrent/kurrentdb-client';
import { positionOf, positionText, recorded } from './recorded.js';

const resolved = (revision: bigint, commit: bigint) => {
  const event = { id: 'a', type: 'Counted', streamId: 'a-1', isJson: true, data: {}, metadata: {} };
  return { event: { ...event, revision, position: { commit, prepare: commit } } } as unknown as ResolvedEvent;
};

describe('numbers of 64 bits', () => {
  it.each([2n ** 53n + 1n, 2n ** 63n - 1n])('are kept to the last digit in a position: %s', (commit) => {
    const event = recorded(resolved(7n, commit));
    expect(event).toMatchObject({ revision: 7, position: `${commit}/${commit}` });
    expect(positionOf(JSON.parse(JSON.stringify(event?.position)) as string)).toEqual({ commit, prepare: commit });
    expect(positionText({ commit, prepare: 5n })).toBe(`${commit}/5`);
  });

  it('are refused where a revision is larger than a number can hold', () => {
    expect(recorded(resolved(2n ** 53n - 1n, 1n))).toMatchObject({ revision: Number.MAX_SAFE_INTEGER });
    expect(() => recorded(resolved(2n ** 53n, 1n))).toThrow(/beyond 2\^53/);
  });
});
