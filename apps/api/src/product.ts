import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { COMMANDS, RecordingClock } from '#commands';
import { FolderAttachmentStore, UploadTokens } from '#documents';
import { type EventStore, openEventStore } from '#event-store';
import { Identity, OutboxPost, personMails } from '#identity';
import { Contacts, forgetMails, Outbox, rebuildJob, Reminding, runAllJobs } from '#jobs';
import {
  type Configuration,
  type EndingStep,
  type Log,
  MeasuredStore,
  Metrics,
  MetricsToken,
  NestLog,
  openLog,
  watch,
} from '#operation';
import { type ImportSummary, vocabulary } from '#reference-data';
import { PUBLIC_CATEGORIES } from '#reporting';
import { ALL_VIEWS, type Progress, SearchIndex, Views } from '#views';
import { AppModule } from './app.module.js';
import { takeUploads } from './attachments/upload-body.js';
import { compileCommands } from './http/compiled-check.js';
import { Draining } from './http/draining.js';
import { httpEnding } from './http/http-ending.js';
import { LOOPBACK_HOSTS, requestCheck } from './http/http-security.js';
import { httpAdapter, NEST_OPTIONS, useProblems } from './http/http-server.js';
import { openApiDocument, serveOpenApi } from './http/openapi.js';
import { answerWithReadyTexts } from './http/ready-answers.js';
import { ReadyTexts } from './http/ready-texts.js';
import { RequestWatch } from './http/request-watch.js';
import { Queues } from './jobs/queues.js';
import { takeForms } from './people-pages/form-body.js';
import { loadRecord, type RecordProgress } from './record/load-record.js';
import { OIDC_CALLBACK } from './sign-in/oidc-door.js';
import { version } from './version.js';

export interface ProductOptions {
  readonly onProgress?: (progress: Progress | RecordProgress) => void;
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
  /** How long connections that are kept alive have, at the end, to be let go with an answer each. Default: not at all. */
  readonly drainMs?: number;
  /** By default one of its own, as the configuration has it. */
  readonly log?: Log;
}

/** Where whoever watches over this process asks, by whatever name they know this machine. */
const WATCHED = ['/health/live', '/health/ready', '/metrics'];

/** Everything that runs in this one process: store, views, commands, HTTP. */
export interface Product {
  readonly app: NestFastifyApplication;
  readonly store: EventStore;
  readonly views: Views;
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly address: string;
  /** Shown once, where nobody administers yet: good for a day and one time. */
  readonly setUpLink?: string;
  /** What loading the record did at this start; absent where there was nothing to load. */
  readonly loaded?: ImportSummary;
  /** How it ends, in this order: requests under way finish, then jobs do, then views and store stop. */
  readonly ending: readonly EndingStep[];
  /** All of it, however long it takes. */
  close(): Promise<void>;
}

/** Opens the store, brings the views up to it, loads the record into an empty log, and listens. */
export async function startProduct(configuration: Configuration, options: ProductOptions = {}): Promise<Product> {
  const { dataDir, host, port } = configuration;
  const { onProgress, now = Date.now, drainMs = 0, log = openLog(configuration.logs, 'api') } = options;
  mkdirSync(dataDir, { recursive: true });
  const metrics = new Metrics();
  const store = new MeasuredStore(await openEventStore(configuration.eventStoreUrl), metrics.appends);
  const views = new Views({
    folder: join(dataDir, 'views'),
    store,
    views: ALL_VIEWS,
    ...(onProgress && { onProgress }),
  });
  const search = new SearchIndex({
    folder: join(dataDir, 'views'),
    store,
    views,
    editions: ALL_VIEWS,
    onFault: (error) => log.warn({ err: error }, 'The search index is built anew, as it could not be kept up'),
  });
  let queues: Queues | undefined;
  let identity: Identity | undefined;
  try {
    await views.start();
    search.start();
    const clock = new RecordingClock(now);
    clock.notBefore(views.head.recordedAt);
    views.onMove(({ recordedAt }) => clock.notBefore(recordedAt));

    if (configuration.people === 'required') {
      identity = await Identity.open({
        store,
        clock,
        dataDir,
        now,
        post: new OutboxPost(new Outbox(store, clock)),
        ...(configuration.oidc && {
          oidc: { ...configuration.oidc, callback: `${configuration.publicUrl}${OIDC_CALLBACK}` },
        }),
        onErased: (person) => forgetMails(configuration.mail.url, person),
        redisUrl: configuration.redisUrl,
        tell: (line) => log.warn(line),
      });
      identity.follow((error) =>
        log.error({ err: error }, 'People whom other servers erase are not followed any more'),
      );
    }
    const letters = identity && personMails(identity.people, identity.directory, configuration.publicUrl);
    const reminding = new Reminding({
      ...configuration,
      store,
      clock,
      now,
      ...(letters && { others: letters }),
    });
    queues = await Queues.open(configuration.redisUrl, { tell: (line) => log.warn(line) });
    const { shared: queue, own } = queues;
    const categories = PUBLIC_CATEGORIES;
    const readiness = watch({
      configuration,
      version,
      metrics,
      store,
      views,
      categories,
      queue,
      people: identity,
      now,
    });
    const requests = new RequestWatch(metrics, log);
    const refusalOf = requestCheck(hostsOf(configuration), WATCHED);
    const attachmentsFolder = join(dataDir, 'attachments');
    const attachments = await FolderAttachmentStore.open(attachmentsFolder);
    const uploadTokens = await UploadTokens.open(attachmentsFolder, now);
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.register({
        store,
        views,
        search,
        attachments,
        uploadTokens,
        vocabulary,
        clock,
        metrics,
        metricsToken: new MetricsToken(configuration.metricsToken),
        proxies: configuration.proxies,
        anonymousReadsPerMinute: configuration.anonymousReadsPerMinute,
        readiness,
        queues,
        now,
        reminding,
        contacts: new Contacts(configuration.mail.contacts),
        publicUrl: configuration.publicUrl,
        ...(identity && { identity }),
      }),
      httpAdapter({ refusalOf, onBegin: requests.begin }),
      { ...NEST_OPTIONS, logger: new NestLog(log), abortOnError: false },
    );
    useProblems(app);
    takeUploads(app.getHttpAdapter().getInstance());
    takeForms(app.getHttpAdapter().getInstance());
    const draining = new Draining(app.getHttpServer());
    const texts = app.get(ReadyTexts);
    answerWithReadyTexts(app.getHttpServer(), { texts, refusalOf, requests, isEnding: () => draining.isBegun });
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', draining.hook)
      .addHook('onRequest', texts.hook)
      .addHook('preValidation', requests.hook);
    compileCommands(Object.values(COMMANDS));
    serveOpenApi(app, openApiDocument(app, version, COMMANDS, { peopleSignIn: identity !== undefined }));
    await app.init();
    const loaded = await loadRecord({
      configuration,
      bus: app.get(CommandBus),
      views,
      ...(onProgress && { onProgress }),
    });
    const rebuild = rebuildJob(views, now, () => search.rebuild());
    if (!queues.isAlone) await own.work([rebuild]);
    else await runAllJobs({ reminding, views, bus: app.get(CommandBus), queue }, [rebuild]);
    await app.listen(port, host);
    const address = await app.getUrl();
    const ending: EndingStep[] = [
      {
        name: 'connections kept alive',
        run: () => {
          readiness.end();
          return draining.drain(drainMs);
        },
      },
      httpEnding(app),
      { name: 'jobs', run: async () => queues?.close() },
      { name: 'people', run: async () => identity?.close() },
      { name: 'search', run: () => search.close() },
      { name: 'views', run: () => views.close() },
      { name: 'store', run: () => store.close() },
    ];
    const close = async () => {
      for (const step of ending) await step.run();
    };
    const setUpSecret = await identity?.setUpSecret();
    const setUp = setUpSecret !== undefined && { setUpLink: `${configuration.publicUrl}/set-up/${setUpSecret}` };
    return { app, store, views, address, ...setUp, ...(loaded && { loaded }), ending, close };
  } catch (error) {
    await queues?.close();
    await identity?.close();
    await search.close();
    await views.close();
    await store.close();
    throw error;
  }
}

/** The names under which this server answers: a request that names another one came here by deceit (DNS rebinding). */
function hostsOf({ host, publicUrl }: Configuration): string[] {
  return [...LOOPBACK_HOSTS, host.includes(':') ? `[${host}]` : host, new URL(publicUrl).hostname];
}
