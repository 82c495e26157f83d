import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { COMMANDS, RecordingClock } from '#commands';
import { type EventStore, SqliteEventStore } from '#event-store';
import { type ImportSummary, vocabulary } from '#reference-data';
import { ALL_VIEWS, type Progress, Views } from '#views';
import { AppModule } from './app.module.js';
import type { Configuration } from './configuration.js';
import { compileCommands } from './http/compiled-check.js';
import { httpAdapter, NEST_OPTIONS, useProblems } from './http/http-server.js';
import { openApiDocument, serveOpenApi } from './http/openapi.js';
import { ReadyTexts } from './http/ready-texts.js';
import { loadRecord, type RecordProgress } from './record/load-record.js';
import { version } from './version.js';

export interface ProductOptions {
  readonly onProgress?: (progress: Progress | RecordProgress) => void;
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
}

/** How often connections are looked through that have become idle while the server ends. */
const SWEEP_MS = 50;

/** Everything that runs in this one process: store, views, commands, HTTP. */
export interface Product {
  readonly app: NestFastifyApplication;
  readonly store: EventStore;
  readonly views: Views;
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly address: string;
  /** What loading the record did at this start; absent where there was nothing to load. */
  readonly loaded?: ImportSummary;
  /** Lets requests under way finish, then stops views and store. */
  close(): Promise<void>;
}

/**
 * Opens the store, brings the views up to it, loads the record into an empty log, and listens. Nobody signs in yet, so
 * it listens on loopback only.
 */
export async function startProduct(configuration: Configuration, options: ProductOptions = {}): Promise<Product> {
  const { dataDir, port } = configuration;
  const { onProgress, now = Date.now } = options;
  mkdirSync(dataDir, { recursive: true });
  const logFile = join(dataDir, 'events.sqlite');
  const store = SqliteEventStore.open(logFile);
  const views = new Views({
    folder: join(dataDir, 'views'),
    store,
    logFile,
    views: ALL_VIEWS,
    ...(onProgress && { onProgress }),
  });
  try {
    await views.start();
    const clock = new RecordingClock(now);
    clock.notBefore(views.head.recordedAt);
    views.onMove(({ recordedAt }) => clock.notBefore(recordedAt));

    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.register({ store, views, vocabulary, clock, now }),
      httpAdapter(),
      { ...NEST_OPTIONS, logger: ['error', 'warn', 'fatal'], abortOnError: false },
    );
    useProblems(app);
    app.getHttpAdapter().getInstance().addHook('onRequest', app.get(ReadyTexts).hook);
    compileCommands(Object.values(COMMANDS));
    serveOpenApi(app, openApiDocument(app, version, COMMANDS));
    await app.init();
    const loaded = await loadRecord({
      configuration,
      bus: app.get(CommandBus),
      views,
      ...(onProgress && { onProgress }),
    });
    await app.listen(port, '127.0.0.1');
    const address = await app.getUrl();
    const close = async () => {
      // A connection that is kept alive after its last answer would hold the server open for another minute.
      const sweep = setInterval(() => app.getHttpServer().closeIdleConnections(), SWEEP_MS);
      await app.close();
      clearInterval(sweep);
      await views.close();
      await store.close();
    };
    return { app, store, views, address, ...(loaded && { loaded }), close };
  } catch (error) {
    await views.close();
    await store.close();
    throw error;
  }
}
