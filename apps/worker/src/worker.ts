import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { CommandsModule, RecordingClock } from '#commands';
import { openEventStore } from '#event-store';
import { ADMITTED_ALONE, errandsOn, openIdentity, personMails } from '#identity';
import { type JobQueue, openJobQueue, type OpenQueueOptions, Orders, Reminding, runAllJobs } from '#jobs';
import {
  type Configuration,
  ConfigurationFault,
  endInOrder,
  type EndingStep,
  type Log,
  MeasuredStore,
  Metrics,
  MetricsToken,
  NestLog,
  openLog,
  OperationServer,
  watch,
} from '#operation';
import { vocabulary } from '#reference-data';
import { PUBLIC_CATEGORIES } from '#reporting';
import { ALL_VIEWS, type Progress, RecordDigests, Views, ViewsBehind } from '#views';

const PASSED_WITHIN_MS = 2_000;

export interface WorkerOptions {
  readonly version: string;
  readonly onProgress?: (progress: Progress) => void;
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
  /** By default one of its own, as the configuration has it. */
  readonly log?: Log;
  readonly queue?: OpenQueueOptions;
}

/** A process that runs jobs, and answers nobody but those who watch over it. */
export interface RunningWorker {
  readonly queue: JobQueue;
  readonly views: Views;
  /** Of its health and metrics, without a slash at its end. */
  readonly address: string;
  /** How it ends, in this order: jobs under way finish or are handed back, then views and store stop. */
  readonly ending: readonly EndingStep[];
  close(): Promise<void>;
}

/** Opens the store and views of its own, and runs what is on the queue. */
export async function startWorker(configuration: Configuration, options: WorkerOptions): Promise<RunningWorker> {
  const { dataDir, host, workerPort } = configuration;
  const { version, onProgress, now = Date.now, log = openLog(configuration.logs, 'worker') } = options;
  const queue = await openJobQueue(configuration.redisUrl, { ...options.queue, tell: (line) => log.warn(line) });
  if (!queue.isShared) {
    await queue.close();
    throw new ConfigurationFault([
      'REDIS_URL is missing: a worker takes its jobs from a Redis that it shares with the API, such as ' +
        'redis://127.0.0.1:6379. Without one start the API alone: it runs all jobs itself.',
    ]);
  }
  const metrics = new Metrics();
  const ending: EndingStep[] = [{ name: 'jobs', run: () => queue.close() }];
  try {
    mkdirSync(dataDir, { recursive: true });
    const store = new MeasuredStore(await openEventStore(configuration.eventStoreUrl), metrics.appends);
    ending.push({ name: 'store', run: () => store.close() });
    // Beside those of an API that has the same folder: each process has views of its own.
    const folder = join(dataDir, 'views-worker');
    const views = new Views({ folder, store, views: ALL_VIEWS, ...(onProgress && { onProgress }) });
    ending.splice(1, 0, { name: 'views', run: () => views.close() });
    await views.start();
    const clock = new RecordingClock(now);
    clock.notBefore(views.head.recordedAt);
    views.onMove(({ recordedAt }) => clock.notBefore(recordedAt));

    const commands = CommandsModule.register({ store, vocabulary, clock, admitted: ADMITTED_ALONE });
    const app = await NestFactory.createApplicationContext(commands, { logger: new NestLog(log), abortOnError: false });
    ending.splice(1, 0, { name: 'commands', run: () => app.close() });
    const readiness = watch({
      configuration,
      version,
      metrics,
      store,
      views,
      categories: PUBLIC_CATEGORIES,
      queue,
      now,
    });
    const metricsToken = new MetricsToken(configuration.metricsToken);
    const digest = { covering: digestsOf(views), isForAll: configuration.people === 'off' };
    const server = await OperationServer.listen({
      host,
      port: workerPort,
      readiness,
      metrics,
      log,
      metricsToken,
      digest,
    });
    ending.unshift({ name: 'health and metrics', run: () => server.close() });
    // Letters are worded from who they are for: the keys of persons have to be here, in the folder that the API has.
    let letters: ReturnType<typeof personMails> | undefined;
    if (configuration.people === 'required') {
      const warn = (line: string, err?: unknown) => log.warn({ err }, line);
      const identity = await openIdentity(configuration, { store, clock, now, warn });
      ending.splice(-2, 0, { name: 'people', run: () => identity.close() });
      letters = personMails(identity.people, identity.directory, configuration.publicUrl);
    }
    const reminding = new Reminding({
      ...configuration,
      store,
      clock,
      now,
      ...(letters && { others: letters }),
    });
    const onFault = (error: unknown) =>
      log.warn({ err: error }, 'New mails wait for their turn: the log is not followed');
    const orders = new Orders(store, clock);
    await runAllJobs({ reminding, orders, views, busFor: errandsOn(app.get(CommandBus)), queue, onFault });
    const close = async () => {
      for (const step of ending) await step.run();
    };
    return { queue, views, address: server.address, ending, close };
  } catch (error) {
    await endInOrder(ending, { log });
    throw error;
  }
}

/** Waits for the sequence that is asked for as long as a read of the API does. */
function digestsOf(views: Views) {
  const digests = new RecordDigests(views);
  return async (least?: number) => {
    try {
      if (least !== undefined) await views.passedSequence(least, PASSED_WITHIN_MS);
    } catch (error) {
      if (error instanceof ViewsBehind) return undefined;
      throw error;
    }
    return digests.covering(views.head.sequence);
  };
}
