import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationFault, readConfiguration } from './configuration.js';
import { misspellings } from './misspellings.js';
import { VARIABLES, type Variable } from './variables.js';

const read = (env: NodeJS.ProcessEnv) => readConfiguration(env, '/srv/para71');

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigurationFault) return error.faults;
    throw error;
  }
  return [];
}

/** For one fault: the sentence that tells it. */
function faultOf(env: NodeJS.ProcessEnv): string {
  const faults = faultsOf(env);
  expect(faults).toHaveLength(1);
  return faults[0] ?? '';
}

describe('the configuration', () => {
  it('is complete without any variable', () =>
    expect(read({})).toEqual({
      host: '127.0.0.1',
      people: 'required',
      proxies: [],
      anonymousReadsPerMinute: 120,
      port: 7171,
      workerPort: 7172,
      dataDir: '/srv/para71/data',
      record: 'wsis',
      eventStoreUrl: 'sqlite:/srv/para71/data/events.sqlite',
      publicUrl: 'http://127.0.0.1:7171',
      mail: {
        url: 'folder:/srv/para71/data/mail',
        from: 'Para 71 <para71@localhost>',
        contacts: '/srv/para71/data/contacts.json',
      },
      reminders: { days: [-30, -7, -1, 1, 14], at: '09:00', timeZone: 'UTC' },
      logs: { level: 'warn', format: 'text' },
    }));

  it('keeps all it holds in the folder of the data', () => {
    const { dataDir, eventStoreUrl, mail } = read({ DATA_DIR: 'elsewhere' });
    expect(dataDir).toBe('/srv/para71/elsewhere');
    expect([eventStoreUrl, mail.url, mail.contacts]).toEqual([
      `sqlite:${dataDir}/events.sqlite`,
      `folder:${dataDir}/mail`,
      `${dataDir}/contacts.json`,
    ]);
  });

  it('lets everybody give commands only where that is asked for', () =>
    expect(read({ PEOPLE: 'off' }).people).toBe('off'));

  it('takes servers, several of them and by name', () => {
    const eventStoreUrl = 'kurrentdb+discover://para71:secret@a:2113,b:2113?tls=true';
    const redisUrl = 'rediss://:secret@redis:6380/1';
    const mail = 'smtps://para71:secret@mail:465';
    expect(read({ EVENT_STORE_URL: eventStoreUrl, REDIS_URL: redisUrl, MAIL_URL: mail })).toMatchObject({
      eventStoreUrl,
      redisUrl,
      mail: { url: mail },
    });
  });

  it('takes proxies by address and by network', () => {
    expect(read({}).proxies).toEqual([]);
    expect(read({ PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8' }).proxies).toEqual([
      '127.0.0.1',
      '10.0.0.0/8',
      'fd00::/8',
    ]);
  });

  it('takes how often a minute who has not signed in may ask for what is costly, and 0 for no limit', () => {
    expect(read({ ANONYMOUS_READS_PER_MINUTE: '30' }).anonymousReadsPerMinute).toBe(30);
    expect(read({ ANONYMOUS_READS_PER_MINUTE: '0' }).anonymousReadsPerMinute).toBe(0);
  });

  it('takes relative files from where it was started', () =>
    expect(read({ EVENT_STORE_URL: 'sqlite:log.sqlite', MAIL_URL: 'folder:out' })).toMatchObject({
      eventStoreUrl: 'sqlite:/srv/para71/log.sqlite',
      mail: { url: 'folder:/srv/para71/out' },
    }));

  it('orders the days of reminders, and takes none', () => {
    expect(read({ REMINDER_DAYS: '14, -7,0' }).reminders.days).toEqual([-7, 0, 14]);
    expect(read({ REMINDER_DAYS: 'none' }).reminders.days).toEqual([]);
  });

  it('logs more where a collector reads the log', () =>
    expect(read({ LOG_FORMAT: 'json' }).logs).toEqual({ format: 'json', level: 'info' }));

  it('links to an address without a slash at its end', () =>
    expect(read({ PUBLIC_URL: 'https://para71.example.org/' }).publicUrl).toBe('https://para71.example.org'));

  const refused: readonly NodeJS.ProcessEnv[] = [
    { PORT: '70000' },
    { PORT: '' },
    { WORKER_PORT: '-1' },
    { DATA_DIR: ' ' },
    { RECORD: 'all' },
    { PEOPLE: 'on' },
    { HOST: '127.0.0.1:80' },
    { HOST: '0.0.0.0', PEOPLE: 'off' },
    { HOST: '::', PEOPLE: 'off' },
    { UNPROTECTED: 'yes' },
    { PROXIES: 'nginx' },
    { PROXIES: '10.0.0.0/33' },
    { PROXIES: '10.0.0.1;10.0.0.2' },
    { ANONYMOUS_READS_PER_MINUTE: '-1' },
    { ANONYMOUS_READS_PER_MINUTE: '1.5' },
    { ANONYMOUS_READS_PER_MINUTE: '1000001' },
    { ANONYMOUS_READS_PER_MINUTE: '' },
    { METRICS_TOKEN: 'too short' },
    { METRICS_TOKEN: 'with a space in it, though long' },
    { EVENT_STORE_URL: 'postgres://localhost' },
    { EVENT_STORE_URL: '' },
    { REDIS_URL: 'localhost:6379' },
    { REDIS_URL: 'redis://' },
    { PUBLIC_URL: 'para71.example.org' },
    { PUBLIC_URL: 'https://example.org?a=b' },
    { MAIL_URL: 'folder:' },
    { MAIL_URL: 'http://mail' },
    { MAIL_CONTACTS: '' },
    { MAIL_FROM: 'Para 71' },
    { MAIL_FROM: 'Para 71 <a@example.org>\r\nBcc: b@example.org' },
    { REMINDER_DAYS: '1,1' },
    { REMINDER_DAYS: '1.5' },
    { REMINDER_DAYS: '1,,2' },
    { REMINDER_DAYS: '367' },
    { REMINDER_AT: '9:00' },
    { REMINDER_AT: '24:00' },
    { REMINDER_TIME_ZONE: 'Mars/Olympus' },
    { LOG_LEVEL: 'loud' },
    { LOG_FORMAT: 'xml' },
    { OIDC_ISSUER: 'example', OIDC_CLIENT_ID: 'para71' },
    { OIDC_CLIENT_ID: 'para71' },
    { OIDC_CLIENT_SECRET: 'hush' },
    { OIDC_NAME: 'Example ID' },
    { OIDC_SECOND_FACTOR: 'trusted' },
  ];

  it.each(refused)('names the variable, and says the mend, for %j', (env) => {
    const [name = ''] = Object.keys(env);
    expect(faultOf(env)).toMatch(new RegExp(`^${name} .*: (give|leave|name) .*\\.$`, 'v'));
  });

  it('has a value for every variable that is refused', () => {
    const names = new Set(refused.map((env) => Object.keys(env)[0]));
    expect(VARIABLES.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([]);
  });

  it('tells all faults at once', () => {
    const told = faultsOf({ PORT: 'x', RECORD: 'y', LOG_LEVEL: 'z' });
    expect(told.map((fault) => fault.split(' ')[0])).toEqual(['PORT', 'RECORD', 'LOG_LEVEL']);
    expect(() => read({ PORT: 'x', RECORD: 'y' })).toThrow(
      /^The configuration cannot be used:\n {2}PORT .*\n {2}RECORD /,
    );
  });

  it('can be reached by others without signing in only where that is accepted', () => {
    const PEOPLE = 'off';
    expect(faultOf({ HOST: '0.0.0.0', PEOPLE })).toMatch(/PEOPLE is off: leave .* out, or give UNPROTECTED=accepted/);
    expect(read({ HOST: '0.0.0.0', PEOPLE, UNPROTECTED: 'accepted' }).host).toBe('0.0.0.0');
    expect(read({ HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
    for (const HOST of ['localhost', '127.0.0.2', '::1']) expect(read({ HOST, PEOPLE }).host).toBe(HOST);
  });

  it('keeps a value on one line and short', () => {
    const told = faultOf({ RECORD: `a\nReady: http://example.org ${'long'.repeat(100)}` });
    expect(told).not.toMatch(/\n/);
    expect(told.length).toBeLessThan(300);
  });

  it('never shows what may hold a password', () => {
    const secret = 'hunter2';
    const given = {
      EVENT_STORE_URL: `postgres://me:${secret}@db`,
      REDIS_URL: `me:${secret}@redis`,
      MAIL_URL: `imap://me:${secret}@mail`,
      PUBLIC_URL: `https://me:${secret}@example.org`,
    };
    const told = faultsOf(given);
    expect(told).toHaveLength(4);
    expect(told.join()).not.toContain(secret);
  });
});

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'para71-'));
  const fileWith = (text: string) => {
    const file = join(folder, `${Math.abs(text.length)}`);
    writeFileSync(file, text);
    return file;
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is its value, without the line end', () =>
    expect(read({ REDIS_URL_FILE: fileWith('redis://:secret@redis:6379\n') }).redisUrl).toBe(
      'redis://:secret@redis:6379',
    ));

  it.each(VARIABLES.filter((variable: Variable) => variable.secret))('is possible for $name', ({ name }) => {
    expect(faultOf({ [`${name}_FILE`]: join(folder, 'nowhere') })).toMatch(
      new RegExp(`^${name}_FILE names .*nowhere, which cannot be read \\(ENOENT\\): name a file`, 'v'),
    );
    expect(faultOf({ [`${name}_FILE`]: fileWith('\n') })).toMatch(/which is empty: write the value/);
  });

  it('and the value itself contradict one another', () =>
    expect(faultOf({ REDIS_URL: 'redis://a', REDIS_URL_FILE: '/b' })).toBe(
      'REDIS_URL and REDIS_URL_FILE are both given: leave one of them out.',
    ));
});

describe('a name that is nearly ours', () => {
  it.each([
    ['EVENTSTORE_URL', 'EVENT_STORE_URL'],
    ['REDIS_URI', 'REDIS_URL'],
    ['PARA71_PORT', 'PORT'],
    ['DATADIR', 'DATA_DIR'],
    ['REMINDERS_DAYS', 'REMINDER_DAYS'],
    ['REDIS_URL_FILES', 'REDIS_URL_FILE'],
    ['log_level', 'LOG_LEVEL'],
  ])('%s gets the hint %s', (name, meant) =>
    expect(misspellings({ [name]: 'x' })).toEqual([`${name} is not read: if ${meant} was meant, call it so.`]),
  );

  it('gets no hint where the right one is given', () =>
    expect(misspellings({ REDIS_URI: 'x', REDIS_URL: 'redis://a' })).toEqual([]));

  it('is not seen in what every machine has', () =>
    expect(
      misspellings({
        HOME: '/',
        HOSTNAME: 'a',
        HOSTTYPE: 'b',
        PWD: '/',
        PATH: '/bin',
        MAIL: '/var/mail/a',
        TZ: 'UTC',
        REDIS_PORT: 'tcp://10.0.0.1:6379',
        NODE_ENV: 'production',
        SHLVL: '1',
      }),
    ).toEqual([]));

  it('is told together with the faults', () =>
    expect(faultsOf({ PORT: 'x', REDIS_URI: 'redis://a' })[1]).toMatch(/^REDIS_URI is not read/));
});
