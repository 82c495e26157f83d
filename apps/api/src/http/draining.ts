import type { Server } from 'node:http';
import { promisify } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';

const LOOK_EVERY_MS = 20;

/**
 * Lets connections go that are kept alive, each with an answer, before the server stops listening. One that is closed
 * while it is idle may just have been sent a request, and its client cannot know whether that was heard.
 */
export class Draining {
  private begun = false;

  constructor(private readonly server: Server) {}

  get isBegun(): boolean {
    return this.begun;
  }

  /** For Fastify's `onRequest`. */
  readonly hook = (_: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    if (this.begun) reply.header('Connection', 'close');
    done();
  };

  /** Every answer is the last on its connection from now on. Resolves when no connection is left, at the latest after so long. */
  async drain(atMostMs: number): Promise<void> {
    this.begun = true;
    const connections = promisify(this.server.getConnections.bind(this.server));
    const end = performance.now() + atMostMs;
    while (performance.now() < end && (await connections()) > 0) await wait(LOOK_EVERY_MS);
  }
}
