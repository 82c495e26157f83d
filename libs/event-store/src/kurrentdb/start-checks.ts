import { StoreUnavailable } from '../errors.js';
import { refusedCall, saying } from './answers.js';
import type { Client } from './client.js';
import type { KurrentDbUrl } from './kurrentdb-url.js';
import { logFilter } from './log-filter.js';
import { appendsInOneStream } from './server-version.js';

/** A name that the port refuses, so that no read of the record ever shows it. */
const PROBE = 'para71_probe';

/** Always the same event: it is written once, and each later start only asks whether it might be. */
const PROBE_EVENT = {
  id: '0d0b1a71-71e5-4c75-9d2f-5a0f0e6b7c71',
  type: 'StoreProbed',
  contentType: 'application/json',
  data: {},
  metadata: {},
} as const;

class TooOld extends StoreUnavailable {
  constructor() {
    super('it does not take appends in one stream');
  }
}

const TRIALS: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  'reading a stream': (client) =>
    first(client.readStream(PROBE, { direction: 'backwards', fromRevision: 'end', maxCount: 1 })),
  'appending to a stream': async (client) => {
    if (!(await appendsInOneStream(client))) throw new TooOld();
    return client.appendToStream(PROBE, [PROBE_EVENT], { streamState: 'no_stream' });
  },
  'reading the log': (client) => first(client.readAll({ filter: logFilter(undefined), maxCount: 1 })),
};

/** Answers that show that the server did what it was asked. */
const FINE = new Set<unknown>(['stream-not-found', 'wrong-expected-version']);

/**
 * Tries once what will be done all the time. Reads and appends go through two halves of the client, with their own TLS
 * and log-in: that one works says nothing of the other.
 */
export async function checkServer(
  { servers, isSecure }: Pick<KurrentDbUrl, 'servers' | 'isSecure'>,
  attempts: (attempt: (client: Client) => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  const failed = new Map<string, unknown>();
  await Promise.all(
    Object.entries(TRIALS).map(async ([name, trial]) => {
      try {
        await attempts(trial);
      } catch (error) {
        if (!FINE.has((error as { type?: unknown }).type)) failed.set(name, error);
      }
    }),
  );
  if (failed.size === 0) return;
  const what = [...failed].map(([name, error]) => `${name} fails (${saying(error)})`).join(', ');
  throw new StoreUnavailable(`KurrentDB at ${servers} cannot be used: ${what}. ${mendOf(failed, isSecure)}`, {
    cause: [...failed.values()][0],
  });
}

function mendOf(failed: ReadonlyMap<string, unknown>, isSecure: boolean): string {
  const errors = [...failed.values()];
  if (errors.some((error) => error instanceof TooOld)) return 'Use a server of 24.10 or later';
  if (errors.some((error) => /certificate|issuer|CERT/.test(String(error)))) {
    return 'Name the file of the authority that signed its certificate: tlsCaFile=<path>';
  }
  const denied = [...failed].filter(([, error]) => (error as { type?: unknown }).type === 'access-denied');
  const [name, error] = denied[0] ?? [];
  if (name !== undefined) return refusedCall(error, name === 'reading the log' ? '$all' : PROBE).message;
  if (isSecure && !failed.has('appending to a stream')) {
    return 'Reads need the file of its certificate authority in the URL, tlsCaFile=<path>: NODE_EXTRA_CA_CERTS does not reach them';
  }
  return 'Check that it runs and can be reached there, and whether it speaks TLS (tls=false if not)';
}

async function first(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events) return;
}
