import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EndingStep } from '#operation';

/** How often connections are looked through that have become idle while the server ends. */
const SWEEP_MS = 50;

/** Long enough for any command; shorter than all steps together, so that the log is closed as it should be. */
const PATIENCE_MS = 7_000;

/** Requests under way finish, others are refused. Those that do not finish are broken off. */
export function httpEnding(app: NestFastifyApplication): EndingStep {
  let sweep: NodeJS.Timeout | undefined;
  return {
    name: 'requests under way',
    withinMs: PATIENCE_MS,
    async run() {
      // A connection that is kept alive after its last answer would hold the server open for another minute.
      sweep = setInterval(() => app.getHttpServer().closeIdleConnections(), SWEEP_MS);
      await app.close().finally(() => clearInterval(sweep));
    },
    giveUp() {
      clearInterval(sweep);
      app.getHttpServer().closeAllConnections();
    },
  };
}
