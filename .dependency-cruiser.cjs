/** Arrows between rooms point one way; what must be replayable in ten years touches no framework, clock or disk. */
const lib = (names) => `^libs/(${names})/`;
const not = (names) => ({ path: '^(libs|apps)/', pathNot: lib(names) });

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.spec\\.ts$', '\\.cjs$', '^test/', 'main\\.ts$'] },
      to: {},
    },
    {
      name: 'reporting-imports-nothing',
      severity: 'error',
      from: { path: lib('reporting'), pathNot: '\\.spec\\.ts$' },
      to: { pathNot: lib('reporting') },
    },
    {
      name: 'reference-data-knows-the-rules-only',
      severity: 'error',
      from: { path: lib('reference-data'), pathNot: '\\.spec\\.ts$' },
      to: not('reference-data|reporting'),
    },
    {
      name: 'documents-stand-alone',
      severity: 'error',
      from: { path: lib('documents') },
      to: not('documents|testing'),
    },
    { name: 'event-store-stands-alone', severity: 'error', from: { path: lib('event-store') }, to: not('event-store') },
    {
      name: 'commands-do-not-read-views',
      severity: 'error',
      from: { path: lib('commands') },
      to: not('commands|event-store|reporting|reference-data|testing'),
    },
    {
      name: 'views-do-not-command',
      severity: 'error',
      from: { path: lib('views') },
      to: not('views|event-store|reporting|reference-data|testing'),
    },
    {
      name: 'jobs-command-and-read',
      severity: 'error',
      from: { path: lib('jobs') },
      to: not('jobs|commands|views|event-store|reporting|reference-data|testing'),
    },
    // What is decided without an import, test/boundaries looks for. A spec may bring a server into the state that it is about.
    {
      name: 'only-the-event-store-knows-which-store-it-runs-on',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: [lib('event-store'), '\\.spec\\.ts$'] },
      to: { path: 'node_modules/(@kurrent|@grpc|better-sqlite3)/' },
    },
    {
      name: 'only-jobs-knows-which-queue-it-runs-on',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: [lib('jobs'), '\\.spec\\.ts$'] },
      to: { path: 'node_modules/(bullmq|ioredis)/' },
    },
    {
      // Views keep their documents in files of SQLite on any store, and a process what it alone has to know for a while.
      name: 'sqlite-is-for-the-log-the-views-and-brief-facts',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: [lib('event-store'), lib('views'), '^libs/jobs/src/brief-facts/own-facts\\.', '\\.spec\\.ts$'],
      },
      to: { path: '^(node:)?sqlite$' },
    },
    {
      name: 'operation-knows-the-store-port-only',
      severity: 'error',
      from: { path: lib('operation') },
      to: not('operation|event-store'),
    },
    { name: 'libs-do-not-know-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'folds-are-pure',
      severity: 'error',
      from: { path: '^libs/views/src/folds/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/views/src/(folds/|view\\.ts)', lib('reporting')] },
    },
    {
      name: 'one-door-per-lib',
      severity: 'error',
      from: { path: '^(libs/([^/]+)|apps|test)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$2/', '^libs/[^/]+/src/index\\.ts$', '\\.contract\\.ts$'] },
    },
    {
      name: 'tests-are-not-shipped',
      severity: 'error',
      from: { pathNot: ['\\.(spec|contract|bench)\\.ts$', '^libs/testing/', '^test/'] },
      to: { path: ['^libs/testing/', '\\.spec\\.ts$', '^test/'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Ours only: some packages have all of their code in a folder of that name.
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'] },
  },
};
