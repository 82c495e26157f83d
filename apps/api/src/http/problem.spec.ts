import { BadRequestException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { CommandIdReused, StaleRevision, TooMuchContention } from '#commands';
import {
  AppendTooLarge,
  BadAppend,
  BadRead,
  StoreClosed,
  StoreUnavailable,
  StreamDeleted,
  StreamNotFound,
  WrongExpectedRevision,
} from '#event-store';
import { Refusal } from '#reporting';
import { ViewsBehind } from '#views';
import { BadJson } from './bad-json.js';
import { HttpProblem } from './http-problem.js';
import { occurrenceOf, problemOf } from './problem.js';
import { PROBLEMS } from './problem-table.js';

const answerTo = (error: unknown) => problemOf(occurrenceOf(error), '/api/reports', 'c-1');

describe('problem details', () => {
  it.each([
    [new Refusal('report-unknown'), 404, 'report-unknown'],
    [new Refusal('report-locked'), 409, 'report-locked'],
    [new Refusal('sections-missing'), 422, 'sections-missing'],
    [new StaleRevision('report-x', 3, 5), 412, 'revision-stale'],
    [new CommandIdReused('0'), 422, 'command-id-reused'],
    [new TooMuchContention('report-x', 10), 503, 'too-much-contention'],
    [new WrongExpectedRevision('report-x', 3, 5), 409, 'wrong-expected-revision'],
    [new StreamNotFound('report-x'), 404, 'stream-not-found'],
    [new StreamDeleted('report-x'), 404, 'stream-not-found'],
    [new BadRead('No such position'), 400, 'position-unknown'],
    [new AppendTooLarge('report-x', '1000001 bytes are more than the 1000000'), 413, 'event-too-large'],
    [new BadAppend('report-x', 'there is no event'), 500, 'internal-error'],
    [new StoreUnavailable('SQLITE_FULL: insert into events'), 503, 'store-unavailable'],
    [new StoreClosed(), 503, 'store-unavailable'],
    [new ViewsBehind(7, 2_000), 503, 'sequence-not-reached'],
    [new BadJson('json-malformed', 'The text ends.'), 400, 'json-malformed'],
    [new BadJson('body-too-large', 'The body has 2000000 bytes.'), 413, 'body-too-large'],
    [new HttpProblem('actor-missing'), 400, 'actor-missing'],
    [new NotFoundException('Cannot GET /x'), 404, 'route-unknown'],
    [new BadRequestException('secret'), 400, 'request-malformed'],
    [new TypeError('x is not a function'), 500, 'internal-error'],
    ['thrown text', 500, 'internal-error'],
    [undefined, 500, 'internal-error'],
  ])('answers %p with %i %s', (error, status, code) => {
    expect(answerTo(error)).toMatchObject({ status, code, type: `/problems/${code}`, correlationId: 'c-1' });
  });

  it('carry the facts of a refusal and what to do next', () => {
    expect(answerTo(new Refusal('sections-missing', { missing: ['S04'] }))).toEqual({
      type: '/problems/sections-missing',
      title: 'Sections are missing',
      status: 422,
      detail: 'Answer the sections that are named, then submit again.',
      instance: '/api/reports',
      code: 'sections-missing',
      correlationId: 'c-1',
      facts: { missing: ['S04'] },
    });
  });

  it('say where the JSON is at fault', () => {
    const place = { pointer: '/title', offset: 26, line: 3, column: 3 };
    expect(answerTo(new BadJson('json-key-repeated', 'The key "title" is repeated.', place))).toMatchObject({
      detail: 'The key "title" is repeated. Line 3, column 3, at /title. Give each key of an object once.',
      errors: [{ pointer: '/title' }],
    });
  });

  it('do not let through what an outage or a bug says', () => {
    for (const error of [new StoreUnavailable('SQLITE_FULL: insert'), new Error('select * from secrets')]) {
      expect(JSON.stringify(answerTo(error))).not.toMatch(/SQLITE|select|insert| at /);
    }
  });

  it.each(Object.entries(PROBLEMS))('are complete for %s', (_, { status, title, next }) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).toMatch(/^[^.]+$/);
    expect(next).toMatch(/\.$/);
  });
});
