import { type EventData, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { randomUUID } from 'node:crypto';

/** What somebody does with a tool of the server, past the store. */
export async function byHand(url: string, act: (client: KurrentDBClient) => Promise<unknown>): Promise<void> {
  const client = KurrentDBClient.connectionString(url);
  try {
    await act(client);
  } finally {
    await client.dispose();
  }
}

/** Of any type, and with content that is no JSON if so wanted. */
export function eventByHand(type: string, bytes?: Uint8Array): EventData {
  const event = { id: randomUUID(), type, metadata: {} };
  if (bytes) return { ...event, contentType: 'application/octet-stream', data: bytes };
  return { ...event, contentType: 'application/json', data: {} };
}
