import { keepFilesInMemory } from './test/support/files-in-memory.js';

keepFilesInMemory();

// Workers begin with what this process began with.
process.execArgv.push('--import', import.meta.resolve('./test/support/end-at-once.js'));

const swc = {
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** Nest 12 is ESM only, so jest runs in its ESM mode (see "test" in package.json). */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^#([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  // A test fails for what it says, not for how busy the machine is: what must be fast says so itself.
  testTimeout: 30_000,
  maxWorkers: 2,
  // What a suite has loaded stays with its worker.
  workerIdleMemoryLimit: '300MB',
  reporters: ['default', '<rootDir>/test/support/closing-line.js'],
};
