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
    {
      name: 'only-these-know-which-store-and-queue-they-run-on',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/(event-store|jobs)/' },
      to: { path: 'node_modules/(@kurrent|bullmq|ioredis)/' },
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
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'] },
  },
};
