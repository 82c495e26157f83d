import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { correlated } from './correlation.js';
import { openLog } from './log.js';
import { NestLog } from './nest-log.js';
import { talkTo } from './talk.js';

type Fields = Record<string, unknown> & { error?: Record<string, unknown> };

function recording(level: 'debug' | 'info' | 'warn' = 'debug') {
  const lines: string[] = [];
  const log = openLog({ level, format: 'json' }, 'api', { write: (line: string) => void lines.push(line) });
  const fields = () => lines.map((line) => JSON.parse(line) as Fields);
  return { log, lines, last: () => fields().at(-1)!, fields };
}

describe('the log', () => {
  it('is a JSON object a line, with the time in UTC and the level in words', () => {
    const { log, lines, last } = recording();
    log.info({ route: '/api/events' }, 'asked');
    expect(last()).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'info',
      app: 'api',
      pid: process.pid,
      hostname: expect.any(String),
      route: '/api/events',
      message: 'asked',
    });
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = recording('warn');
    log.info('asked');
    log.warn('beware');
    expect(lines).toHaveLength(1);
  });

  it('tells of an error what it is, where and why, and nothing that a library hung on it', () => {
    const { log, last } = recording();
    const cause = new Error('no route to kurrentdb://me:hunter2@db');
    const error = Object.assign(new TypeError('cannot read', { cause }), { code: 'E1', request: { token: 'abc' } });
    log.error(error, 'failed');
    expect(last().error).toEqual({
      type: 'TypeError',
      code: 'E1',
      message: 'cannot read',
      stack: expect.stringContaining('log.spec'),
      cause: 'Error: no route to kurrentdb://[redacted]@db',
    });
  });

  it.each([
    ['a line end', 'a\nReady: http://evil.example'],
    ['a carriage return', 'a\rb'],
    ['line ends of Unicode', 'a\u2028b\u2029c\u0085d'],
    ['what turns a text around', 'a\u202eb\u2066'],
    ['what clears a terminal', '\u001b[2J\u009b2J\u007f'],
    ['half a character', 'a\ud800b'],
    ['an end of JSON', '"}\n{"level":"fatal'],
  ])('stays one line in every field with %s', (_, hostile) => {
    const { log, lines, last } = recording();
    const error = new Error(hostile);
    log.error({ field: hostile, [hostile]: 1, nested: { deep: [hostile] }, error }, hostile);
    const [line = ''] = lines;
    expect(lines).toHaveLength(1);
    // eslint-disable-next-line no-control-regex
    expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
    if (hostile.isWellFormed()) expect(last()).toMatchObject({ field: hostile, message: hostile });
  });

  it('carries the id of the request in all that is done for it, and of no other', async () => {
    const { log, fields } = recording();
    const work = (id: string, ms: number) =>
      correlated(id, async () => {
        log.info('began');
        await wait(ms);
        log.info(`ended ${id}`);
      });
    await Promise.all([work('a', 5), work('b', 1)]);
    log.info('outside');
    const told = fields().map(({ message, correlationId }) => [message, correlationId]);
    expect(told).toEqual([
      ['began', 'a'],
      ['began', 'b'],
      ['ended b', 'b'],
      ['ended a', 'a'],
      ['outside', undefined],
    ]);
  });

  it('is where Nest says what it says', () => {
    const { log, last } = recording();
    Logger.overrideLogger(new NestLog(log));
    const logger = new Logger('Http');
    logger.log('Mapped {/api, GET}');
    expect(last()).toMatchObject({ level: 'debug', part: 'Http', message: 'Mapped {/api, GET}' });
    logger.warn('beware');
    expect(last()).toMatchObject({ level: 'warn', part: 'Http', message: 'beware' });
    logger.error('failed', 'Error: failed\n    at somewhere');
    expect(last()).toMatchObject({ level: 'error', part: 'Http', stack: 'Error: failed\n    at somewhere' });
    logger.error(new Error('thrown'));
    expect(last()).toMatchObject({ message: 'thrown', error: { type: 'Error' } });
    Logger.overrideLogger(false);
  });

  it('takes what a process tells of itself, where a collector reads it', () => {
    const { log, last } = recording();
    const { tell, warn, fail } = talkTo('json', log);
    tell('Ready: http://127.0.0.1:7171', { address: 'http://127.0.0.1:7171' });
    expect(last()).toMatchObject({ level: 'info', address: 'http://127.0.0.1:7171' });
    warn('REDIS_URI is not read');
    expect(last()).toMatchObject({ level: 'warn' });
    fail('The store cannot be reached');
    expect(last()).toMatchObject({ level: 'fatal' });
  });
});
