import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { COMMANDS, RecordingClock } from '#commands';
import { FolderAttachmentStore, UploadTokens } from '#documents';
import { type EventStore, openEventStore } from '#event-store';
import { type Administration, errandsOn, type Identity, openIdentity, personMails } from '#identity';
import { Contacts, Orders, rebuildJob, Reminding, runAllJobs } from '#jobs';
import {
  type Configuration,
  endInOrder,
  type EndingStep,
  type Log,
  MeasuredStore,
  Metrics,
  MetricsToken,
  NestLog,
  openLog,
  type Readiness,
  watch,
} from '#operation';
import { type ImportSummary, vocabulary } from '#reference-data';
import { PUBLIC_CATEGORIES } from '#reporting';
import { ALL_VIEWS, type Progress, SearchIndex, Views } from '#views';
import { AppModule } from './app.module.js';
import { takeUploads } from './attachments/upload-body.js';
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
  /** Shown once, where nobody administers yet, or one who is left alone: good for a day and one time. */
  readonly setUpLink?: string;
  /** At this start; absent where nobody signs in. */
  readonly administration?: Administration;
  /** What loading the record did at this start; absent where there was nothing to load. */
  readonly loaded?: ImportSummary;
  /** How it ends, in this order: requests under way finish, then jobs do, then views and store stop. */
  readonly ending: readonly EndingStep[];
  /** All of it, however long it takes. */
  close(): Promise<void>;
}

/** What each step of a start is given. */
interface Start {
  readonly configuration: Configuration;
  readonly now: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly onProgress?: ProductOptions['onProgress'];
  /** How what was opened so far is closed again: each step puts its own first. */
  readonly ending: EndingStep[];
}

type OpenRecord = Awaited<ReturnType<typeof openRecord>>;
type OpenJobs = Awaited<ReturnType<typeof openJobs>>;

/** What the server is made of. */
interface Parts extends OpenRecord, OpenJobs {
  readonly identity: Identity | undefined;
  readonly readiness: Readiness;
}

/** Opens the store, brings the views up to it, loads the record into an empty log, and listens. */
export async function startProduct(configuration: Configuration, options: ProductOptions = {}): Promise<Product> {
  const { onProgress, now = Date.now, drainMs = 0, log = openLog(configuration.logs, 'api') } = options;
  const ending: EndingStep[] = [];
  const start: Start = {
    configuration,
    now,
    log,
    metrics: new Metrics(),
    ...(onProgress && { onProgress }),
    ending,
  };
  const close = async () => {
    for (const step of ending) await step.run();
  };
  try {
    const record = await openRecord(start);
    const identity = await openPeople(start, record);
    const jobs = await openJobs(start, record, identity);
    const readiness = readinessOf(start, { ...record, ...jobs, identity });
    const parts = { ...record, ...jobs, identity, readiness };
    const { app, draining } = await openHttp(start, parts);
    const { store, views } = record;
    const busFor = errandsOn(app.get(CommandBus));
    const loaded = await loadRecord({ configuration, bus: busFor('import'), views, ...(onProgress && { onProgress }) });
    await beginJobs(start, parts, busFor);
    await app.listen(configuration.port, configuration.host);
    const stopHearing = () => {
      readiness.end();
      return draining.drain(drainMs);
    };
    ending.unshift({ name: 'connections kept alive', run: stopHearing }, httpEnding(app));
    const address = await app.getUrl();
    const setUpLink = identity && (await setUpLinkOf(identity, configuration, address));
    return {
      app,
      store,
      views,
      address,
      ...(setUpLink !== undefined && { setUpLink }),
      ...(identity && { administration: await identity.administration() }),
      ...(loaded && { loaded }),
      ending,
      close,
    };
  } catch (error) {
    await endInOrder(ending, { log });
    throw error;
  }
}

/** Store, views and search, as far as the log goes, and the clock that goes on from there. */
async function openRecord({ configuration, now, log, metrics, onProgress, ending }: Start) {
  const folder = join(configuration.dataDir, 'views');
  mkdirSync(configuration.dataDir, { recursive: true });
  const store = new MeasuredStore(await openEventStore(configuration.eventStoreUrl), metrics.appends);
  ending.unshift({ name: 'store', run: () => store.close() });
  const views = new Views({ folder, store, views: ALL_VIEWS, ...(onProgress && { onProgress }) });
  ending.unshift({ name: 'views', run: () => views.close() });
  const search = new SearchIndex({
    folder,
    store,
    views,
    editions: ALL_VIEWS,
    onFault: (error) => log.warn({ err: error }, 'The search index is built anew, as it could not be kept up'),
  });
  ending.unshift({ name: 'search', run: () => search.close() });
  await views.start();
  search.start();
  const clock = new RecordingClock(now);
  clock.notBefore(views.head.recordedAt);
  views.onMove(({ recordedAt }) => clock.notBefore(recordedAt));
  return { store, views, search, clock };
}

/** Nothing where nobody signs in. */
async function openPeople(start: Start, { store, clock }: OpenRecord): Promise<Identity | undefined> {
  const { configuration, now, log, ending } = start;
  const { publicUrl, oidc } = configuration;
  if (configuration.people !== 'required') return undefined;
  const identity = await openIdentity(configuration, {
    store,
    clock,
    now,
    ...(oidc && { oidc: { ...oidc, callback: `${publicUrl}${OIDC_CALLBACK}` } }),
    warn: (line, err) => log.warn({ err }, line),
  });
  ending.unshift({ name: 'people', run: () => identity.close() });
  return identity;
}

/** Queues in which nothing runs yet, and what is to be mailed. */
async function openJobs(start: Start, { store, clock }: OpenRecord, identity: Identity | undefined) {
  const { configuration, now, log, ending } = start;
  const letters = identity && personMails(identity.people, identity.directory, configuration.publicUrl);
  const reminding = new Reminding({ ...configuration, store, clock, now, ...(letters && { others: letters }) });
  const queues = await Queues.open(configuration.redisUrl, { tell: (line) => log.warn(line) });
  ending.unshift({ name: 'jobs', run: () => queues.close() });
  return { reminding, queues, orders: new Orders(store, clock) };
}

function readinessOf(start: Start, { store, views, search, queues, identity }: Omit<Parts, 'readiness'>): Readiness {
  const { configuration, metrics, now } = start;
  return watch({
    configuration,
    version,
    metrics,
    store,
    views,
    search,
    now,
    categories: PUBLIC_CATEGORIES,
    queue: queues.shared,
    people: identity,
  });
}

/** The server, which does not listen yet. */
async function openHttp({ configuration, now, log, metrics }: Start, { identity, ...parts }: Parts) {
  const { publicUrl, proxies, anonymousReadsPerMinute } = configuration;
  const requests = new RequestWatch(metrics, log);
  const refusalOf = requestCheck(hostsOf(configuration), WATCHED);
  const attachmentsFolder = join(configuration.dataDir, 'attachments');
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register({
      ...parts,
      metrics,
      vocabulary,
      now,
      publicUrl,
      proxies,
      anonymousReadsPerMinute,
      attachments: await FolderAttachmentStore.open(attachmentsFolder),
      uploadTokens: await UploadTokens.open(attachmentsFolder, now),
      metricsToken: new MetricsToken(configuration.metricsToken),
      contacts: new Contacts(configuration.mail.contacts),
      ...(identity && { identity }),
    }),
    httpAdapter({ refusalOf, onBegin: requests.begin }),
    { ...NEST_OPTIONS, logger: new NestLog(log), abortOnError: false },
  );
  const server = app.getHttpAdapter().getInstance();
  useProblems(app);
  takeUploads(server);
  takeForms(server);
  const draining = new Draining(app.getHttpServer());
  const texts = app.get(ReadyTexts);
  answerWithReadyTexts(app.getHttpServer(), { texts, refusalOf, requests, isEnding: () => draining.isBegun });
  server.addHook('onRequest', draining.hook).addHook('onRequest', texts.hook).addHook('preValidation', requests.hook);
  serveOpenApi(app, openApiDocument(app, version, COMMANDS, { peopleSignIn: identity !== undefined }));
  await app.init();
  return { app, draining };
}

/** All of them where no other process can, and else what each process does for itself. */
async function beginJobs(
  { now, log }: Start,
  { views, search, reminding, orders, queues }: Parts,
  busFor: ReturnType<typeof errandsOn>,
) {
  const rebuild = rebuildJob(views, now, () => search.rebuild());
  if (!queues.isAlone) return queues.own.work([rebuild]);
  const onFault = (error: unknown) =>
    log.warn({ err: error }, 'New mails wait for their turn: the log is not followed');
  return runAllJobs({ reminding, orders, views, busFor, queue: queues.shared, onFault }, [rebuild]);
}

/** Nothing where enough people administer. */
async function setUpLinkOf(identity: Identity, { publicUrl }: Configuration, address: string) {
  const secret = await identity.setUpSecret();
  // With PORT=0 nobody could say before where it would be.
  const site = new URL(publicUrl).port === '0' ? address : publicUrl;
  return secret === undefined ? undefined : `${site}/set-up/${secret}`;
}

/** The names under which this server answers: a request that names another one came here by deceit (DNS rebinding). */
function hostsOf({ host, publicUrl }: Configuration): string[] {
  return [...LOOPBACK_HOSTS, host.includes(':') ? `[${host}]` : host, new URL(publicUrl).hostname];
}
