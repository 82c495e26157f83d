import { describe, expect, it } from '@jest/globals';
import { HttpProblem } from '../http/http-problem.js';
import { eventsAsked, sequenceIn } from './events-asked.js';

describe('what is asked of the record', () => {
  it('is all of it, where nothing is said', () => expect(eventsAsked({})).toEqual({ after: -1, limit: Infinity }));

  it('is what comes after a sequence, so many events, or one stream', () =>
    expect(eventsAsked({ after: '0', limit: '1000000', stream: 'action-ex-1' })).toEqual({
      after: 0,
      limit: 1_000_000,
      stream: 'action-ex-1',
    }));

  it.each([{ after: '-1' }, { after: '01' }, { after: '1e3' }, { limit: '0' }, { limit: 'all' }])(
    'is not %p',
    (filters) =>
      expect(() => eventsAsked(filters as Record<string, string>)).toThrow(
        expect.objectContaining({ code: 'query-parameter-malformed' }),
      ),
  );

  it.each(['person-1', 'credential-1', 'ledger-checkpoints', 'action', 'reports-x'])(
    'is no stream outside of the public record: %s',
    (stream) => expect(() => eventsAsked({ stream })).toThrow(HttpProblem),
  );
});

describe('a sequence in an address', () => {
  it('is a whole number', () => {
    expect(sequenceIn('0')).toBe(0);
    expect(sequenceIn('1207')).toBe(1207);
  });

  it.each(['', '-1', '00', '1.5', '0x1', 'last'])('is not %p', (text) => expect(sequenceIn(text)).toBeUndefined());
});
