/** Every kind of test, in one run. ESM all the way: most of what we depend on is ESM only. */
export default {
  rootDir: '..',
  roots: ['<rootDir>/src', '<rootDir>/jobs', '<rootDir>/config', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: '<rootDir>/test/setup/environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  resolver: '<rootDir>/test/setup/resolve-typescript.cjs',
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/test/setup/database-up.mjs',
  globalTeardown: '<rootDir>/test/setup/database-down.mjs',
  maxWorkers: 2,
  // the modules of every test file stay in a worker's memory, and clearing it away takes longer and longer
  workerIdleMemoryLimit: '1GB',
  testTimeout: 20_000,
  collectCoverageFrom: ['src/**/*.ts', 'jobs/**/*.ts', 'config/**/*.ts'],
  coverageDirectory: 'coverage',
};
