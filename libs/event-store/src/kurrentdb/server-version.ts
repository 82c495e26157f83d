import type { Client } from './client.js';

/** What the server answered when the client asked, as it does once for itself, what it can do (client 1.3.1). */
export async function serverVersion(client: Client): Promise<string> {
  const features: unknown = await Reflect.get(client, 'capabilities');
  const version: unknown = typeof features === 'object' && features && Reflect.get(features, 'serverVersion');
  return typeof version === 'string' && version !== '' ? version : 'unknown';
}
