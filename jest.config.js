const typeScript = ['@babel/preset-typescript', { onlyRemoveTypeImports: true }];

/** Tests that need only Node. Those in test/hapi, test/postgres and test/browser need more: see test:all. */
export const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['babel-jest', { configFile: false, presets: [typeScript] }] },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // What is logged is kept, and looked through at the end of the run.
    '^winston$': '<rootDir>/test/logs/winston.mjs',
  },
  reporters: ['default', '<rootDir>/test/logs/reporter.mjs'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  maxWorkers: 2,
  // A guard against a hang, for a machine with other work: no test says how fast something has to be.
  testTimeout: 300_000,
};

export default {
  ...base,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/test/hapi/', '/test/postgres/', '/test/browser/'],
};
