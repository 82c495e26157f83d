import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EventStore, openEventStore } from '#event-store';
import { readConfiguration } from '#operation';
import { StandIn } from '../stand-in/stand-in.js';
import { hasRedis, RedisServer } from './redis.js';

/**
 * On what the product runs in tests that do not say so themselves: `embedded` is what one gets without a word, `scaled`
 * a server that speaks KurrentDB's protocol, and Redis.
 */
export const SETUP = process.env['PARA71_SETUP'] ?? 'embedded';
if (SETUP !== 'embedded' && SETUP !== 'scaled') {
  throw new Error(`PARA71_SETUP is "${SETUP}": give embedded or scaled, or leave it out for embedded`);
}

interface Servers {
  readonly log: StandIn;
  readonly queue: RedisServer;
}

/** Of each data folder: whoever starts again with the folder finds the same log. */
const servers = new Map<string, Promise<Servers>>();

/** What tells a product with this folder where its log and its queue are. */
export async function environmentOf(dataDir: string): Promise<NodeJS.ProcessEnv> {
  if (SETUP === 'embedded') return { DATA_DIR: dataDir };
  let started = servers.get(dataDir);
  if (!started) servers.set(dataDir, (started = startServers()));
  const { log, queue } = await started;
  return { DATA_DIR: dataDir, EVENT_STORE_URL: log.url, REDIS_URL: queue.url };
}

async function startServers(): Promise<Servers> {
  if (!hasRedis) throw new Error('redis-server is missing, without which there is no scaled set-up');
  const [log, queue] = await Promise.all([StandIn.start(), RedisServer.start()]);
  return { log, queue };
}

/** The log that a product with this folder has, while no product does. */
export async function openLog(dataDir: string): Promise<EventStore> {
  return openEventStore(readConfiguration(await environmentOf(dataDir)).eventStoreUrl);
}

/** Every folder that a product with this one keeps something in. */
export async function foldersOf(dataDir: string): Promise<string[]> {
  const { log } = (await servers.get(dataDir)) ?? {};
  return log ? [dataDir, log.folder] : [dataDir];
}

/** The log of a product with this folder is gone, while no product has it; all else is there. */
export async function loseLog(dataDir: string): Promise<void> {
  const there = await servers.get(dataDir);
  if (!there) {
    for (const end of ['', '-wal', '-shm']) rmSync(join(dataDir, `events.sqlite${end}`), { force: true });
    return;
  }
  await there.log.stop();
  servers.set(dataDir, Promise.resolve({ ...there, log: await StandIn.start() }));
}

/** Deletes the folder, and ends its servers. */
export async function removeData(dataDir: string): Promise<void> {
  const { log, queue } = (await servers.get(dataDir)) ?? {};
  servers.delete(dataDir);
  await log?.stop();
  await queue?.remove();
  rmSync(dataDir, { recursive: true, force: true });
}
