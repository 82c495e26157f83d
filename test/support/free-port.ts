import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that a system gives to whoever asks for any: Linux from 32768, others from 49152. */
const FIRST = 20_000;
const LANES = 8;
const IN_A_LANE = 1_500;

/** Suites that run at the same time look in a lane each. */
const lane = Number(process.env['JEST_WORKER_ID'] ?? 0) % LANES;
let next = randomInt(IN_A_LANE);

/**
 * A port for a server that is told where to listen, or that comes back where it was. While nobody listens there, nobody else
 * is given it: neither by the system nor by another suite.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < IN_A_LANE; tries++) {
    const port = FIRST + LANES * (next++ % IN_A_LANE) + lane;
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${IN_A_LANE} ports from ${FIRST} on is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
}
