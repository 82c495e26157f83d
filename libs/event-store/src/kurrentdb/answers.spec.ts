import { describe, expect, it } from '@jest/globals';
import { isPassing, refusedAppend, refusedCall, safeNumber, saying } from './answers.js';

const answer = (facts: object) => Object.assign(new Error(''), facts);

describe('isPassing', () => {
  it.each([
    ['an outage', { type: 'unavailable', code: 14 }],
    ['an outage that the client did not name', { code: 14 }],
    ['an election', { type: 'not-leader', code: 5 }],
    ['an answer without a reason', { type: 'unknown' }],
    ['a stream that was cut', { type: 'cancelled', code: 1 }],
    ['a client that found no server', {}],
  ])('is so for %s', (_, facts) => {
    expect(isPassing(answer(facts))).toBe(true);
  });

  it.each([
    ['a conflict', { type: 'wrong-expected-version' }],
    ['a missing grant', { type: 'access-denied', code: 7 }],
    ['a password that is not accepted', { type: 'access-denied', code: 16 }],
    ['a call that was wrong', { type: 'unknown', code: 3 }],
    ['a stream that was deleted', { type: 'stream-deleted' }],
    ['a mistake of ours', { name: 'TypeError' }],
  ])('is not so for %s', (_, facts) => {
    expect(isPassing(answer(facts))).toBe(false);
  });
});

describe('what the client refuses, in the words of the port', () => {
  it.each([
    [2n, 2],
    ['no_stream', 'no-stream'],
    [-1n, 'no-stream'],
  ])('knows where a stream is that is at %s', (actualState, actual) => {
    expect(refusedAppend(answer({ type: 'wrong-expected-version', actualState }), 'report-1', 7)).toMatchObject({
      code: 'wrong-expected-revision',
      stream: 'report-1',
      expected: 7,
      actual,
    });
  });

  it('names the stream and what is too large', () => {
    expect(refusedAppend(answer({ type: 'maximum-append-size-exceeded' }), 'report-1', 7)).toMatchObject({
      code: 'bad-append',
      stream: 'report-1',
    });
  });

  it('names the grant that is missing', () => {
    const denied = answer({ type: 'access-denied' });
    expect(refusedCall(denied, '$all').message).toMatch(/\$all to this user.*"\$acl":\{"\$r":\["\$admins"/);
    expect(refusedCall(denied, 'report-1').message).toMatch(/report-1 to this user.*user and password/);
  });

  it('knows a stream that was deleted, of either protocol', () => {
    for (const type of ['stream-deleted', 'stream-tombstoned']) {
      expect(refusedCall(answer({ type }), 'report-1')).toMatchObject({ code: 'stream-deleted' });
    }
  });

  it('says whatever the error has', () => {
    expect(saying(answer({ type: 'unavailable', message: 'No connection', code: 14 }))).toBe(
      'unavailable, code 14, No connection',
    );
    expect(saying(answer({ type: 'unknown' }))).toBe('unknown');
  });
});

it('refuses a revision that a number cannot hold', () => {
  expect(safeNumber(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => safeNumber(2n ** 53n)).toThrow(/beyond 2\^53/);
});
