import { isIP } from 'node:net';
import { join } from 'node:path';
import { GivenVariables, shown } from './given-variables.js';
import { isLoopback } from './loopback.js';
import { misspellings } from './misspellings.js';
import { oidc, type OidcConfiguration } from './oidc.js';

/** What the environment says, checked. `variables.ts` says what each variable means. */
export interface Configuration {
  readonly host: string;
  /** `required`: whoever does more than read the public record signs in. `off`: a command names its actor itself. */
  readonly people: 'off' | 'required';
  /** Absent where everybody signs in by a password. */
  readonly oidc?: OidcConfiguration;
  /** Addresses and networks (`10.0.0.0/8`) of proxies that are believed about who asks. */
  readonly proxies: readonly string[];
  /** Costly reads a minute of who has not signed in, by network address, where people sign in; 0: no limit. */
  readonly anonymousReadsPerMinute: number;
  readonly port: number;
  readonly workerPort: number;
  /** Folder of everything that this process keeps; absolute. */
  readonly dataDir: string;
  /**
   * `wsis`: the public record of 2005 to 2025 is loaded at the first start. `dry-run`: it is only looked through for what
   * would be refused, and nothing is recorded.
   */
  readonly record: 'wsis' | 'dry-run' | 'none';
  /** May hold a password. */
  readonly eventStoreUrl: string;
  /** May hold a password. Absent: jobs run in this process. */
  readonly redisUrl?: string;
  /** What a collector of metrics shows. Absent: none is asked for. */
  readonly metricsToken?: string;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly mail: {
    /** May hold a password. `folder:` is followed by an absolute path. */
    readonly url: string;
    readonly from: string;
    readonly contacts: string;
  };
  readonly reminders: {
    /** Days from the deadline, ascending: negative before it, positive after it. */
    readonly days: readonly number[];
    /** `HH:MM`. */
    readonly at: string;
    readonly timeZone: string;
  };
  readonly logs: { readonly level: LogLevel; readonly format: 'text' | 'json' };
}

export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;
const STORE_URL = /^(sqlite:.|(kurrentdb|esdb)(\+discover)?:\/\/.)/;
const MAIL_ADDRESS = /^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;
const METRICS_TOKEN = /^[\x21-\x7e]{16,200}$/;
const FURTHEST_DAY = 366;
const MOST_READS = 1_000_000;

export class ConfigurationFault extends Error {
  override readonly name = 'ConfigurationFault';
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Port 0 lets the system choose one. Relative folders are taken from `from`, where the process was started. All faults
 * are told at once: each names its variable, what is wrong with it, and the mend.
 */
export function readConfiguration(env: NodeJS.ProcessEnv, from = process.cwd()): Configuration {
  const given = new GivenVariables(env, from);
  const port = given.port('PORT', 7171);
  const dataDir = given.path('DATA_DIR', 'data');
  const redis = redisUrl(given);
  const metrics = metricsToken(given);
  const signingIn = people(given);
  const provider = oidc(given, signingIn);
  const configuration: Configuration = {
    host: host(given, signingIn),
    people: signingIn,
    ...(provider && { oidc: provider }),
    proxies: proxies(given),
    anonymousReadsPerMinute: given.wholeNumber('ANONYMOUS_READS_PER_MINUTE', 120, MOST_READS),
    port,
    workerPort: given.port('WORKER_PORT', 7172),
    dataDir,
    record: given.choice(
      'RECORD',
      ['wsis', 'dry-run', 'none'],
      'wsis',
      'wsis (the public record, the default), dry-run (look at what of it would be refused) or none (leave it alone)',
    ),
    eventStoreUrl: eventStoreUrl(given, dataDir),
    ...(redis !== undefined && { redisUrl: redis }),
    ...(metrics !== undefined && { metricsToken: metrics }),
    publicUrl: publicUrl(given, port),
    mail: {
      url: mailUrl(given, dataDir),
      from: mailFrom(given),
      contacts: given.path('MAIL_CONTACTS', join(dataDir, 'contacts.json')),
    },
    reminders: { days: reminderDays(given), at: reminderAt(given), timeZone: timeZone(given) },
    logs: logs(given),
  };
  if (given.faults.length) throw new ConfigurationFault([...given.faults, ...misspellings(env)]);
  return configuration;
}

/** Where nobody signs in, whoever reaches the address may give commands. */
function host(given: GivenVariables, people: Configuration['people']): string {
  const address = given.text('HOST', '127.0.0.1');
  const accepted = given.choice('UNPROTECTED', ['', 'accepted'], '', 'accepted, or leave it out');
  if (!isIP(address) && !NAME.test(address)) {
    given.fault(
      `HOST is "${shown(address)}": give an address or a name without a port, or leave it out for 127.0.0.1.`,
    );
  } else if (!isLoopback(address) && accepted === '' && people === 'off') {
    given.fault(
      `HOST is "${shown(address)}", which others can reach, and PEOPLE is off: leave one of the two out, or give ` +
        'UNPROTECTED=accepted where only those who may give commands can reach it.',
    );
  }
  return address;
}

function people(given: GivenVariables): Configuration['people'] {
  const mend =
    'required (whoever does more than read signs in, the default) or off (every command names its actor itself, to try it)';
  return given.choice('PEOPLE', ['off', 'required'], 'required', mend);
}

function proxies(given: GivenVariables): string[] {
  const text = given.text('PROXIES', 'none');
  if (text === 'none') return [];
  const all = text.split(',').map((each) => each.trim());
  const unfit = all.filter((each) => !isNetwork(each));
  if (unfit.length) {
    given.fault(
      `PROXIES names "${shown(unfit[0]!)}": give addresses or networks with commas between them, such as ` +
        '127.0.0.1,10.0.0.0/8, or none.',
    );
  }
  return all;
}

function isNetwork(text: string): boolean {
  const [, address = '', prefix = '0'] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  return isIP(address) > 0 && Number(prefix) <= (isIP(address) === 4 ? 32 : 128);
}

function eventStoreUrl(given: GivenVariables, dataDir: string): string {
  const url = given.secret('EVENT_STORE_URL') ?? `sqlite:${join(dataDir, 'events.sqlite')}`;
  if (!STORE_URL.test(url)) {
    given.fault(
      'EVENT_STORE_URL is not the address of a store: give sqlite:<path>, kurrentdb://<host>:2113 or esdb://<host>:2113.',
    );
  }
  return url.startsWith('sqlite:') ? `sqlite:${given.absolute(url.slice('sqlite:'.length))}` : url;
}

/** Here and below the value is not shown where it may hold a password. */
function redisUrl(given: GivenVariables): string | undefined {
  const text = given.secret('REDIS_URL');
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    given.fault('REDIS_URL is not the address of a Redis: give redis://<host>:6379 or rediss://<host>:6380.');
  }
  return text;
}

function metricsToken(given: GivenVariables): string | undefined {
  const token = given.secret('METRICS_TOKEN');
  if (token !== undefined && !METRICS_TOKEN.test(token)) {
    given.fault(
      'METRICS_TOKEN is not fit for a header, or too short to be hard to guess: give 16 to 200 visible characters, such as ' +
        'what openssl rand -hex 24 makes.',
    );
  }
  return token;
}

function publicUrl(given: GivenVariables, port: number): string {
  const text = given.text('PUBLIC_URL', `http://127.0.0.1:${port}`);
  const url = URL.parse(text);
  const fits =
    url && ['http:', 'https:'].includes(url.protocol) && !url.search && !url.hash && !url.username && !url.password;
  if (!fits)
    given.fault('PUBLIC_URL is not an http address: give one such as https://para71.example.org, without a query.');
  return text.replace(/\/+$/, '');
}

function mailUrl(given: GivenVariables, dataDir: string): string {
  const folder = 'folder:';
  const text = given.secret('MAIL_URL') ?? `${folder}${join(dataDir, 'mail')}`;
  if (text.startsWith(folder) && text !== folder) return `${folder}${given.absolute(text.slice(folder.length))}`;
  const url = URL.parse(text);
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    given.fault(
      'MAIL_URL is not a way for mail to leave: give smtp://<host>:587, smtps://<host>:465 or folder:<path>.',
    );
  }
  return text;
}

function mailFrom(given: GivenVariables): string {
  const sender = given.text('MAIL_FROM', 'Para 71 <para71@localhost>');
  if (!MAIL_ADDRESS.test(sender)) {
    given.fault(`MAIL_FROM is "${shown(sender)}": give an address such as Para 71 <para71@example.org>.`);
  }
  return sender;
}

function reminderDays(given: GivenVariables): number[] {
  const text = given.text('REMINDER_DAYS', '-30,-7,-1,1,14');
  if (text === 'none') return [];
  const days = text.split(',').map((part) => (/^\s*[+-]?\d{1,3}\s*$/.test(part) ? Number(part) : Number.NaN));
  const fits = days.every((day) => Math.abs(day) <= FURTHEST_DAY);
  if (!fits || new Set(days).size < days.length) {
    given.fault(
      `REMINDER_DAYS is "${shown(text)}": give different whole numbers from -${FURTHEST_DAY} (before the deadline) to ` +
        `${FURTHEST_DAY} (after it) with commas between them, such as -30,-7,-1,1,14, or none.`,
    );
  }
  return days.toSorted((a, b) => a - b);
}

function reminderAt(given: GivenVariables): string {
  const at = given.text('REMINDER_AT', '09:00');
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) {
    given.fault(`REMINDER_AT is "${shown(at)}": give a time from 00:00 to 23:59, such as 09:00.`);
  }
  return at;
}

function timeZone(given: GivenVariables): string {
  const zone = given.text('REMINDER_TIME_ZONE', 'UTC');
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    given.fault(
      `REMINDER_TIME_ZONE is "${shown(zone)}", which is no known time zone: give one such as Europe/Paris, or leave it out for UTC.`,
    );
  }
  return zone;
}

/** A person at a terminal is told of what goes wrong; a collector of logs gets what happens, too. */
function logs(given: GivenVariables): Configuration['logs'] {
  const format = given.choice('LOG_FORMAT', ['text', 'json'], 'text', 'text or json');
  const level = given.choice(
    'LOG_LEVEL',
    LOG_LEVELS,
    format === 'json' ? 'info' : 'warn',
    'debug, info, warn or error',
  );
  return { level, format };
}
