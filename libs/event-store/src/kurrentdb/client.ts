import type * as KurrentModule from '@kurrent/kurrentdb-client';
import { StoreUnavailable } from '../errors.js';
import { mend } from './client-mends.js';

export type Kurrent = typeof KurrentModule;
export type Client = KurrentModule.KurrentDBClient;

/**
 * Loads the client, and with it its native part, only where a KurrentDB is configured: it is 10 MB, has a licence of its
 * own and is not there for every platform. The older client `@eventstore/db-client` must not be loaded beside it, as
 * both register the same protobuf names and appends then end the process.
 */
export async function loadClient(
  load: () => Promise<Kurrent> = () => import('@kurrent/kurrentdb-client'),
): Promise<Kurrent> {
  try {
    return await load();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    const mend = missing
      ? 'Its client is not installed: npm install @kurrent/kurrentdb-client@1.3.1'
      : `The native part of its client cannot be loaded on ${process.platform} ${process.arch}. It exists for Linux, ` +
        'macOS and Windows on x64 and for Linux and macOS on arm64; install without omitting optional packages';
    throw new StoreUnavailable(`KurrentDB cannot be used. ${mend}`, { cause: error });
  }
}

/** A client, mended. Its errors quote the connection string, and with it the password: they are not passed on. */
export function clientFor({ KurrentDBClient }: Kurrent, connectionString: string): Client {
  let client: Client;
  try {
    client = KurrentDBClient.connectionString(connectionString);
  } catch (error) {
    const { expected, message } = error as { expected?: string; message: string };
    const why = expected === undefined ? message : `where it was read last, ${expected} was expected`;
    throw new StoreUnavailable(`The URL of KurrentDB cannot be used: ${why.replaceAll(/\S*@\S*/g, '…')}`);
  }
  return mend(client);
}
