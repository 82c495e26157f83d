import { describe, expect, it } from '@jest/globals';
import { openLog } from './log.js';
import { fitToBeLogged, redacted } from './redaction.js';

describe('redaction', () => {
  it.each([
    ['kurrentdb://para71:hunter2@one:2113,two:2113', 'kurrentdb://[redacted]@one:2113,two:2113'],
    ['cannot reach redis://:hunter2@redis:6379/1.', 'cannot reach redis://[redacted]@redis:6379/1.'],
    ['smtp://para71:hunt@er2@mail:587', 'smtp://[redacted]@mail:587'],
    ['smtp://para71:hunt"er2@mail:587', 'smtp://[redacted]@mail:587'],
    ['https://example.org/a?token=hunter2&x=1', 'https://example.org/a?token=[redacted]&x=1'],
    ['redis://redis?password=hunter2', 'redis://redis?password=[redacted]'],
    ['Authorization: Bearer hunter2', 'Authorization: [redacted]'],
    ['Set-Cookie: session=hunter2; Secure', 'Set-Cookie: [redacted]'],
    ['no mailbox for "jane.doe@example.org"', 'no mailbox for "[mail address]"'],
    ['sent to <jürgen@müller.example>', 'sent to <[mail address]>'],
  ])('of %s leaves %s', (text, left) => expect(redacted(text)).toBe(left));

  it.each([
    'GET /api/organizations/:organization 200',
    'at file:///srv/node_modules/@nestjs/core/router.js:12:3',
    'The token of the page is unknown',
    'http://127.0.0.1:7171/api/reports/ec-performance/2008/icann?asOf=12',
  ])('leaves %s as it is', (text) => expect(redacted(text)).toBe(text));

  it('finds members at any depth', () => {
    const given = {
      authorization: 'Bearer hunter2',
      headers: { Cookie: 'a=hunter2', 'set-cookie': ['hunter2', 'hunter2'], accept: '*/*' },
      list: [{ password: 'hunt"er2' }, { apiKey: 'hunter2' }],
    };
    const line = fitToBeLogged(JSON.stringify(given));
    expect(line).not.toMatch(/hunt/);
    expect(JSON.parse(line)).toMatchObject({
      authorization: '[redacted]',
      headers: { Cookie: '[redacted]', accept: '*/*' },
      list: [{ password: '[redacted]' }, {}],
    });
  });

  it('is done to whatever is logged', () => {
    const lines: string[] = [];
    const log = openLog({ level: 'info', format: 'json' }, 'api', { write: (line: string) => void lines.push(line) });
    const url = 'esdb://me:hunter2@db';
    const quoted = 'esdb://me:hunt"hunter2@db';
    log.error(
      { url, quoted, deep: { deeper: [{ url }] }, error: new Error(`${url} and jane@example.org`) },
      `at ${url}`,
    );
    expect(lines.join()).toContain('db');
    expect(lines.join()).not.toMatch(/hunter2|jane/);
    expect(() => JSON.parse(lines[0] ?? '') as unknown).not.toThrow();
  });

  it.each(['://', 'a@', '"password":"', 'Cookie: ', 'a', '?token=', '\\"'])(
    'takes no longer for much of %j than for other text',
    (part) => {
      const text = part.repeat(100_000 / part.length);
      const began = performance.now();
      fitToBeLogged(text);
      expect(performance.now() - began).toBeLessThan(5_000);
    },
  );
});
