import type { Client } from './client.js';

/** What the server answered when the client asked, as it does once for itself, what it can do (client 1.3.1). */
interface Features {
  readonly serverVersion?: unknown;
  supports?(method: { readonly path: string }): boolean;
}

const featuresOf = async (client: Client) => ((await Reflect.get(client, 'capabilities')) ?? {}) as Features;

export async function serverVersion(client: Client): Promise<string> {
  const { serverVersion: version } = await featuresOf(client);
  return typeof version === 'string' && version !== '' ? version : 'unknown';
}

/** Whether appends go through one stream that stays open, as `client-mends.ts` takes for granted. */
export async function appendsInOneStream(client: Client): Promise<boolean> {
  return (await featuresOf(client)).supports?.({ path: '/event_store.client.streams.Streams/BatchAppend' }) === true;
}
