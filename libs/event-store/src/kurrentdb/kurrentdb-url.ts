import { existsSync } from 'node:fs';
import { StoreUnavailable } from '../errors.js';

export interface KurrentDbUrl {
  /**
   * What the nth client is given. It holds the password: not for a message or a log.
   *
   * Each is different, as gRPC lets clients of the same settings share a connection, whole or broken: a new client would
   * be given the dead one of its predecessor.
   */
  readonly connectionString: (n: number) => string;
  /** The servers that it names, for messages. */
  readonly servers: string;
  /** Whether they are spoken to over TLS. */
  readonly isSecure: boolean;
}

const URL_SHAPE = /^(?:kurrentdb|esdb)(\+discover)?:\/\/([^/?#]*)\/?(?:\?([^#]*))?$/;
const USER = /^[A-Za-z0-9._~-]+:[A-Za-z0-9._~-]+$/;

/** The client takes these names without regard to case, and drops others with a warning. */
const PARAMETERS = new Set(
  [
    'tls',
    'tlsVerifyCert',
    'tlsCAFile',
    'userCertFile',
    'userKeyFile',
    'connectionName',
    'nodePreference',
    'defaultDeadline',
    'discoveryInterval',
    'keepAliveInterval',
  ].map((name) => name.toLowerCase()),
);

/** The first read of each new client waits so long, which is 500 ms by default (client 1.3.1, measured). */
const DISCOVERY_MS = 50;

/** How long a connection may leave a question unanswered that is asked when nothing else comes. */
const KEEP_ALIVE_MS = 5_000;

/** Why a parameter that the client would take is refused. */
const REFUSED: Readonly<Record<string, string>> = {
  gossiptimeout: 'the client takes it for seconds in one half and for milliseconds in the other',
  maxdiscoverattempts: 'the two halves of the client count differently',
  throwonappendfailure: 'a refused append must be an error',
  keepalivetimeout: 'it is what tells one connection from the next',
};

/** Reads `kurrentdb://`, `kurrentdb+discover://` and the older `esdb://`, and refuses what would fail only later. */
export function kurrentDbUrl(url: string): KurrentDbUrl {
  const [, discover = '', authority = '', query = ''] = URL_SHAPE.exec(url) ?? [];
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  const servers = authority.slice(at + 1);
  if (servers === '') throw refused('it names no server. It looks like kurrentdb://user:password@host:2113');
  if (at >= 0 && !USER.test(user)) {
    // One half of the client decodes a percent-encoded password, the other sends it as it is written.
    throw refused(
      'its user and password may hold only letters, digits and - . _ ~, as reads would be refused otherwise. ' +
        'Give the user such a password',
    );
  }
  if (servers.includes('[')) throw refused('the client cannot read an IPv6 address. Give the server a name');
  const parameters = [...new URLSearchParams(query)];
  for (const [name, value] of parameters) checkParameter(name, value);
  const set = new Map(parameters.map(([name, value]) => [name.toLowerCase(), value]));
  const isSecure = set.get('tls')?.toLowerCase() !== 'false';
  if (at >= 0 && !isSecure) {
    throw refused(
      'without TLS its user and password are sent to nobody. Take tls=false away, or user and password if the server asks for none',
    );
  }
  const ours = set.has('discoveryinterval') ? '' : `&discoveryInterval=${DISCOVERY_MS}`;
  const given = `kurrentdb${discover}://${authority}?${query && `${query}&`}`;
  return {
    connectionString: (n) => `${given}keepAliveTimeout=${KEEP_ALIVE_MS + n}${ours}`,
    servers,
    isSecure,
  };
}

function checkParameter(name: string, value: string): void {
  const key = name.toLowerCase();
  if (REFUSED[key]) throw refused(`${name} must not be set: ${REFUSED[key]}`);
  if (!PARAMETERS.has(key)) throw refused(`there is no parameter ${name}`);
  if (key === 'nodepreference' && value.toLowerCase() !== 'leader') {
    throw refused('nodePreference must be leader: whoever has written must be able to read it');
  }
  if (key === 'tlscafile' && !existsSync(value)) throw refused(`there is no file ${value}, which tlsCaFile names`);
}

const refused = (why: string) => new StoreUnavailable(`The URL of KurrentDB cannot be used: ${why}`);
